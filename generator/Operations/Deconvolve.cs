using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>
/// output[e, o] = f(b[o] + Σ input[p, c]·W[k, o, c]) over all positions p and elements k of a window over the output that sees e: p·stride + k·dilation = e.
/// </summary>
/// <param name="Weight">Of shape [rows, columns, outputs, channels], the first axis left out for signals.</param>
/// <param name="Bias">Of shape [outputs], or null.</param>
/// <param name="Window">Over the output; its positions are the input's.</param>
/// <param name="Input">What is read, with as many zeros around it as <see cref="ConvolveTransposed.Border"/> says.</param>
/// <param name="Output">What is written.</param>
/// <param name="Function">f.</param>
internal sealed record Deconvolve(ParameterBlock Weight, ParameterBlock? Bias, Window Window, Tensor Input, Tensor Output, Activation Function) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => Bias is null ? [Weight] : [Weight, Bias];

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>inputGradient[p, c] = Σ outputGradient[p·stride + k·dilation, o]·W[k, o, c].</summary>
/// <param name="Weight">As that of <see cref="Deconvolve"/>.</param>
/// <param name="Window">Over the gradient with its border, and not beyond it.</param>
/// <param name="OutputGradient">With zeros for what was cut off.</param>
/// <param name="InputGradient">What is written.</param>
internal sealed record DeconvolveBackward(ParameterBlock Weight, Window Window, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [Weight];
}

/// <summary>dW[k, o, c] = Σ input[p, c]·outputGradient[p·stride + k·dilation, o] over all positions p and the batch.</summary>
internal sealed record DeconvolveGradient(ParameterBlock Weight, Window Window, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => [Weight];
}

/// <summary>db[o] = Σ outputGradient[p, o] over all positions and the batch.</summary>
internal sealed record ChannelSums(ParameterBlock Bias, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => [Bias];
}
