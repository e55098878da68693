namespace GeneratedNetworks.Import;

/// <summary>
/// A model file that cannot become a network. The message names the file, the place in it, what was expected and what was found, in one line.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <param name="file">The file's name, as the user wrote it.</param>
    /// <param name="problem">The place in the file, what was expected there and what was found; a sentence without the file's name.</param>
    /// <param name="inner">What a library said, or null.</param>
    public ModelFileException(string file, string problem, Exception? inner = null)
        : base(Printable.Line($"{file}: {problem}"), inner) => (File, Problem) = (file, problem);

    /// <summary>The file's name, as the user wrote it.</summary>
    public string File { get; }

    /// <summary>The message without the file's name.</summary>
    public string Problem { get; }

    /// <summary>Whether the file leaves the number of steps of its input open, so that it can be read with one that is given.</summary>
    public bool NeedsWindow { get; init; }

    /// <summary>Values of the file that could be asked for instead, by their names; none where that would not help.</summary>
    public IReadOnlyList<OutputCandidate> Candidates { get; init; } = [];
}
