using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>A causal convolution of one frame: out of its memory, which then takes the frame, without putting together what the window sees.</summary>
/// <param name="Recall">What the window sees.</param>
/// <param name="Product">Its product.</param>
internal sealed record ConvolveFrame(Recall Recall, Convolve Product) : Operation
{
    public IReadOnlyList<Operation> Parts => [Recall, Product];

    /// <summary>Whether the kernel becomes a part of its caller, where sizes are constants.</summary>
    public bool IsInlined { get; init; }

    public override IEnumerable<Tensor> Reads => Recall.Reads;

    public override Tensor? Writes => Product.Output;

    public override IEnumerable<ParameterBlock> Blocks => Product.Blocks;

    public override Operation? WritingTo(Tensor output) => this with { Product = Product with { Output = output } };
}
