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
            int behind = Math.Max(0, value.Rank - 2);
            return node.Input(input).Count == (value.Rank > 1 ? value.Shape[1] : 1)
                ? node.Input(input).WithShape([node.Input(input).Count, .. Enumerable.Repeat(1, behind)])
                : throw node.Error($"it has {node.Input(input).Count} channels, and its input has the shape {value.ShapeText}");
        }
    }

    private static Statistics BatchStatistics(OnnxCall call, int[] shape)
    {
        double epsilon = call.Float("epsilon", 1e-5f);
        return call.Optional(3) is { } mean && call.Optional(4) is { } variance && mean.Count == variance.Count
            ? new Statistics(mean.Elements, Array.ConvertAll(variance.Elements, value => Math.Sqrt(value + epsilon)), (int)Extents.Count(shape.Skip(2)))
            : new Statistics([], []);
    }

    /// <summary>Over the last axes, from the one that is named on.</summary>
    private static Tensor LayerNormalization(OnnxCall call)
    {
        Tensor value = call.Input(0);
        int axis = call.Axis(call.Int("axis", -1), value.Rank);
        double epsilon = call.Float("epsilon", 1e-5f);
        int rows = (int)Extents.Count(value.Shape.Take(axis));
        Tensor flat = value.WithShape(rows, rows == 0 ? 0 : value.Count / rows);
        Tensor standard = AlongAxis.Apply(call.Scope, flat, 1, line => Standard(line, epsilon)).WithShape(value.Shape);
        Tensor scaled = Elementwise.Apply(call.Scope, standard, call.Input(1), (x, gamma) => x * gamma);
        return call.Optional(2) is { } bias ? Elementwise.Apply(call.Scope, scaled, bias, (x, beta) => x + beta) : scaled;
    }

    private static double[] Standard(double[] line, double epsilon)
    {
        double mean = line.Average();
        double deviation = Math.Sqrt(line.Average(value => (value - mean) * (value - mean)) + epsilon);
        return Array.ConvertAll(line, value => (value - mean) / deviation);
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
