using System;

namespace GeneratedNetworks;

/// <summary>The sizes of a <see cref="Dataset{T}"/>, whatever its element type.</summary>
public abstract class Dataset
{
    private protected Dataset(int count, int inputSize, int targetSize)
    {
        Count = count;
        InputSize = inputSize;
        TargetSize = targetSize;
    }

    /// <summary>The number of samples, possibly 0.</summary>
    public int Count { get; }

    /// <summary>The number of input values of one sample, positive.</summary>
    public int InputSize { get; }

    /// <summary>The number of target values of one sample, positive.</summary>
    public int TargetSize { get; }

    /// <summary>The three sizes, such as "1797 samples of 64 inputs and 10 targets", in the invariant culture.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Plural(Count, "sample")} of {Plural(InputSize, "input")} and {Plural(TargetSize, "target")}");

    private static string Plural(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
