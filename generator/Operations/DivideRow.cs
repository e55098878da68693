using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[…, c] = (input[…, c] − mean[c]) / deviation[c]: a scale for each channel. Backward it is the same without a mean.</summary>
/// <param name="Mean">What is subtracted first, or null for nothing.</param>
/// <param name="Deviation">What is divided by.</param>
internal sealed record DivideRow(ParameterBlock? Mean, ParameterBlock Deviation, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => Mean is null ? [Deviation] : [Mean, Deviation];

    public override bool IsElementwise => true;

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}
