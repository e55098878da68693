namespace GeneratedNetworks.Import.Onnx.Operators;

internal static class GeluOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("approximate");
        string form = node.Text("approximate", "none");
        chain.Activate(node, form switch
        {
            "none" => Activation.Gelu,
            "tanh" => Activation.GeluTanh,
            _ => throw node.Error($"approximate must be 'none' or 'tanh', and is '{OnnxNode.Shorten(form)}'"),
        });
    }
}
