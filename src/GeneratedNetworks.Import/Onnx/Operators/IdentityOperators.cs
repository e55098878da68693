using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Operators that change nothing at inference.</summary>
internal static class IdentityOperators
{
    public static void Identity(OnnxNode node, OnnxChain chain) => node.AllowAttributes();

    public static void Dropout(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("ratio", "seed");
        double ratio = node.Float("ratio", node.Scalar(1, "the ratio", 0.5));
        if (ratio != 0 && node.Scalar(2, "training_mode", 0) != 0)
            throw node.Error("training_mode is true, so that its results would be random");
        chain.Dropout(node, ratio);
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
