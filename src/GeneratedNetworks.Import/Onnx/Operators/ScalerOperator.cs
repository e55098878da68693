namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>scikit-learn's StandardScaler and its kin: (x − offset)·scale, for all features or for each.</summary>
internal static class ScalerOperator
{
    public const string Name = "ai.onnx.ml.Scaler";

    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("offset", "scale");
        if (chain.Shape.Sample.Length == 0)
            throw node.Error($"its input must have features, and has the shape {chain.Shape.Text}");
        double[] offset = PerElement("offset", 0);
        double[] scale = PerElement("scale", 1);
        chain.IsInteger = false;
        chain.Normalize(node, offset, scale);

        double[] PerElement(string name, double fallback)
        {
            double[] values = node.Floats(name)?.Select(value => (double)value).ToArray() ?? [fallback];
            int features = chain.Shape.Sample[^1];
            if (values.Length != 1 && values.Length != features)
                throw node.Error($"its attribute '{name}' has {values.Length} numbers for {features} features");
            chain.Shape.CheckRepeat(node);
            int[] shape = [.. chain.Shape.Sample.Select((_, axis) => axis == chain.Shape.Sample.Length - 1 ? values.Length : 1)];
            return Axes.Repeat(values, shape, chain.Shape.Sample);
        }
    }
}
