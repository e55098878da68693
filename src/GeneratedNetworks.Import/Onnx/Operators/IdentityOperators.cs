using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Operators that change nothing at inference.</summary>
internal static class IdentityOperators
{
    public static void Identity(OnnxNode node, OnnxChain chain) => node.AllowAttributes();

    public static void Dropout(OnnxNode node, OnnxChain chain)
    {
        if (node.Opset < 7)
        {
            node.AllowAttributes("ratio", "is_test", "consumed_inputs");
            if (node.Int("is_test", 0) == 0)
                throw node.Error($"is_test = 0 in opset {node.Opset} drops elements at random at inference too");
        }
        else
        {
            node.AllowAttributes("ratio", "seed");
        }

        double ratio = node.Float("ratio", node.Scalar(1, "the ratio", 0.5));
        if (ratio != 0 && node.Scalar(2, "training_mode", 0) != 0)
            throw node.Error("training_mode is true, so that its results would be random");
        chain.Dropout(node, ratio);
    }

    /// <summary>Of one value; two of the network's own do not make one chain.</summary>
    public static void Concat(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("axis");
        if (node.Inputs.Count != 1)
            throw node.Error($"it joins {node.Inputs.Count} values; only one, which it leaves as it is, is supported, or a probability and its complement");
        chain.Shape.Axis(node, node.Int("axis", 1));
    }

    /// <summary>To a shape that the value has already.</summary>
    public static void Expand(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes();
        chain.Shape.RequireOneBatchAxis(node);
        long[] target = node.Constant(1, "the shape").Integers(node, "the shape");
        int skipped = chain.Shape.Rank - target.Length;
        bool isSame = skipped >= 0;
        for (int i = 0; isSame && i < target.Length; i++)
        {
            int axis = skipped + i;
            isSame = target[i] == 1 || (chain.Shape.OfSample(axis) is >= 0 and int own ? target[i] == chain.Shape.Sample[own] : target[i] == OnnxConstant.BatchExtent || target[i] == chain.Shape.Batch);
        }

        if (!isSame)
            throw node.Error($"it repeats elements of a value of shape {chain.Shape.Text}, which no layer does");
    }

    /// <summary>Whole numbers become floating-point ones, and those keep their value but for the precision, which is the network's own.</summary>
    public static void Cast(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("to", "saturate");
        DataType target = (DataType)node.Int("to", 0);
        if (ElementTypes.IsFloat(target))
            chain.IsInteger = false;
        else if (!chain.IsInteger || target is not (DataType.Int32 or DataType.Int64))
            throw node.Error($"it makes its input a value of type {ElementTypes.Name(target)}, and a network computes with floating-point numbers");
    }
}
