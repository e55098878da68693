namespace GeneratedNetworks.Import;

/// <summary>Finds out which values of a file could be the output, for messages that say how to choose.</summary>
internal static class OutputSearch
{
    // How many outputs a message tries and lists, and how far it follows from a refused one to a value inside that is none.
    private const int MostTried = 8;
    private const int Deepest = 2;

    private const int LongestName = 200;

    /// <summary>A refusal that lists what can be asked for.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problem">What is wrong, as one or more sentences.</param>
    /// <param name="names">The outputs of the file.</param>
    /// <param name="read">Reads the network that ends in one value.</param>
    /// <param name="withReasons">Whether to say why others cannot be asked for.</param>
    public static ModelFileException Refuse(
        ModelSource source, string problem, IEnumerable<string> names, Func<string, ImportedModel> read, bool withReasons)
    {
        List<OutputCandidate> found = [];
        List<string> reasons = [];
        HashSet<string> tried = new(StringComparer.Ordinal);
        List<OutputCandidate> inside = [];
        names = [.. names];
        foreach (string name in names.Take(MostTried))
            Try(name, 0);
        if (found.Count > 1 && found.Count == names.Count())
            TryTogether();
        found.AddRange(inside);
        string choice = found.Count == 0
            ? "None of them can become a network."
            : $"Choose with Outputs = \"…\" beside Model, or with --outputs: {string.Join(", ", found.Select(Show))}, or any value inside.";
        string why = withReasons ? string.Concat(reasons.Select(reason => reason + " ")) : "";
        return new ModelFileException(source.Name, $"{problem} {why}{choice}") { Candidates = found };

        void TryTogether()
        {
            string all = string.Join(", ", names);
            try
            {
                found.Add(new OutputCandidate(all, read(all).OutputText));
            }
            catch (ModelFileException)
            {
                // Each alone can be asked for.
            }
        }

        void Try(string name, int depth)
        {
            if (!tried.Add(name))
                return;
            try
            {
                (depth == 0 ? found : inside).Add(new OutputCandidate(name, read(name).OutputText));
            }
            catch (ModelFileException exception)
            {
                reasons.Add($"'{Shorten(name)}' cannot be it: {FirstSentence(exception.Problem)}");
                foreach (OutputCandidate next in exception.Candidates)
                {
                    if (depth < Deepest)
                        Try(next.Name, depth + 1);
                }
            }
        }
    }

    public static string Show(OutputCandidate candidate) => $"'{Shorten(candidate.Name)}'{(candidate.Shape.Length > 0 ? $" of shape {candidate.Shape}" : "")}";

    public static string HowToAsk(string name) => $"Outputs = \"{Shorten(name)}\" beside Model, or --outputs, asks for it";

    public static string Shorten(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}
