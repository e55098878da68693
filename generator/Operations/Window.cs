using System;
using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>How a window slides over the rows and columns of a value. A signal has one row, and time runs over its columns.</summary>
internal sealed record Window(Axis Rows, Axis Columns)
{
    /// <summary>Positions that the window has.</summary>
    public int Positions => Rows.Output * Columns.Output;

    /// <summary>Elements that it sees of one channel.</summary>
    public int Taps => Rows.Kernel * Columns.Kernel;

    /// <summary>Whether it is two columns of one or two rows, side by side and inside the value: no element is seen twice.</summary>
    public bool IsPairs => Rows.Kernel <= 2 && Columns.Kernel == 2 && Rows.IsSideBySide && Columns.IsSideBySide;

    /// <summary>Whether it reaches beyond the value.</summary>
    public bool IsPadded => Rows.IsPadded || Columns.IsPadded;
}

/// <summary>One axis of a <see cref="Window"/>: position p sees the elements p·Stride + k·Dilation − Before, k from 0 to Kernel − 1.</summary>
/// <param name="Input">Elements of the value.</param>
/// <param name="Kernel">Elements that the window sees.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one element that it sees to the next.</param>
/// <param name="Before">Elements in front of the value.</param>
/// <param name="After">Elements behind it.</param>
/// <param name="Output">Positions.</param>
internal readonly record struct Axis(int Input, int Kernel, int Stride, int Dilation, int Before, int After, int Output)
{
    /// <summary>An axis of one element.</summary>
    public static readonly Axis None = new(1, 1, 1, 1, 0, 0, 1);

    public bool IsPadded => Before > 0 || After > 0;

    /// <summary>Whether each position goes on where the one before ends, and none reaches beyond the value.</summary>
    public bool IsSideBySide => Stride == Kernel && Dilation == 1 && !IsPadded && (long)Output * Stride <= Input;

    /// <summary>Elements with those around the value.</summary>
    public int Padded => Input + Before + After;

    /// <summary>Elements from the first to the last that it sees at one position.</summary>
    public long Span => ((Kernel - 1L) * Dilation) + 1;

    /// <summary>The elements inside the value that it sees at a position: the first and how many, in steps of the kernel.</summary>
    public (int First, int Count) Inside(int position)
    {
        int start = (position * Stride) - Before;
        int first = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        int end = Math.Min(Kernel, Math.Max(0, (Input - start + Dilation - 1) / Dilation));
        return (first, Math.Max(0, end - first));
    }

    /// <summary>The same positions without padding.</summary>
    public Axis WithoutPadding => this with { Input = Padded, Before = 0, After = 0 };

    /// <summary>
    /// Which positions see an element: the elements in as many groups as the stride has steps, each seen by its own share of the kernel. For each group
    /// the gradient of the elements is a sum over positions of its taps.
    /// </summary>
    public IEnumerable<Phase> Phases()
    {
        int step = Stride / Divisor(Stride, Dilation);
        for (int first = 0; first < Math.Min(Stride, Input); first++)
        {
            int at = Before + first, tap = 0;
            while (tap < step && ((long)Dilation * tap % Stride) != at % Stride)
                tap++;
            int taps = tap < step && tap < Kernel ? ((Kernel - 1 - tap) / step) + 1 : 0;
            int start = taps == 0 ? 0 : (at - (Dilation * tap)) / Stride;
            yield return new(first, ((Input - 1 - first) / Stride) + 1, start, tap, step, taps, -(Dilation * step / Stride));
        }
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}

/// <summary>Elements First, First + Stride, … of an axis: element j sees tap Tap + m·TapStep at position Start + j + m·Move.</summary>
/// <param name="First">The first element.</param>
/// <param name="Count">How many elements.</param>
/// <param name="Start">The position that sees the first element with the first tap; it may lie outside.</param>
/// <param name="Tap">The first tap.</param>
/// <param name="TapStep">From one tap to the next.</param>
/// <param name="Taps">How many taps.</param>
/// <param name="Move">From the position of one tap to that of the next; not positive.</param>
internal readonly record struct Phase(int First, int Count, int Start, int Tap, int TapStep, int Taps, int Move)
{
    /// <summary>The least position that is seen.</summary>
    public int Least => Start + ((Taps - 1) * Move);

    /// <summary>The greatest.</summary>
    public int Greatest => Start + Count - 1;

    /// <summary>Those of its elements that are among so many from one on, counted from there.</summary>
    public Phase Within(int from, int count, int stride)
    {
        int skipped = Math.Max(0, (from - First + stride - 1) / stride), first = First + (skipped * stride) - from;
        int left = first < count ? ((count - 1 - first) / stride) + 1 : 0;
        return this with { First = first, Count = Math.Min(Count - skipped, left), Start = Start + skipped };
    }
}
