using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[p, c] = the largest input[…, c] that position p sees. NaN wins; what lies around the input is not seen.</summary>
/// <param name="Window">Which elements a position sees.</param>
/// <param name="Channels">The length of the last axis.</param>
internal sealed record MaxPool(Window Window, int Channels, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override Operation? WritingTo(Tensor output) => this with { Output = output };
}

/// <summary>Each outputGradient[p, c] is added to the gradient of the first element, in row-major order, that is as large as output[p, c].</summary>
internal sealed record MaxPoolBackward(Window Window, int Channels, Tensor Input, Tensor Output, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    /// <summary>f, where the gradient is that of z and not of the input, which is f(z).</summary>
    public Activation Function { get; init; } = Activation.Identity;

    public override IEnumerable<Tensor> Reads => [Input, Output, OutputGradient];

    public override Tensor? Writes => InputGradient;
}
