namespace GeneratedNetworks.Build;

/// <summary>A file that a text was made from: the model or, beside it, its data.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Content">Its <see cref="Fingerprint"/> before it was read; null: unknown.</param>
internal sealed record OriginFile(string Path, string? Content);

/// <summary>What a text was made from, and what it is itself. As long as nothing of that changes, it need not be made again.</summary>
/// <param name="Name">What the text calls the model.</param>
/// <param name="Text">The fingerprint of the text.</param>
/// <param name="Files">The model, then the files that its data were looked for in.</param>
internal sealed record Origin(string Name, string? Text, IReadOnlyList<OriginFile> Files)
{
    /// <summary>Whether the text at a path is what would be made of a model now.</summary>
    public bool IsCurrent(ModelItem item, string text) =>
        Name == item.Name
        && Files is [{ } model, ..] && model.Path == item.Path
        && Text is not null && Text == Fingerprint.Of(text)
        && Files.All(file => file.Content is not null && file.Content == Fingerprint.Of(file.Path));
}

/// <summary>The origins of all texts of a folder, as a file in it.</summary>
internal static class OriginFileFormat
{
    private const string FirstLine = "GeneratedNetworks.Build 1 ";
    private const string Unknown = "?";

    /// <summary>Reads what is known of the texts, by their paths; nothing where another converter made them, or the file is missing or damaged.</summary>
    public static IReadOnlyDictionary<string, Origin> Read(string path)
    {
        Dictionary<string, Origin> origins = new(StringComparer.Ordinal);
        if (!File.Exists(path))
            return origins;
        using StreamReader reader = new(path);
        if (reader.ReadLine() != FirstLine + Fingerprint.OfConverter)
            return origins;
        string text = "";
        while (reader.ReadLine() is { } line)
        {
            string[] words = [.. line.Split(' ').Select(Uri.UnescapeDataString)];
            if (words is ["text", var content, var textPath, var name])
                origins[text = textPath] = new Origin(name, content == Unknown ? null : content, []);
            else if (words is ["file", var fileContent, var filePath] && origins.TryGetValue(text, out Origin? origin))
                origins[text] = origin with { Files = [.. origin.Files, new OriginFile(filePath, fileContent == Unknown ? null : fileContent)] };
        }

        return origins;
    }

    public static void Write(string path, IEnumerable<KeyValuePair<string, Origin>> origins)
    {
        StringWriter lines = new() { NewLine = "\n" };
        lines.WriteLine(FirstLine + Fingerprint.OfConverter);
        foreach ((string text, Origin origin) in origins)
        {
            lines.WriteLine(Line("text", origin.Text ?? Unknown, text, origin.Name));
            foreach (OriginFile file in origin.Files)
                lines.WriteLine(Line("file", file.Content ?? Unknown, file.Path));
        }

        Replacement.Write(path, lines.ToString());
    }

    private static string Line(params string[] words) => string.Join(' ', words.Select(Uri.EscapeDataString));
}
