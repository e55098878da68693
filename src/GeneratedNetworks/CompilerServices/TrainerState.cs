using System;
using System.Buffers.Binary;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>
/// How a trainer's state begins, in any network: 8 bytes with the layout, then the seed and the step count, all little-endian. The optimizer's moments
/// follow. Generated code calls it.
/// </summary>
/// <remarks>The layout has the version in its highest byte, and below it a hash of optimizer, precision, names and shapes of the parameters.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TrainerState
{
    private const int Seed = 8, Step = 16;

    /// <summary>Where the version begins, in bits.</summary>
    private const int Version = 56;

    /// <summary>Writes the beginning of a state.</summary>
    /// <param name="destination">At least 24 bytes.</param>
    /// <param name="layout">The trainer's layout.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="step">The steps that it has made.</param>
    public static void Write(Span<byte> destination, ulong layout, ulong seed, long step)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, layout);
        BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(Seed), seed);
        BinaryPrimitives.WriteInt64LittleEndian(destination.Slice(Step), step);
    }

    /// <summary>Reads the beginning of a state.</summary>
    /// <param name="source">At least 24 bytes.</param>
    /// <param name="layout">The trainer's layout.</param>
    /// <param name="seed">Receives the seed.</param>
    /// <param name="step">Receives the step count.</param>
    /// <exception cref="ArgumentException">The state is of another version or layout, or of no number of steps. Neither seed nor step has changed.</exception>
    public static void Read(ReadOnlySpan<byte> source, ulong layout, ref ulong seed, ref long step)
    {
        ulong found = BinaryPrimitives.ReadUInt64LittleEndian(source);
        long steps = BinaryPrimitives.ReadInt64LittleEndian(source.Slice(Step));
        if (found >> Version != layout >> Version)
        {
            throw new ArgumentException(
                $"The state is of version {found >> Version}, and this trainer reads version {layout >> Version}: train on from saved parameters instead.", nameof(source));
        }

        if (found != layout)
            throw new ArgumentException("The state belongs to a trainer of other layers, precision or optimizer.", nameof(source));
        if (steps < 0)
            throw new ArgumentException("The state holds a negative step count.", nameof(source));
        seed = BinaryPrimitives.ReadUInt64LittleEndian(source.Slice(Seed));
        step = steps;
    }
}
