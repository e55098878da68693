using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>One step of a pass over a chunk of samples: what is computed, from which tensors into which.</summary>
internal abstract record Operation
{
    /// <summary>Tensors that the operation reads.</summary>
    public abstract IEnumerable<Tensor> Reads { get; }

    /// <summary>The tensor that it writes, if any.</summary>
    public abstract Tensor? Writes { get; }

    /// <summary>Whether element i of the result depends on element i of each operand alone, so that the result may replace an operand.</summary>
    public virtual bool IsElementwise => false;
}

/// <summary>output = f(input·W + b).</summary>
internal sealed record Gemm(ParameterBlock Weight, ParameterBlock? Bias, Tensor Input, Tensor Output, Activation Function) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}

/// <summary>inputGradient = (outputGradient·Wᵀ) ⊙ f'(saved), the second factor where <see cref="Saved"/> is given.</summary>
internal sealed record GemmTransposed(
    ParameterBlock Weight, Tensor OutputGradient, Tensor InputGradient, Activation Function, Tensor? Saved) : Operation
{
    public override IEnumerable<Tensor> Reads => Saved is null ? [OutputGradient] : [OutputGradient, Saved];

    public override Tensor? Writes => InputGradient;
}

/// <summary>dW = inputᵀ·outputGradient and db = Σ outputGradient over the batch.</summary>
internal sealed record WeightGradient(ParameterBlock Weight, ParameterBlock? Bias, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override Tensor? Writes => null;
}

/// <summary>output = f(input), element by element.</summary>
internal sealed record Map(Activation Function, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}

/// <summary>inputGradient = outputGradient ⊙ f'(saved).</summary>
internal sealed record MapBackward(Activation Function, Tensor OutputGradient, Tensor Saved, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient, Saved];

    public override Tensor? Writes => InputGradient;

    public override bool IsElementwise => true;
}

/// <summary>output = softmax(input) or its logarithm, row by row.</summary>
internal sealed record Softmax(Tensor Input, Tensor Output, bool Log) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}

/// <summary>From y = softmax(z): dz = y ⊙ (dy − Σ dy·y); from y = log softmax(z): dz = dy − exp(y)·Σ dy.</summary>
internal sealed record SoftmaxBackward(Tensor Output, Tensor OutputGradient, Tensor InputGradient, bool Log) : Operation
{
    public override IEnumerable<Tensor> Reads => [Output, OutputGradient];

    public override Tensor? Writes => InputGradient;
}

/// <summary>output = input ⊙ mask / (1 − rate), forward and backward alike.</summary>
internal sealed record Dropout(string Layer, double Rate, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}

/// <summary>The loss of a chunk, and its gradient: with respect to the output, or to the logits where the pair is fused.</summary>
internal sealed record LossGradient(Loss Loss, Tensor Value, Tensor Gradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Value];

    public override Tensor? Writes => Gradient;
}

/// <summary>Copies rows between the caller's memory and padded rows of our own.</summary>
internal sealed record CopyRows(Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}
