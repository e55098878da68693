using System;

namespace GeneratedNetworks;

/// <summary>What a network declared with <c>Streaming = true</c> offers beside <see cref="INetwork{T}"/>, so that code for any stream can be written once.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, by the network's <see cref="Precision"/>.</typeparam>
/// <remarks>
/// The memory is the caller's: <see cref="MemorySize"/> values for each stream, all 0 at its start. Lengths are exact, and what is written may not overlap what is
/// read: otherwise <see cref="ArgumentException"/> is thrown before anything is written. Different streams may run on many threads at once.
/// </remarks>
public interface IStreamNetwork<T> : INetwork<T>
    where T : struct
{
    /// <summary>The number of values in one frame of inputs.</summary>
    int FrameSize { get; }

    /// <summary>The number of values in one frame of outputs.</summary>
    int OutputFrameSize { get; }

    /// <summary>The number of values that one stream remembers from frame to frame.</summary>
    int MemorySize { get; }

    /// <summary>Name, shape and place of every part of a stream's memory; their lengths add up to <see cref="MemorySize"/>.</summary>
    ReadOnlySpan<NetworkValue> MemoryLayout { get; }

    /// <summary>Runs the next frames of one stream. Any way of cutting a stream into calls gives the same bits.</summary>
    /// <param name="frames">n · <see cref="FrameSize"/> values, frame after frame; n = 0 does nothing.</param>
    /// <param name="outputs">Receives n · <see cref="OutputFrameSize"/> values.</param>
    /// <param name="memory">Exactly <see cref="MemorySize"/> values, which are read, and left as they are after the frames.</param>
    /// <exception cref="ArgumentException">A length does not fit, or what is written overlaps what is read. Nothing has been written.</exception>
    void ForwardStream(ReadOnlySpan<T> frames, Span<T> outputs, Span<T> memory);

    /// <summary>Runs one frame of each of many streams.</summary>
    /// <param name="frames">n · <see cref="FrameSize"/> values, one frame of each stream; n = 0 does nothing.</param>
    /// <param name="outputs">Receives n · <see cref="OutputFrameSize"/> values.</param>
    /// <param name="memories">n · <see cref="MemorySize"/> values, one memory for each stream, which are read, and left as they are after the frame.</param>
    /// <exception cref="ArgumentException">A length does not fit, or what is written overlaps what is read. Nothing has been written.</exception>
    void ForwardStreams(ReadOnlySpan<T> frames, Span<T> outputs, Span<T> memories);
}
