using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Reads tensors that lie in files beside the model. No file outside of the model's folder is opened, whatever the model says.</summary>
internal sealed class ExternalData(ModelSource source)
{
    public byte[] Read(TensorProto tensor, string what, long bytes)
    {
        string location = Entry(tensor, "location") ?? throw source.Error($"{what} is stored in another file, and its location is missing.");
        long offset = Number(tensor, "offset", what) ?? 0;
        long length = Number(tensor, "length", what) ?? bytes;
        if (length != bytes)
            throw source.Error($"{what} needs {bytes} bytes by its type and shape, and its external data has {length}.");
        FileInfo file = Find(source.Folder, location, what);

        // Beside a link there may be nothing but the link.
        if (!file.Exists && source.LinkedFolder is not null)
            file = Find(source.LinkedFolder, location, what);
        if (!file.Exists)
            throw source.Error($"{what} is stored in '{OnnxNode.Shorten(location)}', and there is no such file beside the model.");
        if (offset > file.Length || bytes > file.Length - offset)
            throw source.Error($"{what} needs {bytes} bytes from {offset} on of '{OnnxNode.Shorten(location)}', which has {file.Length}.");
        byte[] content = new byte[bytes];

        // A pipe or device has no size, so that nothing but this could be asked of it; opening one may wait for ever.
        if (bytes == 0)
            return content;
        try
        {
            using FileStream stream = file.OpenRead();
            stream.Position = offset;
            stream.ReadExactly(content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception.Message.Replace(file.FullName, file.Name, StringComparison.Ordinal).TrimEnd('.');
            throw source.Error($"{what}: '{OnnxNode.Shorten(location)}' cannot be read ({reason}).", exception);
        }

        return content;
    }

    /// <summary>A file in a folder of the model or below, whether or not it is there.</summary>
    private FileInfo Find(string? folder, string location, string what)
    {
        FileInfo file = new(Resolve(folder, location, what));
        source.Opening?.Invoke(file.FullName);
        return file;
    }

    private string Resolve(string? folder, string location, string what)
    {
        if (folder is null)
            throw source.Error($"{what} is stored in another file, '{OnnxNode.Shorten(location)}', and there is no folder to look in.");
        string[] parts = location.Split('/', '\\');
        bool plain = location.Length > 0 && !Path.IsPathRooted(location) && !location.Contains(':') && !location.Contains('\0')
            && parts.All(part => part.Length > 0 && part != "..");
        if (!plain)
            throw source.Error($"{what} is stored in '{OnnxNode.Shorten(location)}'; only a path inside of the model's folder is read.");
        string path = folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);

            // A link could lead anywhere.
            if (new FileInfo(path).LinkTarget is not null || new DirectoryInfo(path).LinkTarget is not null)
            {
                throw source.Error(
                    $"{what} is stored in '{OnnxNode.Shorten(location)}', and '{OnnxNode.Shorten(part)}' is a link, which is not followed.");
            }
        }

        return path;
    }

    private long? Number(TensorProto tensor, string key, string what)
    {
        if (Entry(tensor, key) is not { } text)
            return null;
        return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? number
            : throw source.Error($"{what}: the {key} of its external data must be a whole number, and is '{OnnxNode.Shorten(text)}'.");
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;
}
