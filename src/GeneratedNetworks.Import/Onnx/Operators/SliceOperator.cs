namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Slice of all elements, which exporters leave where there was one of some.</summary>
internal static class SliceOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axes", "ends", "starts", "steps");
        long[] starts = ConstantSlice.Numbers(node, "starts", 1) ?? throw node.Error("its starts are missing");
        long[] ends = ConstantSlice.Numbers(node, "ends", 2) ?? throw node.Error("its ends are missing");
        long[] axes = ConstantSlice.Numbers(node, "axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = ConstantSlice.Numbers(node, "steps", 4) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Error("it does not have as many starts as ends, axes and steps");
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = chain.Shape.Axis(node, axes[i]);
            int own = chain.Shape.OfSample(axis);
            long extent = own < 0 ? chain.Shape.Batch ?? 1_000_000_000 : chain.Shape.Sample[own];
            bool isWhole = steps[i] == 1 && (starts[i] == 0 || starts[i] <= -extent) && ends[i] >= extent;
            if (isWhole)
                continue;
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + extent : starts[i], 0, extent);
            long count = Math.Clamp(ends[i] < 0 ? ends[i] + extent : ends[i], 0, extent) - start;
            if (own >= 0 && steps[i] == 1 && !chain.IsInteger && chain.TryTakePart(axis, start, count))
                continue;
            if (own >= 0 && steps[i] == 1 && !chain.IsInteger && chain.Quantized is null && count == 1 && start == extent - 1)
                chain.Pick(node, axis, start, keepsAxis: true);
            else
                throw node.Error($"it cuts elements out of a value of shape {chain.Shape.Text}, which no layer does");
        }
    }
}
