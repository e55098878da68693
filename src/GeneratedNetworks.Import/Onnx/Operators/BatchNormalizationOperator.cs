namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>(x − mean) / √(variance + epsilon) · scale + shift along axis 1, with the statistics of training.</summary>
internal static class BatchNormalizationOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("epsilon", "momentum", "spatial", "training_mode");
        if (node.Opset < 7)
            throw node.Error($"its form before opset 7 is not supported, and the file uses opset {node.Opset}");
        if (node.Int("training_mode", 0) != 0)
            throw node.Error("training_mode = 1 takes mean and variance from the batch, so that samples would influence each other");
        if (node.Int("spatial", 1) != 1)
            throw node.Error("spatial = 0 is not supported");
        if (!chain.Shape.HasBatch || chain.Shape.Sample.Length == 0)
            throw node.Error($"its input must have a batch and a channel axis, and has the shape {chain.Shape.Text}");
        chain.Shape.RequireOneBatchAxis(node);
        int channels = chain.Shape.Sample[0];
        double[] scale = Channels(node, 1, "the scale", channels);
        double[] shift = Channels(node, 2, "the shift", channels);
        double[] mean = Channels(node, 3, "the mean", channels);
        double[] variance = Channels(node, 4, "the variance", channels);
        double epsilon = node.Float("epsilon", 1e-5f);
        int bad = Array.FindIndex(variance, value => !(value + epsilon > 0));
        if (bad >= 0)
            throw node.Error($"the variance of channel {bad} plus epsilon is {variance[bad] + epsilon}, and must be above 0");

        if (!chain.TryChannelsLast(node))
        {
            Scale(node, chain, scale, shift, mean, [.. variance.Select(value => Math.Sqrt(value + epsilon))]);
            return;
        }

        // ONNX's own running variance is a batch's as it is; PyTorch, which writes most files, takes n/(n − 1) of it.
        chain.BatchNorm(node, scale, shift, mean, variance, epsilon, Math.Clamp(node.Float("momentum", 0.9f), 0, 0.999999), node.Graph.IsFromPyTorch);
    }

    /// <summary>Where the channels are not the layers' last axis: a scaling by constants.</summary>
    private static void Scale(OnnxNode node, OnnxChain chain, double[] scale, double[] shift, double[] mean, double[] deviation)
    {
        double[] summands = [.. scale.Select((factor, c) => shift[c] - (mean[c] * factor / deviation[c]))];
        chain.Scale(node, Spread(scale), Spread(summands), Spread(deviation));
        chain.MarkInferenceOnly($"{node.Description} takes its statistics from each batch in training, and here they are constants");

        double[] Spread(double[] values)
        {
            chain.Shape.CheckRepeat(node);
            int[] shape = [.. chain.Shape.Sample.Select((extent, axis) => axis == 0 ? extent : 1)];
            return Axes.Repeat(values, shape, chain.Shape.Sample);
        }
    }

    private static double[] Channels(OnnxNode node, int input, string role, int count)
    {
        double[] values = node.Constant(input, role).Floats(node, role);
        return values.Length == count ? values : throw node.Error($"{role} must have {count} numbers, one a channel, and has {values.Length}");
    }
}
