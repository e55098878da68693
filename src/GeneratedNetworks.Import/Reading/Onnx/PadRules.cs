using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>A number put around a value, in the three spellings that the operator had.</summary>
internal static class PadRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Pad"] = OnnxRule.Of(Pad),
    };

    private static Tensor Pad(OnnxCall call)
    {
        Tensor value = call.Input(0);
        string mode = call.Text("mode", "constant");
        if (mode != "constant")
            throw call.Error($"it pads by mode '{mode}'; only constant numbers are executed");
        bool byInputs = call.Opset >= 11;
        long[] pads = byInputs
            ? call.Whole(call.Input(1))
            : [.. call.Ints(call.Opset < 2 ? "paddings" : "pads") ?? throw call.Error("it names no padding")];
        double number = !byInputs ? call.Float("value", 0) : call.Optional(2) is { Count: > 0 } given ? call.Number(given) : 0;
        int[] axes = call.Optional(3) is { } named
            ? [.. call.Whole(named).Select(axis => call.Axis(axis, value.Rank))]
            : [.. Enumerable.Range(0, value.Rank)];
        if (pads.Length != 2 * axes.Length || axes.Distinct().Count() != axes.Length)
            throw call.Error($"its padding [{string.Join(", ", pads.Take(32))}] does not fit {axes.Length} axes of a value of shape {value.ShapeText}");
        long[] before = new long[value.Rank];
        long[] after = new long[value.Rank];
        for (int i = 0; i < axes.Length; i++)
            (before[axes[i]], after[axes[i]]) = (pads[i], pads[i + axes.Length]);
        return Shapes.Pad(call.Scope, value, before, after, number);
    }
}
