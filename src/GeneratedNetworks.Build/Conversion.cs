using GeneratedNetworks.Import;

namespace GeneratedNetworks.Build;

/// <summary>One model file to its text.</summary>
internal static class Conversion
{
    /// <summary>Writes the text, says so, and returns what it was made from.</summary>
    public static Origin Run(ModelItem item, string text)
    {
        // Before they are read: a file that changes meanwhile is then another one in the next build.
        List<OriginFile> files = [new(item.Path, Fingerprint.Of(item.Path))];
        ImportedChoice? imported = null;
        bool changed = Replacement.Write(text, writer => imported = Write(writer, item, files));
        ImportedModel[] models = imported is null ? [] : [.. new[] { imported.Default }.OfType<ImportedModel>(), .. imported.Others];
        Report.Converted(item.Name, (models.FirstOrDefault()?.Format ?? "cannot be used") + (changed ? "" : ", as before"));
        foreach (string note in models.SelectMany(model => model.Notes).Distinct())
            Report.Noted(item.Name, note);
        return new Origin(item.Name, Fingerprint.Of(text), files);
    }

    /// <summary>Writes what the file offers, or why it cannot be used, and returns the former.</summary>
    private static ImportedChoice? Write(TextWriter writer, ModelItem item, List<OriginFile> files)
    {
        ImportedChoice imported;
        try
        {
            imported = ModelFile.ReadAll(item.Path, item.Name, opening: path =>
            {
                if (files.TrueForAll(file => file.Path != path))
                    files.Add(new OriginFile(path, Fingerprint.Of(path)));
            });
        }
        catch (Exception exception)
        {
            // Whatever it is, the generator reports it where the file is named, and the other models are made.
            string reason = exception switch
            {
                ModelFileException => exception.Message,
                OutOfMemoryException => $"{item.Name}: it needs more memory than there is.",
                _ => $"{item.Name}: reading it failed: {exception.GetType().Name}: {exception.Message}",
            };
            ModelText.WriteError(writer, item.Name, reason);
            return null;
        }

        ModelText.Write(writer, item.Name, imported);
        return imported;
    }
}
