using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = (input − mean) / √(variance + ε)·γ + β, mean and biased variance being those of each run of <paramref name="Width"/> elements of a sample.</summary>
/// <param name="Scale">γ, or null for 1.</param>
/// <param name="Offset">β, or null for 0.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Width">Elements of one run.</param>
internal sealed record LayerNormalize(ParameterBlock? Scale, ParameterBlock? Offset, double Epsilon, int Width, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => new[] { Scale, Offset }.OfType<ParameterBlock>();

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>inputGradient = (g − mean g − n·mean(g·n)) / √(variance + ε), g = outputGradient·γ and n the normalized input, both means those of a run.</summary>
internal sealed record LayerNormalizeBackward(ParameterBlock? Scale, double Epsilon, int Width, Tensor Input, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => Scale is null ? [] : [Scale];
}

/// <summary>dγ = Σ outputGradient·n over all runs and the batch, dβ = Σ outputGradient, n being the normalized input.</summary>
internal sealed record LayerNormalizeGradient(ParameterBlock? Scale, ParameterBlock? Offset, double Epsilon, int Width, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => new[] { Scale, Offset }.OfType<ParameterBlock>();
}
