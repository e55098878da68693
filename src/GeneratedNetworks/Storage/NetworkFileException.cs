using System;

namespace GeneratedNetworks;

/// <summary>A file of parameters or a checkpoint that is damaged or does not fit.</summary>
public sealed class NetworkFileException : FormatException
{
    /// <param name="file">As the caller named it.</param>
    /// <param name="tensor">The tensor concerned, if it is one.</param>
    /// <param name="position">Where in the file it is.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    /// <param name="isDamaged">Whether a byte at the position may be at fault, so that the message tells it.</param>
    internal NetworkFileException(string file, string? tensor, long position, string problem, bool isDamaged = true)
        : base($"{file}{(tensor is null ? "" : $", tensor '{tensor}'")}{(isDamaged ? FormattableString.Invariant($", byte {position}") : "")}: {problem}")
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
