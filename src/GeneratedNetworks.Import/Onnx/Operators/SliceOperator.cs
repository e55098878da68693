namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Slice of all elements, which exporters leave where there was one of some.</summary>
internal static class SliceOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axes", "ends", "starts");
        long[] starts = ConstantSlice.Numbers(node, "starts", 1) ?? throw node.Error("its starts are missing");
        long[] ends = ConstantSlice.Numbers(node, "ends", 2) ?? throw node.Error("its ends are missing");
        long[] axes = ConstantSlice.Numbers(node, "axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = ConstantSlice.Numbers(node, "steps", 4) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Error("it does not have as many starts as ends, axes and steps");
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = chain.Shape.Axis(node, axes[i]);
            long extent = axis < chain.Shape.Leading ? chain.Shape.Batch ?? 1_000_000_000 : chain.Shape.Sample[axis - chain.Shape.Leading];
            bool isWhole = steps[i] == 1 && (starts[i] == 0 || starts[i] <= -extent) && ends[i] >= extent;
            if (!isWhole)
                throw node.Error($"it cuts elements out of a value of shape {chain.Shape.Text}, which no layer does");
        }
    }
}
