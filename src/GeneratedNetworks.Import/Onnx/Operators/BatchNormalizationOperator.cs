namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>(x − mean) / √(variance + epsilon) · scale + shift along axis 1, with the statistics of training: one scaling a channel. Training would take them from its batches.</summary>
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
        double[] factors = new double[channels];
        double[] summands = new double[channels];
        double[] deviations = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            double spread = variance[c] + epsilon;
            if (!(spread > 0))
                throw node.Error($"the variance of channel {c} plus epsilon is {spread}, and must be above 0");
            deviations[c] = Math.Sqrt(spread);
            factors[c] = scale[c];
            summands[c] = shift[c] - (mean[c] * factors[c] / deviations[c]);
        }

        chain.Scale(node, Spread(factors), Spread(summands), Spread(deviations));
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
