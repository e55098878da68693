using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[p, c] = Σ input[…, c] over what position p sees, divided by how many elements that are.</summary>
/// <param name="Window">Which elements a position sees.</param>
/// <param name="CountPadding">Whether elements around the input count as zeros, and not only those inside.</param>
/// <param name="Channels">The length of the last axis.</param>
internal sealed record AveragePool(Window Window, bool CountPadding, int Channels, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override Operation? WritingTo(Tensor output) => this with { Output = output };

    /// <summary>The elements of an axis that a window counts where it sees them: the first, and that behind the last.</summary>
    public static (int First, int End) Counted(Axis axis, bool withPadding) => withPadding ? (-axis.Before, axis.Input + axis.After) : (0, axis.Input);
}

/// <summary>Each outputGradient[p, c], divided by how many elements position p counts, is added to the gradient of every element that it sees.</summary>
internal sealed record AveragePoolBackward(Window Window, bool CountPadding, int Channels, Tensor OutputGradient, Tensor InputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override Tensor? Writes => InputGradient;
}
