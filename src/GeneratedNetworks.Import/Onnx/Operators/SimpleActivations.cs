namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Functions that have no setting.</summary>
internal static class SimpleActivations
{
    public static void Relu(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Relu);

    public static void Sigmoid(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Sigmoid);

    public static void Tanh(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Tanh);

    public static void Softplus(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Softplus);

    public static void Softsign(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Softsign);

    public static void HardSwish(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.HardSwish);

    public static void Mish(OnnxNode node, OnnxChain chain) => Apply(node, chain, Activation.Mish);

    private static void Apply(OnnxNode node, OnnxChain chain, Activation function)
    {
        node.AllowAttributes();
        chain.Activate(node, function);
    }
}
