namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Values of fewer axes: sums, means and extremes over some.</summary>
internal static class Reductions
{
    // What a line costs beside its numbers, as many of which it is worth.
    private const long LineWork = 8;

    public static readonly IReadOnlyDictionary<string, Func<double[], double>> Table = new Dictionary<string, Func<double[], double>>(StringComparer.Ordinal)
    {
        ["Sum"] = line => line.Sum(),
        ["Mean"] = line => line.Average(),
        ["Max"] = line => line.Max(),
        ["Min"] = line => line.Min(),
        ["Prod"] = line => line.Aggregate(1.0, (product, value) => product * value),
        ["L1"] = line => line.Sum(Math.Abs),
        ["L2"] = line => Math.Sqrt(line.Sum(value => value * value)),
        ["SumSquare"] = line => line.Sum(value => value * value),
        ["LogSum"] = line => Math.Log(line.Sum()),
        ["LogSumExp"] = line => line.Max() is double greatest ? greatest + Math.Log(line.Sum(value => Math.Exp(value - greatest))) : 0,
    };

    /// <param name="scope">For the account.</param>
    /// <param name="value">The value.</param>
    /// <param name="axes">Those that are taken together; each once.</param>
    /// <param name="keeps">Whether they stay with extent 1.</param>
    /// <param name="function">One number of many.</param>
    public static Tensor Apply(OperationScope scope, Tensor value, IReadOnlySet<int> axes, bool keeps, Func<double[], double> function)
    {
        int[] strides = Extents.Strides(value.Shape);
        int[] kept = [.. Enumerable.Range(0, value.Rank).Where(axis => !axes.Contains(axis))];
        int[] dropped = [.. Enumerable.Range(0, value.Rank).Where(axes.Contains)];
        scope.TakeElements(2L * value.Count);
        int[] outer = Extents.Places(Select(value.Shape, kept), Select(strides, kept));
        int[] inner = Extents.Places(Select(value.Shape, dropped), Select(strides, dropped));
        if (inner.Length == 0)
            throw scope.Error($"it reduces a value of shape {value.ShapeText}, which has no element");
        scope.TakeElements(LineWork * outer.Length);
        double[] result = Array.ConvertAll(outer, start => function(Array.ConvertAll(inner, place => value.Elements[start + place])));
        int[] shape = keeps ? [.. value.Shape.Select((extent, axis) => axes.Contains(axis) ? 1 : extent)] : Select(value.Shape, kept);
        return new Tensor(value.Type, shape, result);
    }

    private static int[] Select(int[] values, int[] places) => Array.ConvertAll(places, place => values[place]);
}
