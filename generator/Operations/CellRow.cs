using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>One step of a recurrent layer, its products with it, row by row.</summary>
/// <param name="Input">x·W + b of this step; null where the gates hold it already.</param>
/// <param name="Product">h₋₁·U.</param>
/// <param name="Step">What becomes of both.</param>
internal sealed record CellRow(Convolve? Input, Gemm Product, CellStep Step) : Operation
{
    /// <summary>The same one after the other, each for all rows.</summary>
    public IReadOnlyList<Operation> Parts => Input is null ? [Product, Step] : [Input, Product, Step];

    /// <summary>Whether backward finds the gates' values; otherwise their place is free.</summary>
    public bool Keeps { get; init; }

    /// <summary>Whether the kernel becomes a part of its caller, where sizes are constants.</summary>
    public bool IsInlined { get; init; }

    public override IEnumerable<Tensor> Reads => Parts.SelectMany(part => part.Reads).Distinct();

    public override Tensor? Writes => Step.Writes;

    public override IEnumerable<Tensor> Results => Parts.SelectMany(part => part.Results).Distinct();

    public override IEnumerable<ParameterBlock> Blocks => Parts.SelectMany(part => part.Blocks).Distinct();
}
