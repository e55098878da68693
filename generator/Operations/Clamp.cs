using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = min(max(input, minimum), maximum), element by element; NaN stays NaN.</summary>
internal sealed record Clamp(double Minimum, double Maximum, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override bool IsElementwise => true;
}

/// <summary>inputGradient = outputGradient where minimum &lt; saved &lt; maximum, otherwise 0. What was saved is the result, which is inside where the input was.</summary>
internal sealed record ClampBackward(double Minimum, double Maximum, Tensor OutputGradient, Tensor Saved, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient, Saved];

    public override Tensor? Writes => InputGradient;

    public override bool IsElementwise => true;
}
