using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>RNN, GRU and LSTM, by the equations of their pages: forward, over all steps.</summary>
internal static class RecurrentRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["RNN"] = new(call => Run(call, 1, ["Tanh"], (gates, functions) => (x, state) => Recurrences.Simple(call.Scope, gates, functions[0], x, state))),
        ["GRU"] = new(call => Run(call, 3, ["Sigmoid", "Tanh"], (gates, functions) =>
        {
            bool after = call.Int("linear_before_reset", 0) != 0;
            return (x, state) => Recurrences.Gru(call.Scope, gates, after, functions[0], functions[1], x, state);
        })),
        ["LSTM"] = new(Lstm),
    };

    private static IReadOnlyList<Tensor> Lstm(OnnxCall call) => Run(call, 4, ["Sigmoid", "Tanh", "Tanh"], (gates, functions) =>
    {
        if (call.Int("input_forget", 0) != 0)
            throw call.Error("its input and forget gates are coupled");
        if (functions[1](0.5) != Math.Tanh(0.5) || functions[2](0.5) != Math.Tanh(0.5))
            throw call.Error("its functions are not tanh");

        // Rows stand in the order input, output, forget, cell; peepholes in the order input, output, forget.
        Tensor? peepholes = call.Optional(7);
        Func<int, int, double>? peephole = peepholes is null ? null : (gate, unit) => peepholes.Elements[(gate * gates.Units) + unit];
        return (x, state) => Recurrences.Lstm(call.Scope, gates, (0, 2, 3, 1), functions[0], x, state, peephole: peephole);
    });

    private static IReadOnlyList<Tensor> Run(OnnxCall call, int gateCount, string[] usual, Func<Gates, Func<double, double>[], Func<double[], RowState, RowState>> stepOf)
    {
        if (call.Text("direction", "forward") != "forward" || call.Has("clip"))
            throw call.Error("it does not go forward, or clips");
        Tensor sequence = call.Input(0);
        Tensor weight = call.Input(1);
        Tensor recurrent = call.Input(2);
        bool batchFirst = call.Int("layout", 0) == 1;
        if (sequence.Rank != 3 || weight.Rank != 3 || recurrent.Rank != 3 || weight.Shape[0] != 1 || recurrent.Shape[0] != 1)
            throw call.Error($"it reads values of the shapes {sequence.ShapeText}, {weight.ShapeText} and {recurrent.ShapeText}");
        (int steps, int batch, int features) = batchFirst ? (sequence.Shape[1], sequence.Shape[0], sequence.Shape[2]) : (sequence.Shape[0], sequence.Shape[1], sequence.Shape[2]);
        int units = recurrent.Shape[2];
        int rows = gateCount * units;
        Tensor? bias = call.Optional(3);
        if (weight.Shape[1] != rows || weight.Shape[2] != features || recurrent.Shape[1] != rows || (bias is not null && bias.Count != 2 * rows))
            throw call.Error($"weights of the shapes {weight.ShapeText} and {recurrent.ShapeText} do not fit a sequence of shape {sequence.ShapeText}");
        if (call.Optional(4) is { } lengths && lengths.Elements.Any(length => length != steps))
            throw call.Error("its rows have lengths of their own");
        Gates gates = new(
            features, units, (gate, unit, i) => weight.Elements[(((gate * units) + unit) * features) + i], (gate, unit, i) => recurrent.Elements[(((gate * units) + unit) * units) + i],
            (gate, unit) => bias?.Elements[(gate * units) + unit] ?? 0, (gate, unit) => bias?.Elements[rows + (gate * units) + unit] ?? 0);
        Func<double[], RowState, RowState> step = stepOf(gates, Functions(call, usual));
        call.Scope.TakeOperations((long)steps * batch * rows * (features + units));

        double[] all = call.Scope.Allocate((long)steps * batch * units);
        double[] last = call.Scope.Allocate((long)batch * units);
        double[] cells = call.Scope.Allocate((long)batch * units);
        for (int row = 0; row < batch; row++)
        {
            RowState state = new(Initial(call, 5, row, units, batch), Initial(call, 6, row, units, batch));
            for (int t = 0; t < steps; t++)
            {
                int from = (batchFirst ? (row * steps) + t : (t * batch) + row) * features;
                state = step(sequence.Elements[from..(from + features)], state);
                state.Hidden.CopyTo(all, (batchFirst ? (row * steps) + t : (t * batch) + row) * units);
            }

            state.Hidden.CopyTo(last, row * units);
            state.Cell.CopyTo(cells, row * units);
        }

        int[] lastShape = batchFirst ? [batch, 1, units] : [1, batch, units];
        return [Tensor.Real(batchFirst ? [batch, steps, 1, units] : [steps, 1, batch, units], all), Tensor.Real(lastShape, last), Tensor.Real(lastShape, cells)];
    }

    private static double[] Initial(OnnxCall call, int input, int row, int units, int batch)
    {
        if (call.Optional(input) is not { } initial)
            return new double[units];
        return initial.Count == batch * units ? initial.Elements[(row * units)..((row + 1) * units)] : throw call.Error($"its initial state has the shape {initial.ShapeText}");
    }

    private static Func<double, double>[] Functions(OnnxCall call, string[] usual)
    {
        string[] names = call.Texts("activations") ?? usual;
        if (names.Length != usual.Length || call.Floats("activation_alpha") is { Length: > 0 })
            throw call.Error("its activations are not those of one direction, or have settings");
        return [.. names.Select(name => name.ToUpperInvariant() switch
        {
            "TANH" => Math.Tanh,
            "SIGMOID" => Recurrences.Sigmoid,
            "RELU" => value => value > 0 ? value : 0,
            "SOFTSIGN" => value => value / (1 + Math.Abs(value)),
            "SOFTPLUS" => value => Math.Max(value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(value))),
            _ => (Func<double, double>)(_ => throw call.Error($"its activation '{name}' is not executed")),
        })];
    }
}
