using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x in another shape. Rows lie as they did, so y is x's own memory, dy is dx's, and there is nothing to call.</summary>
internal abstract record ReshapeLayer(string Name) : Layer(Name)
{
    public sealed override void Forward(PassBuilder pass, Tensor input, Tensor output)
    {
    }

    public sealed override void Backward(PassBuilder pass, Tensor input, Tensor output, Tensor outputGradient, Tensor? inputGradient)
    {
    }
}
