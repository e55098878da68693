using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Normalisations, and reductions over axes.</summary>
internal static class NormalisationRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = Create();

    private static Dictionary<string, OnnxRule> Create()
    {
        Dictionary<string, OnnxRule> table = new(StringComparer.Ordinal)
        {
            ["BatchNormalization"] = OnnxRule.Of(BatchNormalization) with { Role = PrefixRole.Normaliser, Normaliser = BatchStatistics },
            ["LayerNormalization"] = OnnxRule.Of(LayerNormalization),
            ["InstanceNormalization"] = OnnxRule.Of(InstanceNormalization),
            ["LpNormalization"] = OnnxRule.Of(LpNormalization),
            ["ArgMax"] = OnnxRule.Of(call => Place(call, isGreatest: true)),
            ["ArgMin"] = OnnxRule.Of(call => Place(call, isGreatest: false)),
        };
        foreach ((string name, Func<double[], double> function) in Reductions.Table)
            table.Add("Reduce" + name, OnnxRule.Of(call => Reduce(call, function)));
        return table;
    }

    /// <summary>At inference; the channels are the second axis.</summary>
    private static Tensor BatchNormalization(OnnxCall call)
    {
        Tensor value = call.Input(0);
        if (call.Int("training_mode", 0) != 0 || (call.Opset < 7 && call.Int("is_test", 0) == 0))
            throw call.Error("it computes the statistics of the batch, as in training");
        double epsilon = call.Float("epsilon", 1e-5f);
        Tensor deviation = call.Scope.Map(Channels(call, 4), variance => Math.Sqrt(variance + epsilon));
        Tensor centred = Elementwise.Apply(call.Scope, value, Channels(call, 3), (x, mean) => x - mean);
        Tensor standard = Elementwise.Apply(call.Scope, centred, deviation, (x, d) => x / d);
        Tensor scaled = Elementwise.Apply(call.Scope, standard, Channels(call, 1), (x, gamma) => x * gamma);
        return Elementwise.Apply(call.Scope, scaled, Channels(call, 2), (x, beta) => x + beta);

        Tensor Channels(OnnxCall node, int input)
        {
            // Up to version 8, every element of a sample could have statistics of its own.
            Tensor numbers = node.Input(input);
            int[] shape = node.Opset < 9 && node.Int("spatial", 1) == 0
                ? value.Shape[1..]
                : [value.Rank > 1 ? value.Shape[1] : 1, .. Enumerable.Repeat(1, Math.Max(0, value.Rank - 2))];
            return numbers.Count == Extents.Count(shape)
                ? numbers.WithShape(shape)
                : throw node.Error($"its input {input} has the shape {numbers.ShapeText}, which does not fit a value of shape {value.ShapeText}");
        }
    }

    private static Statistics BatchStatistics(OnnxCall call, int[] shape)
    {
        double epsilon = call.Float("epsilon", 1e-5f);
        return call.Optional(3) is { } mean && call.Optional(4) is { } variance && mean.Count == variance.Count
            ? new Statistics(
                mean.Elements, Array.ConvertAll(variance.Elements, value => Math.Sqrt(value + epsilon)), mean.Count == shape.ElementAtOrDefault(1) ? (int)Extents.Count(shape.Skip(2)) : 1)
            : new Statistics([], []);
    }

    /// <summary>Over the last axes, from the one that is named on.</summary>
    private static Tensor LayerNormalization(OnnxCall call)
    {
        Tensor value = call.Input(0);
        int axis = call.Axis(call.Int("axis", -1), value.Rank);
        double epsilon = call.Float("epsilon", 1e-5f);
        Tensor standard = Standardisation.From(call.Scope, value, axis, epsilon);
        Tensor scaled = Elementwise.Apply(call.Scope, standard, call.Input(1), (x, gamma) => x * gamma);
        return call.Optional(2) is { } bias ? Elementwise.Apply(call.Scope, scaled, bias, (x, beta) => x + beta) : scaled;
    }

    /// <summary>Over the positions of each channel of each sample.</summary>
    private static Tensor InstanceNormalization(OnnxCall call)
    {
        Tensor value = call.Input(0);
        if (value.Rank < 3 || call.Input(1).Count != value.Shape[1])
            throw call.Error($"a scale of shape {call.Input(1).ShapeText} does not fit a value of shape {value.ShapeText}");
        int[] channels = [value.Shape[1], .. Enumerable.Repeat(1, value.Rank - 2)];
        Tensor standard = Standardisation.From(call.Scope, value, 2, call.Float("epsilon", 1e-5f));
        Tensor scaled = Elementwise.Apply(call.Scope, standard, call.Input(1).WithShape(channels), (x, gamma) => x * gamma);
        return Convolutions.AddBias(call.Scope, scaled, call.Input(2), channelsLast: false);
    }

    private static Tensor LpNormalization(OnnxCall call)
    {
        Tensor value = call.Input(0);
        long p = call.Int("p", 2);
        return AlongAxis.Apply(call.Scope, value, call.Axis(call.Int("axis", -1), value.Rank), line =>
        {
            double norm = p == 1 ? line.Sum(Math.Abs) : Math.Sqrt(line.Sum(x => x * x));
            return Array.ConvertAll(line, x => norm == 0 ? 0 : x / norm);
        });
    }

    private static Tensor Reduce(OnnxCall call, Func<double[], double> function)
    {
        Tensor value = call.Input(0);
        long[] named = call.IntsOrInput("axes", 1) ?? [];
        if (named.Length == 0 && call.Int("noop_with_empty_axes", 0) != 0)
            return value;
        HashSet<int> axes = named.Length == 0 ? [.. Enumerable.Range(0, value.Rank)] : [.. named.Select(axis => call.Axis(axis, value.Rank))];
        return Reductions.Apply(call.Scope, value, axes, call.Int("keepdims", 1) != 0, function);
    }

    private static Tensor Place(OnnxCall call, bool isGreatest)
    {
        Tensor value = call.Input(0);
        bool takesLast = call.Int("select_last_index", 0) != 0;
        HashSet<int> axes = [call.Axis(call.Int("axis", 0), value.Rank)];
        return Reductions.Apply(call.Scope, value, axes, call.Int("keepdims", 1) != 0, line =>
        {
            double wanted = isGreatest ? line.Max() : line.Min();
            return takesLast ? Array.LastIndexOf(line, wanted) : Array.IndexOf(line, wanted);
        }) with
        { Type = ElementType.Int64 };
    }
}
