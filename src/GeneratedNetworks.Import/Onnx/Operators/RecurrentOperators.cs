namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>RNN, GRU and LSTM: weights [1, gates·units, in] become [in, gates·units], gates in our order, and two biases one where ours has one.</summary>
internal static class RecurrentOperators
{
    /// <summary>What the second input stands for, the last state; the third of an LSTM is the last cell, which no layer gives.</summary>
    public const int StateOutput = 1;

    private const int Lengths = 4;
    private const int InitialState = 5;
    private const int InitialCell = 6;
    private const int Peepholes = 7;

    public static bool Is(string operatorName) => operatorName is "RNN" or "GRU" or "LSTM";

    /// <summary>Whether the sequence has its batch first, and its time second.</summary>
    public static bool HasBatchFirst(OnnxNode node) => node.Int("layout", 0) == 1;

    public static IReadOnlyList<OnnxChain?> Rnn(OnnxNode node, OnnxChain chain)
    {
        CheckAttributes(node);
        string function = Functions(node, ["Tanh"])[0];
        Activation activation = function.ToUpperInvariant() switch
        {
            "TANH" => Activation.Tanh,
            "RELU" => Activation.Relu,
            "SIGMOID" => Activation.Sigmoid,
            "SOFTSIGN" => Activation.Softsign,
            "SOFTPLUS" => Activation.Softplus,
            _ => throw node.Error($"its activation is '{OnnxNode.Shorten(function)}'; Tanh, Relu, Sigmoid, Softsign and Softplus are supported"),
        };
        return Read(node, chain, RecurrenceKind.Simple, (1, activation), [0]);
    }

    public static IReadOnlyList<OnnxChain?> Gru(OnnxNode node, OnnxChain chain)
    {
        CheckAttributes(node, "linear_before_reset");
        RequireFunctions(node, "Sigmoid", "Tanh");
        bool after = node.Int("linear_before_reset", 0) != 0;
        return Read(node, chain, after ? RecurrenceKind.GruResetAfter : RecurrenceKind.GruResetBefore, (3, Activation.Tanh), [0, 1, 2]);
    }

    /// <summary>i, o, f, c there, and i, f, g, o here.</summary>
    public static IReadOnlyList<OnnxChain?> Lstm(OnnxNode node, OnnxChain chain)
    {
        CheckAttributes(node, "input_forget");
        RequireFunctions(node, "Sigmoid", "Tanh", "Tanh");
        if (node.Int("input_forget", 0) != 0)
            throw node.Error("it couples its input and forget gates (input_forget = 1), which no layer does");
        if (node.Has(Peepholes) && !IsZero(node.Constant(Peepholes, "the peepholes").Floats(node, "the peepholes")))
            throw node.Error("it has peepholes, which no layer has");
        return Read(node, chain, RecurrenceKind.Lstm, (4, Activation.Tanh), [0, 2, 3, 1]);
    }

    private static IReadOnlyList<OnnxChain?> Read(OnnxNode node, OnnxChain chain, RecurrenceKind kind, (int Gates, Activation Function) form, int[] order)
    {
        OnnxConstant weight = node.Constant(1, "the weights");
        OnnxConstant recurrent = node.Constant(2, "the recurrent weights");
        if (weight.Shape.Length != 3 || recurrent.Shape.Length != 3 || weight.Shape[0] != 1 || recurrent.Shape[0] != 1)
            throw node.Error($"its weights of shapes {weight.ShapeText} and {recurrent.ShapeText} are not those of one direction");
        int units = recurrent.Shape[2];
        int inputs = weight.Shape[2];
        int width = form.Gates * units;
        bool fits = units > 0 && inputs > 0 && weight.Shape[1] == width && recurrent.Shape[1] == width && node.Int("hidden_size", units) == units;
        if (!fits)
            throw node.Error($"its weights of shapes {weight.ShapeText} and {recurrent.ShapeText} do not fit {form.Gates} gates and a hidden_size of {node.Int("hidden_size", units)}");
        Recurrence recurrence = new(kind, inputs, units) { Function = form.Function };
        double[]? bias = null;
        if (node.Has(3))
        {
            OnnxConstant both = node.Constant(3, "the biases");
            double[] values = both.Floats(node, "the biases");
            if (values.Length != 2 * width)
                throw node.Error($"its biases have the shape {both.ShapeText}, and there should be two for each of {width} rows");
            bias = recurrence.JoinBiases(recurrence.Regated(values[..width], order), recurrence.Regated(values[width..], order));
        }

        CheckLengths(node, chain);
        CheckInitial(node, InitialState, "the initial state");
        CheckInitial(node, InitialCell, "the initial cell");
        double[] kernel = recurrence.Regated(WeightMatrix.Transpose(node, weight.Floats(node, "the weights"), width, inputs), order);
        double[] states = recurrence.Regated(WeightMatrix.Transpose(node, recurrent.Floats(node, "the recurrent weights"), width, units), order);
        string? name = OnnxNaming.Layer(node, weight, null);
        return chain.Recur(node, name, recurrence, kernel, states, bias, weight.Name, HasBatchFirst(node));
    }

    private static void CheckAttributes(OnnxNode node, string? own = null)
    {
        node.AllowAttributes("activation_alpha", "activation_beta", "activations", "direction", "hidden_size", "layout", "output_sequence", own ?? "direction");
        string direction = node.Text("direction", "forward");
        if (direction == "bidirectional")
            throw node.Error("it is bidirectional: it would have to know the sequence's end, and a layer goes forward");
        if (direction != "forward")
            throw node.Error($"its direction is '{OnnxNode.Shorten(direction)}', and a layer goes forward");
    }

    private static string[] Functions(OnnxNode node, string[] usual)
    {
        IReadOnlyList<string> given = node.Texts("activations") ?? usual;
        if (node.Floats("activation_alpha") is { Count: > 0 } || node.Floats("activation_beta") is { Count: > 0 })
            throw node.Error("its activations have settings (activation_alpha, activation_beta), which are not supported");
        return given.Count == 0 ? usual : given.Count == usual.Length ? [.. given] : throw node.Error($"it has {given.Count} activations, and one direction has {usual.Length}");
    }

    private static void RequireFunctions(OnnxNode node, params string[] usual)
    {
        string[] given = Functions(node, usual);
        if (!given.SequenceEqual(usual, StringComparer.OrdinalIgnoreCase))
            throw node.Error($"its activations are {string.Join(", ", given.Select(OnnxNode.Shorten))}; {string.Join(", ", usual)} are supported");
    }

    /// <summary>Every row may have the length of the whole.</summary>
    private static void CheckLengths(OnnxNode node, OnnxChain chain)
    {
        if (!node.Has(Lengths))
            return;
        int steps = chain.Shape.Sample.Length > 0 ? chain.Shape.Sample[0] : 0;
        if (node.TryConstant(Lengths) is not { } lengths || lengths.Numbers(node, "the lengths").Any(length => length != steps))
            throw node.Error("it has a length for each row (sequence_lens); a network's rows are as long as each other, and ForwardLengths takes their lengths at run time");
    }

    private static void CheckInitial(OnnxNode node, int input, string role)
    {
        if (!node.Has(input))
            return;
        if (node.TryConstant(input) is not { } initial)
            throw node.Error($"{role} is computed from '{OnnxNode.Shorten(node.Inputs[input])}', and a network starts from zeros, or from an input that is nothing but states");
        if (!IsZero(initial.Floats(node, role)))
            throw node.Error($"{role} is a constant other than zeros, and a network starts from zeros");
    }

    private static bool IsZero(double[] values) => Array.TrueForAll(values, value => value == 0);
}
