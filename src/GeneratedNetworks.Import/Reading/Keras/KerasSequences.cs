using System.Text.Json;
using GeneratedNetworks.Import.Keras;
using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Layers that go through sequences, [batch, time, features], by the formulas of their pages.</summary>
internal static class KerasSequences
{
    public static Tensor Simple(KerasCall call)
    {
        Func<double, double> function = Function(call, "activation", "tanh");
        return Run(call, 1, isSplit: false, (gates, x, state) => Recurrences.Simple(call.Scope, gates, function, x, state));
    }

    public static Tensor Gru(KerasCall call)
    {
        (Func<double, double> gate, Func<double, double> function) = (Function(call, "recurrent_activation", "sigmoid"), Function(call, "activation", "tanh"));
        bool after = call.Flag("reset_after", false);
        return Run(call, 3, after, (gates, x, state) => Recurrences.Gru(call.Scope, gates, after, gate, function, x, state));
    }

    /// <summary>Columns stand in the order input, forget, cell, output.</summary>
    public static Tensor Lstm(KerasCall call)
    {
        Func<double, double> gate = Function(call, "recurrent_activation", "sigmoid");
        if (Function(call, "activation", "tanh")(0.5) != Math.Tanh(0.5))
            throw call.Error("its function is not tanh");
        return Run(call, 4, isSplit: false, (gates, x, state) => Recurrences.Lstm(call.Scope, gates, (0, 1, 2, 3), gate, x, state));
    }

    public static Tensor Embedding(KerasCall call)
    {
        if (call.Flag("mask_zero", false))
            throw call.Error("it masks steps");
        (int vocabulary, int dimensions) = (call.Integer("input_dim", 0), call.Integer("output_dim", 0));
        Tensor table = call.Weights("embeddings", 0, [vocabulary, dimensions]);
        Tensor result = Shapes.Gather(call.Scope, table, call.Value, 0);
        return result.WithShape([.. call.Value.Shape, dimensions]);
    }

    public static (double Least, double Greatest) Vocabulary(KerasCall call) => (0, call.Integer("input_dim", 1) - 1);

    /// <summary>A layer that works on the last axis alone.</summary>
    public static Tensor AtEveryStep(KerasCall call)
    {
        if (call.Setting("layer") is not { } inner || inner.Text("class_name") is not ("Dense" or "Activation" or "Dropout" or "LayerNormalization") || inner.Member("config") is not { } config)
            throw call.Error("its layer is not executed at every step");
        string kind = inner.Text("class_name")!;
        return KerasRules.Find(kind)!.Apply(call with { Class = kind, Config = config });
    }

    private static Tensor Run(KerasCall call, int gateCount, bool isSplit, Func<Gates, double[], RowState, RowState> step)
    {
        if (new[] { "go_backwards", "stateful", "return_state", "time_major" }.FirstOrDefault(setting => call.Flag(setting, false)) is { } other)
            throw call.Error($"its setting {other} is not executed");
        Tensor value = call.Value;
        int units = call.Integer("units", 0);
        if (value.Rank != 3 || units < 1)
            throw call.Error($"it makes {units} units of a value of shape {value.ShapeText}");
        (int batch, int steps, int features) = (value.Shape[0], value.Shape[1], value.Shape[2]);
        int width = gateCount * units;
        double[] kernel = call.Weights("kernel", 0, [features, width]).Elements;
        double[] recurrent = call.Weights("recurrent_kernel", 1, [units, width]).Elements;
        double[]? bias = call.Flag("use_bias", true) ? call.Weights("bias", 2, isSplit ? [2, width] : [width]).Elements : null;
        Gates gates = new(
            features, units, (gate, unit, i) => kernel[(i * width) + (gate * units) + unit], (gate, unit, i) => recurrent[(i * width) + (gate * units) + unit],
            (gate, unit) => bias?[(gate * units) + unit] ?? 0, (gate, unit) => isSplit && bias is not null ? bias[width + (gate * units) + unit] : 0);
        call.Scope.TakeOperations((long)steps * batch * width * (features + units));
        double[] all = call.Scope.Allocate((long)batch * steps * units);
        double[] last = call.Scope.Allocate((long)batch * units);
        for (int row = 0; row < batch; row++)
        {
            RowState state = new(new double[units], new double[units]);
            for (int t = 0; t < steps; t++)
            {
                int from = ((row * steps) + t) * features;
                state = step(gates, value.Elements[from..(from + features)], state);
                state.Hidden.CopyTo(all, ((row * steps) + t) * units);
            }

            state.Hidden.CopyTo(last, row * units);
        }

        return call.Flag("return_sequences", false) ? Tensor.Real([batch, steps, units], all) : Tensor.Real([batch, units], last);
    }

    private static Func<double, double> Function(KerasCall call, string setting, string usual)
    {
        string? name = call.Setting(setting) is not { } given ? usual : given.ValueKind == JsonValueKind.String ? given.GetString() : given.Text("config");
        return KerasFunctions.Find(name ?? "", call.Version) ?? throw call.Error($"its setting {setting} names no function that is executed");
    }
}
