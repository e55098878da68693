namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x in another shape. Rows lie as they did, so y is x's own memory, dy is dx's, and there is nothing to compute.</summary>
internal abstract record ShapeLayer(string Name) : UnaryLayer(Name)
{
    public sealed override void Forward(ForwardPass pass)
    {
    }

    public sealed override void Backward(BackwardPass pass)
    {
    }
}
