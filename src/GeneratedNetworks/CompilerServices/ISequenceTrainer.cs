using System;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>A trainer of sequences that may end before their windows do.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISequenceTrainer<T>
    where T : struct
{
    /// <summary>One step.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="lengths">The steps of each that count.</param>
    /// <returns>The training loss before the update.</returns>
    T StepLengths(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<int> lengths);

    /// <summary>The gradients of such a step.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="lengths">The steps of each that count.</param>
    /// <returns>The training loss.</returns>
    T BackwardLengths(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<int> lengths);

    /// <summary>The loss, dropout off.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="lengths">The steps of each that count.</param>
    /// <returns>The loss.</returns>
    T LossLengths(ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<int> lengths);
}

/// <summary>A network of such sequences.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISequenceNetwork<T>
    where T : struct
{
    /// <summary>Steps of a window.</summary>
    int Steps { get; }

    /// <summary>As Forward; from a sequence's end on its states stay.</summary>
    /// <param name="inputs">The windows.</param>
    /// <param name="outputs">Receives their outputs.</param>
    /// <param name="lengths">The steps of each that count.</param>
    void ForwardLengths(ReadOnlySpan<T> inputs, Span<T> outputs, ReadOnlySpan<int> lengths);
}
