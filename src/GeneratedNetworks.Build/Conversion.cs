using System.Text;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Build;

/// <summary>One model file to its text.</summary>
internal static class Conversion
{
    /// <summary>
    /// Writes beside the text, then renames, and only where the content differs: readers see it whole, and nothing is compiled again for nothing.
    /// </summary>
    public static void Run(string model, string text)
    {
        string source = Path.GetRelativePath(Directory.GetCurrentDirectory(), model).Replace('\\', '/');
        string folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(text))!).FullName;
        string beside = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            string outcome = Write(model, source, beside);
            bool same = File.Exists(text) && SameContent(beside, text);
            if (!same)
                File.Move(beside, text, overwrite: true);
            Console.WriteLine($"network model {source}: {outcome}{(same ? ", as before" : "")}");
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static string Write(string model, string source, string path)
    {
        try
        {
            ImportedChoice imported = ModelFile.ReadAll(model, source);
            using StreamWriter writer = Create(path);
            ModelText.Write(writer, source, imported);
            return (imported.Default ?? imported.Others.FirstOrDefault())?.Format ?? "cannot be used";
        }
        catch (Exception exception) when (exception is ModelFileException or OutOfMemoryException)
        {
            string reason = exception is ModelFileException ? exception.Message : $"{source}: it needs more memory than there is.";
            using StreamWriter writer = Create(path);
            ModelText.WriteError(writer, source, reason);
            return "cannot be used";
        }
    }

    private static StreamWriter Create(string path) => new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);

    private static bool SameContent(string first, string second)
    {
        const int Chunk = 1 << 16;
        using FileStream a = File.OpenRead(first);
        using FileStream b = File.OpenRead(second);
        if (a.Length != b.Length)
            return false;
        byte[] left = new byte[Chunk];
        byte[] right = new byte[Chunk];
        while (true)
        {
            int read = a.ReadAtLeast(left, Chunk, throwOnEndOfStream: false);
            int other = b.ReadAtLeast(right, Chunk, throwOnEndOfStream: false);
            if (!left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, other)))
                return false;
            if (read == 0)
                return true;
        }
    }
}
