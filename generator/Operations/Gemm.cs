using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = f(input·W + b).</summary>
internal sealed record Gemm(ParameterBlock Weight, ParameterBlock? Bias, Tensor Input, Tensor Output, Activation Function) : Operation
{
    /// <summary>Whether it is part of a repetition, whose steps wait for each other.</summary>
    public bool IsRecurrent { get; init; }

    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => Bias is null ? [Weight] : [Weight, Bias];

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>inputGradient = (outputGradient·Wᵀ) ⊙ f'(saved), the second factor where <see cref="Saved"/> is given.</summary>
internal sealed record GemmTransposed(
    ParameterBlock Weight, Tensor OutputGradient, Tensor InputGradient, Activation Function, Tensor? Saved) : Operation
{
    /// <summary>Whether it is part of a repetition: packed weights pay for one sample too.</summary>
    public bool IsRecurrent { get; init; }

    public override IEnumerable<Tensor> Reads => Saved is null ? [OutputGradient] : [OutputGradient, Saved];

    public override Tensor? Writes => InputGradient;

    public override IEnumerable<ParameterBlock> Blocks => [Weight];
}

/// <summary>dW = inputᵀ·outputGradient and db = Σ outputGradient over the batch.</summary>
internal sealed record WeightGradient(ParameterBlock Weight, ParameterBlock? Bias, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => Bias is null ? [Weight] : [Weight, Bias];
}
