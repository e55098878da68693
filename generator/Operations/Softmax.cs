using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = softmax(input) or its logarithm, row by row.</summary>
internal sealed record Softmax(Tensor Input, Tensor Output, bool Log) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>From y = softmax(z): dz = y ⊙ (dy − Σ dy·y); from y = log softmax(z): dz = dy − exp(y)·Σ dy.</summary>
internal sealed record SoftmaxBackward(Tensor Output, Tensor OutputGradient, Tensor InputGradient, bool Log) : Operation
{
    public override IEnumerable<Tensor> Reads => [Output, OutputGradient];

    public override Tensor? Writes => InputGradient;
}
