using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

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
