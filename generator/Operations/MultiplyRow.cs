using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[…, c] = input[…, c]·row[c]: a factor for each channel. Backward it is the same, from outputGradient to inputGradient.</summary>
internal sealed record MultiplyRow(ParameterBlock Row, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => [Row];

    public override bool IsElementwise => true;
}

/// <summary>dRow[c] = Σ input[…, c]·outputGradient[…, c] over all positions and the batch.</summary>
internal sealed record MultiplyRowGradient(ParameterBlock Row, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => [Row];
}
