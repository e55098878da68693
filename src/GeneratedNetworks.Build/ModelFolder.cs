namespace GeneratedNetworks.Build;

/// <summary>The folder of texts, one for each model file of the project.</summary>
internal sealed class ModelFolder(string folder)
{
    public const string TextExtension = ".nnmodel";

    private const string OriginsName = "origins";
    private const string ListName = "texts.list";

    /// <summary>Makes the texts of the models that changed; returns false after an error, which it has reported.</summary>
    public bool Update(IReadOnlyList<ModelItem> items)
    {
        Directory.CreateDirectory(folder);
        string originsPath = Path.Combine(folder, OriginsName);
        IReadOnlyDictionary<string, Origin> known = OriginFileFormat.Read(originsPath);
        Dictionary<string, Origin> current = new(StringComparer.Ordinal);
        bool succeeded = true;
        foreach (ModelItem item in items)
        {
            string text = $"{folder.TrimEnd('/', '\\')}/{item.TextPath}{TextExtension}";
            if (current.ContainsKey(text))
            {
                Report.Error($"two model files are called '{item.Name}': give one of them another name with Link.");
                succeeded = false;
                continue;
            }

            try
            {
                current.Add(text, known.TryGetValue(text, out Origin? origin) && origin.IsCurrent(item, text) ? origin : Conversion.Run(item, text));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The others are made nevertheless.
                Report.Error($"{item.Name}: its text cannot be written: {exception.Message}");
                succeeded = false;
            }
        }

        Replacement.Write(Path.Combine(folder, ListName), string.Concat(current.Keys.Select(text => text + "\n")));
        OriginFileFormat.Write(originsPath, current);
        return succeeded;
    }
}
