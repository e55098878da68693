using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>
/// A layer normalization written in simpler operators, as exporters do below opset 17: the mean, the difference to it, the mean of its square, the root of that
/// and epsilon, the quotient, and behind it, where there are any, a product with the scale and a sum with the offset.
/// </summary>
/// <param name="Result">The value that it ends in.</param>
/// <param name="Last">The node that gives it.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Axes">Over how many last axes it runs.</param>
/// <param name="Scale">Or null.</param>
/// <param name="Offset">Or null.</param>
internal sealed record LayerNormalization(string Result, OnnxNode Last, double Epsilon, int Axes, OnnxConstant? Scale, OnnxConstant? Offset)
{
    public static LayerNormalization? TryMatch(OnnxGraph graph, OnnxChain chain, string value)
    {
        // x is read by its mean and by the difference, or by two equal differences.
        IReadOnlyList<OnnxNode> readers = graph.Consumers(value);
        if (readers.FirstOrDefault(node => node.Operator == "ReduceMean") is not { } mean || LastAxes(mean, chain) is not { } axes)
            return null;
        OnnxNode[] differences = [.. readers.Where(node => node != mean)];
        if (differences.Length is not (1 or 2) || differences.Any(node => node.Operator != "Sub" || !node.Inputs.SequenceEqual([value, mean.Output])))
            return null;
        if (graph.Consumers(mean.Output).Count != differences.Length)
            return null;

        OnnxNode[] behind = [.. differences.SelectMany(node => graph.Consumers(node.Output)).Distinct()];
        OnnxNode? square = behind.FirstOrDefault(node => (node.Operator == "Pow" && node.TryConstant(1) is { Values: [2] }) || (node.Operator == "Mul" && node.Inputs.Count == 2 && node.Inputs[0] == node.Inputs[1]));
        OnnxNode? quotient = behind.FirstOrDefault(node => node.Operator == "Div");
        if (behind.Length != 2 || square is null || quotient is null)
            return null;
        if (Only(graph, square.Output) is not { Operator: "ReduceMean" } variance || LastAxes(variance, chain) != axes)
            return null;
        if (Only(graph, variance.Output) is not { Operator: "Add", Inputs.Count: 2 } sum || (sum.TryConstant(0) ?? sum.TryConstant(1)) is not { Values: [double epsilon] })
            return null;
        if (Only(graph, sum.Output) is not { Operator: "Sqrt" } root || Only(graph, root.Output) != quotient || quotient.Inputs[1] != root.Output)
            return null;

        OnnxNode last = quotient;
        OnnxConstant? scale = Operand(graph, ref last, "Mul", chain, axes);
        OnnxConstant? offset = Operand(graph, ref last, "Add", chain, axes);
        return new LayerNormalization(last.Output, last, epsilon, axes, scale, offset);
    }

    public void Apply(OnnxChain chain)
    {
        int[] extents = chain.Shape.Sample[^Axes..];
        string? name = (Scale ?? Offset) is null ? OnnxNaming.Path(Last) : OnnxNaming.Layer(Last, (Scale ?? Offset)!, null);
        chain.LayerNorm(Last, name, Numbers(Scale, "the scale"), Numbers(Offset, "the offset"), Epsilon, Axes);

        double[]? Numbers(OnnxConstant? constant, string role) => constant is null ? null : Broadcasting.Repeat(Last, chain.Shape with { Sample = extents }, constant, role);
    }

    /// <summary>The constant of the next node, which becomes the last one; null where it is none of the norm.</summary>
    private static OnnxConstant? Operand(OnnxGraph graph, ref OnnxNode last, string operatorName, OnnxChain chain, int axes)
    {
        if (graph.Outputs.Contains(last.Output) || Only(graph, last.Output) is not { Inputs.Count: 2 } node || node.Operator != operatorName)
            return null;
        OnnxConstant? constant = node.TryConstant(0) ?? node.TryConstant(1);
        int[] extents = chain.Shape.Sample[^axes..];
        if (constant is null || !constant.IsFloat || constant.Shape.Length > axes || !Fits(constant.Shape, extents))
            return null;
        last = node;
        return constant;
    }

    /// <summary>Over how many last axes of a sample a mean runs that keeps its axes; null where it runs over others.</summary>
    private static int? LastAxes(OnnxNode node, OnnxChain chain)
    {
        if (node.Int("keepdims", 1) == 0 || chain.Shape.Leading != 1)
            return null;
        if (node.Ints("axes") is null && (!node.Has(1) || node.TryConstant(1) is null))
            return null;
        int[] axes = [.. node.IntsOrInput("axes", 1)!.Select(axis => (int)(axis < 0 ? axis + chain.Shape.Rank : axis)).Order()];
        bool isLast = axes.Length > 0 && axes.Length <= chain.Shape.Sample.Length && axes.Select((axis, i) => axis == chain.Shape.Rank - axes.Length + i).All(isSo => isSo);
        return isLast && chain.Shape.BatchAxis < axes[0] ? axes.Length : null;
    }

    private static bool Fits(int[] shape, int[] extents)
    {
        for (int i = 1; i <= shape.Length; i++)
        {
            if (shape[^i] != extents[^i] && shape[^i] != 1)
                return false;
        }

        return true;
    }

    private static OnnxNode? Only(OnnxGraph graph, string value) => graph.Consumers(value) is [{ } node] ? node : null;
}
