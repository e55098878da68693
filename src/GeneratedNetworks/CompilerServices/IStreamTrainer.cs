using System;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>A trainer whose windows go on from memories.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStreamTrainer<T>
    where T : struct
{
    /// <summary>Elements of what one stream remembers.</summary>
    int MemorySize { get; }

    /// <summary>One step on a window of each of many streams.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="memories">A memory for each, read and left as it is after the window.</param>
    /// <returns>The training loss before the update.</returns>
    T StepStreams(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, Span<T> memories);

    /// <summary>The gradients of such a step.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="memories">A memory for each, read and left as it is after the window.</param>
    /// <returns>The training loss.</returns>
    T BackwardStreams(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, Span<T> memories);

    /// <summary>The loss of such windows, dropout off.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="memories">A memory for each, read and left as it is after the window.</param>
    /// <returns>The loss.</returns>
    T LossStreams(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, Span<T> memories);
}
