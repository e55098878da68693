using System;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>One output of a network on a dataset.</summary>
/// <remarks>A position counts as a sample does: <see cref="Size"/> values of <see cref="Outputs"/>, and as many of <see cref="Targets"/>, belong together.</remarks>
internal readonly ref struct Predictions<T>
    where T : struct
{
    public ReadOnlySpan<T> Outputs { get; init; }

    public ReadOnlySpan<T> Targets { get; init; }

    /// <summary>Values at a position: the extent of the output's last axis.</summary>
    public int Size { get; init; }

    /// <summary>How many positions a sample has.</summary>
    public int Positions { get; init; }

    /// <summary>How many positions each sample has, where steps beyond a sample's length do not count; empty where all have as many.</summary>
    public ReadOnlySpan<int> Counts { get; init; }

    /// <summary>Which sample a position is of, for a message, and where it is in it.</summary>
    public string Place(int position)
    {
        int sample = Counts.Length == 0 ? position / Positions : 0, first = sample * Positions;
        for (; sample < Counts.Length && first + Counts[sample] <= position; sample++)
            first += Counts[sample];
        return Positions == 1 ? FormattableString.Invariant($"sample {sample}") : FormattableString.Invariant($"sample {sample} at position {position - first}");
    }
}

/// <summary>Outputs of a network on a dataset, and the checks that metrics share.</summary>
internal static class Predictions
{
    public static Predictions<T> Compute<T>(INetwork<T> network, Dataset<T> data, string? output)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        data.CheckFits(network, nameof(data));
        OutputPart part = OutputPart.Of(network, output, nameof(output), nameof(output));
        T[] outputs = new T[data.Targets.Length];
        ISequenceNetwork<T>? sequences = SequenceCheck.RequireLengths(data, network, nameof(data));
        if (sequences is not null)
            sequences.ForwardLengths(data.Inputs, outputs, data.Lengths);
        else
            network.Forward(data.Inputs, outputs);
        Predictions<T> all = new()
        {
            Outputs = part.Of<T>(outputs),
            Targets = part.Of(data.Targets),
            Size = part.Classes,
            Positions = part.Positions,
        };
        return sequences is not null && sequences.Steps == part.Steps ? Counted(all, part, data.Lengths) : all;
    }

    /// <summary>Only the steps that count.</summary>
    private static Predictions<T> Counted<T>(Predictions<T> all, OutputPart part, ReadOnlySpan<int> lengths)
        where T : struct
    {
        T[] outputs = all.Outputs.ToArray(), targets = all.Targets.ToArray();
        int count = part.Compact<T>(outputs, lengths);
        part.Compact<T>(targets, lengths);
        int[] counts = lengths.ToArray();
        for (int i = 0; i < counts.Length; i++)
            counts[i] *= part.Positions / part.Steps;
        return new Predictions<T> { Outputs = outputs.AsSpan(0, count), Targets = targets.AsSpan(0, count), Size = all.Size, Positions = all.Positions, Counts = counts };
    }

    public static int Count<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int outputSize)
        where T : struct
    {
        Real<T>.Require();
        if (outputSize <= 0)
            throw new ArgumentOutOfRangeException(nameof(outputSize), outputSize, $"{nameof(outputSize)} is {outputSize}; it must be positive.");
        if (outputs.Length != targets.Length)
            throw new ArgumentException($"There are {outputs.Length} outputs but {targets.Length} targets.", nameof(targets));
        if (outputs.Length == 0 || outputs.Length % outputSize != 0)
            throw new ArgumentException($"{outputs.Length} values are not a positive number of samples of {outputSize}.", nameof(outputs));
        return outputs.Length / outputSize;
    }
}
