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
        string outcome = "";
        bool changed = Replacement.Write(text, writer => outcome = Write(writer, item, files));
        Report.Converted(item.Name, outcome + (changed ? "" : ", as before"));
        return new Origin(item.Name, Fingerprint.Of(text), files);
    }

    private static string Write(TextWriter writer, ModelItem item, List<OriginFile> files)
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
            return "cannot be used";
        }

        ModelText.Write(writer, item.Name, imported);
        return (imported.Default ?? imported.Others.FirstOrDefault())?.Format ?? "cannot be used";
    }
}
