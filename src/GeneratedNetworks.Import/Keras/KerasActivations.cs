using System.Text.Json;
using GeneratedNetworks.Import.Keras.Layers;

namespace GeneratedNetworks.Import.Keras;

/// <summary>Activations by the names under which Keras saves them, where they are ours.</summary>
internal static class KerasActivations
{
    private static readonly Dictionary<string, Activation> Names = new(StringComparer.Ordinal)
    {
        ["linear"] = Activation.Identity,
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["elu"] = Activation.Elu,
        ["selu"] = Activation.Selu,
        ["gelu"] = Activation.Gelu,
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["mish"] = Activation.Mish,
        ["softplus"] = Activation.Softplus,
        ["softsign"] = Activation.Softsign,
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["log_sigmoid"] = Activation.LogSigmoid,
        ["hard_sigmoid"] = Activation.HardSigmoid,
        ["hard_silu"] = Activation.HardSwish,
        ["hard_swish"] = Activation.HardSwish,
        ["hard_tanh"] = Activation.HardTanh,
        ["softmax"] = Activation.Softmax,
        ["log_softmax"] = Activation.LogSoftmax,
    };

    private static string Supported => string.Join(", ", Names.Keys.Order(StringComparer.Ordinal));

    /// <summary>
    /// Adds the activation that a layer names in a setting: a text, or in place of it a layer or a function with settings of its own.
    /// </summary>
    public static void Add(LayerScope scope, JsonElement? setting)
    {
        if (setting is not { } activation)
            return;
        if (activation.ValueKind == JsonValueKind.String)
        {
            Add(scope, activation.GetString()!);
        }
        else if (activation.Text("class_name") is "function" && activation.Text("config") is { } function)
        {
            Add(scope, function);
        }
        else if (activation.Text("class_name") is { } kind && activation.Member("config") is { } config)
        {
            KerasLayer inner = scope.Layer with { Class = kind, Config = config };
            LayerRule rule = LayerTable.Find(scope.Source, inner);
            if (!rule.IsActivation)
                throw scope.Error($"has the layer {kind} for its activation.");
            rule.Add(scope with { Layer = inner });
        }
        else
        {
            throw scope.Error($"has the activation {activation.Show()}; supported are {Supported}.");
        }
    }

    /// <summary>Adds an activation, and checks that a softmax runs over all elements of a sample.</summary>
    public static void Add(LayerScope scope, Activation function)
    {
        if (function is Activation.Softmax or Activation.LogSoftmax && scope.Chain.Shape[^1] != scope.Chain.Size)
        {
            throw scope.Error(
                $"has a softmax over the last axis of a value of shape [{string.Join(", ", scope.Chain.Shape)}]; over all elements of a sample is "
                + "supported.");
        }

        scope.Chain.Activate(scope.Layer.Name, function);
    }

    private static void Add(LayerScope scope, string name)
    {
        if (name == "leaky_relu")
            throw scope.Error(
                "has the activation 'leaky_relu', which has the slope 0.2 by its name alone; the slope 0.01 is supported, by a layer LeakyReLU.");
        if (name == "hard_sigmoid" && scope.Version < 3)
            throw scope.Error(
                "has the activation 'hard_sigmoid' of Keras 2, clip(0.2·x + 0.5, 0, 1); that of Keras 3, clip(x/6 + 0.5, 0, 1), is supported.");
        if (!Names.TryGetValue(name, out Activation function))
            throw scope.Error($"has the activation '{name}', which is not supported; supported are {Supported}.");
        Add(scope, function);
    }
}
