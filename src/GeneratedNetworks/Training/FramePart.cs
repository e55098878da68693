using System;

namespace GeneratedNetworks;

/// <summary>Where an input or an output is in a window, all its steps together, and in each frame, beside the others' elements of that step.</summary>
internal readonly struct FramePart
{
    private readonly int _inWindow;
    private readonly int _inFrame;
    private readonly int _size;
    private readonly bool _hasSteps;

    private FramePart(NetworkValue value, int steps, int inFrame, bool hasSteps)
    {
        _inWindow = value.Offset;
        _inFrame = inFrame;
        _size = hasSteps ? value.Length / steps : value.Length;
        _hasSteps = hasSteps;
    }

    /// <summary>The parts of a row of inputs, each of which has an axis of time.</summary>
    public static FramePart[] OfInputs(NetworkValue[] inputs, int steps) => Of(inputs, steps, _ => true, out _);

    /// <summary>The parts of a row of outputs; one without an axis of time is what is said after the last frame.</summary>
    /// <exception cref="ArgumentException">The shapes do not tell which have such an axis.</exception>
    public static FramePart[] OfOutputs(NetworkValue[] outputs, int steps, int frameSize)
    {
        bool isTimed = outputs.Length == 1 && outputs[0].Length == steps * frameSize;
        FramePart[] parts = Of(outputs, steps, output => outputs.Length == 1 ? isTimed : output.Shape.Count > 1 && output.Shape[0] == steps, out int size);
        return size == frameSize
            ? parts
            : throw new ArgumentException("With CarryMemory no output can be measured: their shapes do not tell which of them have a value for each frame.", "options");
    }

    /// <summary>Copies the part from a window to its frames.</summary>
    public void ToFrames<T>(ReadOnlySpan<T> window, Span<T> frames, int steps, int frameSize)
    {
        for (int step = 0; step < steps; step++)
            window.Slice(_inWindow + (step * _size), _size).CopyTo(frames.Slice((step * frameSize) + _inFrame));
    }

    /// <summary>Copies the part from frames to their window.</summary>
    public void FromFrames<T>(ReadOnlySpan<T> frames, Span<T> window, int steps, int frameSize)
    {
        for (int step = _hasSteps ? 0 : steps - 1, to = _inWindow; step < steps; step++, to += _size)
            frames.Slice((step * frameSize) + _inFrame, _size).CopyTo(window.Slice(to));
    }

    private static FramePart[] Of(NetworkValue[] values, int steps, Func<NetworkValue, bool> hasSteps, out int frameSize)
    {
        FramePart[] parts = new FramePart[values.Length];
        frameSize = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new FramePart(values[i], steps, frameSize, hasSteps(values[i]));
            frameSize += parts[i]._size;
        }

        return parts;
    }
}
