using System;

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
        network.Forward(data.Inputs, outputs);
        return new Predictions<T>
        {
            Outputs = part.Of<T>(outputs),
            Targets = part.Of(data.Targets),
            Size = part.Classes,
            Positions = part.Positions,
        };
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

    /// <summary>Which sample, for a message, and which of its positions where it has several.</summary>
    public static string Place(int position, int positions) => positions == 1
        ? FormattableString.Invariant($"sample {position}")
        : FormattableString.Invariant($"sample {position / positions} at position {position % positions}");
}
