using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = input where that is positive, otherwise slope·input: a slope for each channel, or one for all.</summary>
/// <param name="Slope">As many numbers as there are channels, or one.</param>
internal sealed record ParametricRelu(ParameterBlock Slope, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => [Slope];

    public override bool IsElementwise => true;
}

/// <summary>inputGradient = outputGradient where the input is positive, otherwise slope·outputGradient.</summary>
internal sealed record ParametricReluBackward(ParameterBlock Slope, Tensor Input, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [Slope];

    public override bool IsElementwise => true;
}

/// <summary>dSlope = Σ input·outputGradient over what is not positive, over all positions and the batch.</summary>
internal sealed record ParametricReluGradient(ParameterBlock Slope, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => [Slope];
}
