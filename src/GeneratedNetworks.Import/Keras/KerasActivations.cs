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

    // What the function has by its name alone; the layer has another one.
    private const double LeakyReluSlope = 0.2;

    private static string Supported => NamesOf(Names.Values);

    /// <summary>The function of a name, where that alone says it; otherwise null.</summary>
    public static Activation? Find(string name) => Names.TryGetValue(name, out Activation function) ? function : null;

    /// <summary>All names of some functions, for a message.</summary>
    public static string NamesOf(IEnumerable<Activation> functions) =>
        string.Join(", ", Names.Where(name => functions.Contains(name.Value)).Select(name => name.Key).Order(StringComparer.Ordinal));

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

    /// <summary>Adds an activation; a softmax runs over the last axis.</summary>
    public static void Add(LayerScope scope, Activation function) => scope.Chain.Activate(scope.Layer.Name, function);

    private static void Add(LayerScope scope, string name)
    {
        if (name == "leaky_relu")
        {
            ActivationLayers.AddSlope(scope, LeakyReluSlope);
            return;
        }

        if (name == "hard_sigmoid" && scope.Version < 3)
            throw scope.Error(
                "has the activation 'hard_sigmoid' of Keras 2, clip(0.2·x + 0.5, 0, 1); that of Keras 3, clip(x/6 + 0.5, 0, 1), is supported.");
        if (!Names.TryGetValue(name, out Activation function))
            throw scope.Error($"has the activation '{name}', which is not supported; supported are {Supported}.");
        Add(scope, function);
    }
}
