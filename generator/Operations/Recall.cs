using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>
/// output = the frames that a causal window sees, the oldest first; the memory takes the new one in the oldest one's place. A ring: behind its frames stands the number of
/// that place, so that a memory of zeros is a start.
/// </summary>
/// <param name="Input">The new frame.</param>
/// <param name="Past">Of (kernel − 1)·dilation frames, and the number.</param>
/// <param name="Kernel">How many frames it sees, the new one among them.</param>
/// <param name="Dilation">From one to the next.</param>
/// <param name="Output">[kernel, channels].</param>
internal sealed record Recall(Tensor Input, Tensor Past, int Kernel, int Dilation, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, Past];

    public override Tensor? Writes => Output;

    public int Channels => Input.Shape.Columns;

    /// <summary>Frames in memory.</summary>
    public int Frames => (Kernel - 1) * Dilation;
}

/// <summary>The frames before a window, from memory in place of the zeros in front of it, and the window's last ones into memory. Does nothing where there is no memory.</summary>
/// <param name="Past">Of <paramref name="Frames"/> frames, and the number of the oldest one's place.</param>
/// <param name="Output">[frames + steps, channels].</param>
internal sealed record RecallWindow(Tensor Past, Tensor Output, int Frames, int Channels) : Operation
{
    public override IEnumerable<Tensor> Reads => [Past, Output];

    public override Tensor? Writes => Output;
}

/// <summary>A state before the first step, from memory, or 0 where there is no memory.</summary>
/// <param name="Past">Of <paramref name="Count"/> elements.</param>
/// <param name="Output">Starts with them.</param>
internal sealed record Resume(Tensor Past, Tensor Output, int Count) : Operation
{
    public override IEnumerable<Tensor> Reads => [Past];

    public override Tensor? Writes => Output;
}

/// <summary>A state after the last step, into memory. Does nothing where there is no memory.</summary>
/// <param name="Input">The state.</param>
/// <param name="Past">Where it goes.</param>
internal sealed record Retain(Tensor Input, Tensor Past) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];
}
