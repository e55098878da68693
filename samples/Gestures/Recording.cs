using System;

namespace Gestures;

/// <summary>A signal, and for each of its frames what the hand did.</summary>
/// <param name="Signal">Frame after frame, <see cref="Hand.Axes"/> numbers each.</param>
/// <param name="Labels">One of <see cref="Hand.Names"/> for each frame.</param>
internal sealed record Recording(float[] Signal, int[] Labels)
{
    public int Frames => Labels.Length;

    public ReadOnlySpan<float> Frame(int index) => Signal.AsSpan(index * Hand.Axes, Hand.Axes);

    /// <summary>The first frame after <paramref name="from"/> at which the hand does something else, or the end.</summary>
    public int NextChange(int from)
    {
        int next = from;
        while (next < Frames && Labels[next] == Labels[from])
            next++;
        return next;
    }
}
