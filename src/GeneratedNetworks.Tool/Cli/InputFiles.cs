using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>Reads model files, with a word for what a user may name by mistake.</summary>
internal static class InputFiles
{
    /// <param name="path">As the user named it.</param>
    /// <param name="output">The value that the model is to end in; null: its only output.</param>
    /// <param name="others">Extensions that the verb takes beside those of models.</param>
    /// <param name="window">How many steps an input has where the file leaves that open, or null.</param>
    public static ImportedModel ReadModel(string path, string? output = null, string? others = null, int? window = null)
    {
        RequireModel(path, others);
        return ModelFile.Read(path, null, output, window: window);
    }

    /// <summary>Requires a file of a format that can be read.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="others">Extensions that the verb takes beside those of models.</param>
    public static void RequireModel(string path, string? others = null)
    {
        if (Directory.Exists(path))
            throw new ToolException($"{path}: it is a folder; name a file.");
        if (ModelFormat.Of(path) is not null)
            return;
        if (!File.Exists(path))
            throw new ToolException($"{path}: there is no such file.");
        string all = others is null ? ModelFormat.Extensions : $"{ModelFormat.Extensions}, {others}";
        string extension = Path.GetExtension(path);
        throw new ToolException(extension.Length > 0
            ? $"{path}: {ModelFormat.Unknown(extension, all)}"
            : $"{path}: its name has no extension to say its format; these can be read: {all}.");
    }
}
