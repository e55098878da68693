using System.Text.Json;

namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>SimpleRNN, GRU and LSTM: matrices and gates lie as here but for the GRU's two biases, which are there only where the reset gate stands behind.</summary>
internal static class RecurrentLayers
{
    // The weights belong to the layer's cell.
    private const string Cell = "cell";

    // Those that a cell here has; the others are refused by the names that Keras has for these.
    private static readonly Activation[] Functions =
    [
        Activation.Identity, Activation.Relu, Activation.Relu6, Activation.Elu, Activation.Selu, Activation.Gelu, Activation.Silu, Activation.Softplus, Activation.Softsign,
        Activation.Tanh, Activation.Sigmoid,
    ];

    public static void AddSimple(LayerScope scope)
    {
        string name = Function(scope, "activation", "tanh");
        if (KerasActivations.Find(name) is not { } function || !Functions.Contains(function))
            throw scope.Error($"has the activation '{name}'; supported in a recurrent layer are {KerasActivations.NamesOf(Functions)}.");
        Add(scope, RecurrenceKind.Simple, function);
    }

    public static void AddGru(LayerScope scope)
    {
        RequireFunctions(scope);

        // Before there was the setting there was the form without it.
        Add(scope, scope.Flag("reset_after", false) ? RecurrenceKind.GruResetAfter : RecurrenceKind.GruResetBefore, Activation.Tanh);
    }

    public static void AddLstm(LayerScope scope)
    {
        RequireFunctions(scope);
        Add(scope, RecurrenceKind.Lstm, Activation.Tanh);
    }

    private static void Add(LayerScope scope, RecurrenceKind kind, Activation function)
    {
        LayerChain chain = scope.Chain;
        foreach ((string setting, string meaning) in new[]
        {
            ("go_backwards", "reads its sequence from the end, and a layer here goes forward"),
            ("stateful", "keeps its state from one batch to the next by itself; here memory is the caller's: save the model with stateful = False"),
            ("return_state", "gives its state beside its value, which no layer here does"),
            ("time_major", "reads sequences with their time first, before the batch"),
        })
        {
            if (scope.Flag(setting, false))
                throw scope.Error($"{meaning} ({setting} = true).");
        }

        if (chain.Shape.Count != 2)
            throw scope.Error($"reads a value of shape [{string.Join(", ", chain.Shape)}]; a sequence, [time, features], is expected.");
        Recurrence form = new(kind, chain.Shape[1], scope.Count("units")) { Function = function };
        LayerScope cell = scope with { Layer = scope.Layer with { Part = Cell } };
        double[] kernel = cell.Read("kernel", 0, [form.Inputs, form.Width]);
        double[] recurrent = cell.Read("recurrent_kernel", 1, [form.Units, form.Width]);
        double[]? bias = scope.Flag("use_bias", true) ? cell.Read("bias", 2, form.BiasShape) : null;
        if (scope.Number("dropout", 0) > 0 || scope.Number("recurrent_dropout", 0) > 0)
            chain.Note($"{scope.Layer.Describe()} drops elements inside of its steps in training, as no layer here does; that is left out.");
        chain.Recur(scope.Layer.Name, form, kernel, recurrent, bias, scope.Flag("return_sequences", false), scope.Origin("kernel"));
    }

    private static void RequireFunctions(LayerScope scope)
    {
        string function = Function(scope, "activation", "tanh");
        if (function != "tanh")
            throw scope.Error($"has the activation '{function}', and tanh is supported.");

        // Versions of before 2.3 had the other default, and wrote it down.
        string gate = Function(scope, "recurrent_activation", scope.Version < 2 ? "hard_sigmoid" : "sigmoid");
        if (gate == "hard_sigmoid")
        {
            throw scope.Error(
                $"has gates of hard_sigmoid, {(scope.Version < 3 ? "clip(0.2·x + 0.5, 0, 1), the default of Keras before 2.3" : "clip(x/6 + 0.5, 0, 1)")}; a layer here has gates of sigmoid (recurrent_activation).");
        }

        if (gate != "sigmoid")
            throw scope.Error($"has the recurrent_activation '{gate}', and sigmoid is supported.");
    }

    private static string Function(LayerScope scope, string setting, string usual) => scope.Setting(setting) is not { } given ? usual
        : given.ValueKind == JsonValueKind.String ? given.GetString()!
        : given.Text("class_name") is "function" && given.Text("config") is { } name ? name
        : throw scope.Error($"has {setting} = {given.Show()}; the name of a function is expected.");
}
