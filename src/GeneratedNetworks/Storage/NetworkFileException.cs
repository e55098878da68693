using System;

namespace GeneratedNetworks;

/// <summary>A file of parameters or a checkpoint that is damaged or does not fit.</summary>
public sealed class NetworkFileException : FormatException
{
    internal NetworkFileException(string file, string? tensor, long position, string problem)
        : base($"{file}{(tensor is null ? "" : $", tensor '{tensor}'")}, byte {FormattableString.Invariant($"{position}")}: {problem}")
    {
        File = file;
        Tensor = tensor;
        Position = position;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string File { get; }

    /// <summary>The tensor concerned, or <see langword="null"/> where it is none in particular.</summary>
    public string? Tensor { get; }

    /// <summary>Where in the file the trouble is, in bytes from its start.</summary>
    public long Position { get; }
}
