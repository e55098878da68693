namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>
/// Elementwise operators before operator set 7: two operands have one shape, or, with broadcast = 1, the second is repeated over the first, its axes being
/// a run of the first's axes from "axis" on, at the end where that is left out.
/// </summary>
internal static class OldBroadcast
{
    /// <summary>From this operator set on, operands are repeated by NumPy's rules.</summary>
    public const int FirstWithout = 7;

    /// <summary>The constant in a shape that means the same by the rules of today.</summary>
    /// <param name="node">An elementwise node of an old operator set.</param>
    /// <param name="chain">The other operand.</param>
    /// <param name="constant">The constant operand.</param>
    /// <param name="isFirst">Whether it is the first.</param>
    public static OnnxConstant Align(OnnxNode node, OnnxChain chain, OnnxConstant constant, bool isFirst)
    {
        int rank = constant.Shape.Length;
        bool repeats = node.Int("broadcast", 0) != 0;
        if (isFirst || !repeats)
        {
            bool isWhole = rank == chain.Shape.Rank && constant.Shape.AsSpan(chain.Shape.Leading).SequenceEqual(chain.Shape.Sample);
            return isWhole
                ? constant
                : throw node.Error($"in opset {node.Opset} {(isFirst ? "its first operand is not repeated" : "nothing is repeated without broadcast = 1")}, and the constant has the shape {constant.ShapeText} beside {chain.Shape.Text}");
        }

        if (rank == 0)
            return constant;
        int axis = node.Int("axis", long.MinValue) is var given and not long.MinValue ? chain.Shape.Axis(node, given) : chain.Shape.Rank - rank;
        bool fits = axis >= 0 && axis + rank <= chain.Shape.Rank;
        for (int i = 0; fits && i < rank; i++)
            fits = axis + i < chain.Shape.Leading || constant.Shape[i] == chain.Shape.Sample[axis + i - chain.Shape.Leading] || constant.Count == 1;
        return fits
            ? constant with { Shape = [.. constant.Shape, .. Enumerable.Repeat(1, chain.Shape.Rank - axis - rank)] }
            : throw node.Error($"in opset {node.Opset} a constant of shape {constant.ShapeText} must have the extents of {chain.Shape.Text} from axis {axis} on");
    }
}
