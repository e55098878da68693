using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM as its page defines it: each gate with matrices of its own, in the order input, forget, cell, output, from zeros.</summary>
internal static class TfLiteSequences
{
    private const int OptionsKind = 71;

    public static Tensor Lstm(TfLiteCall call)
    {
        Tensor value = call.Input(0);
        if (call.Options(OptionsKind) is not { } options || options.Byte(0) != 4)
            throw call.Error("its function is not tanh");
        bool isPlain = new[] { 9, 10, 11, 16, 17, 20, 21, 22, 23 }.All(input => call.Optional(input) is null) && call.Optional(1) is not null && !options.Bool(5) && options.Float(2) == 0;
        if (!isPlain || value.Rank != 3)
            throw call.Error($"it has peepholes, a projection, norms or coupled gates, or reads a value of shape {value.ShapeText}");
        bool timeFirst = options.Bool(3);
        (int steps, int batch) = timeFirst ? (value.Shape[0], value.Shape[1]) : (value.Shape[1], value.Shape[0]);
        int features = value.Shape[2];
        Tensor[] kernels = [.. Enumerable.Range(1, 4).Select(call.Input)];
        Tensor[] recurrents = [.. Enumerable.Range(5, 4).Select(call.Input)];
        int units = kernels[0].Shape[0];
        if (kernels.Any(kernel => !kernel.Shape.SequenceEqual([units, features])) || recurrents.Any(recurrent => !recurrent.Shape.SequenceEqual([units, units])))
            throw call.Error($"its matrices do not fit {features} features and {units} units");
        Tensor?[] biases = [.. Enumerable.Range(12, 4).Select(call.Optional)];
        Gates gates = new(
            features, units, (gate, unit, i) => kernels[gate].Elements[(unit * features) + i], (gate, unit, i) => recurrents[gate].Elements[(unit * units) + i],
            (gate, unit) => biases[gate]?.Elements[unit] ?? 0, (_, _) => 0);
        call.Scope.TakeOperations((long)steps * batch * 4 * units * (features + units));
        double[] all = call.Scope.Allocate((long)steps * batch * units);
        for (int row = 0; row < batch; row++)
        {
            RowState state = new(new double[units], new double[units]);
            for (int t = 0; t < steps; t++)
            {
                int place = timeFirst ? (t * batch) + row : (row * steps) + t;
                double[] x = value.Elements[(place * features)..((place + 1) * features)];
                state = Recurrences.Lstm(call.Scope, gates, (0, 1, 2, 3), Recurrences.Sigmoid, x, state, options.Float(1));
                state.Hidden.CopyTo(all, place * units);
            }
        }

        return Tensor.Real([.. value.Shape[..2], units], all);
    }
}
