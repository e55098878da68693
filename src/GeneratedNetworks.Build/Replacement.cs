using System.Text;

namespace GeneratedNetworks.Build;

/// <summary>Replaces a file so that readers see it whole, and only where its content differs, so that nothing is compiled again for nothing.</summary>
internal static class Replacement
{
    /// <summary>Writes beside the file, then renames; returns whether the content differs from what was there.</summary>
    public static bool Write(string path, Action<TextWriter> write)
    {
        string folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!).FullName;
        string beside = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using (StreamWriter writer = new(
                new FileStream(beside, FileMode.CreateNew, FileAccess.Write), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
                write(writer);
            if (File.Exists(path) && SameContent(beside, path))
                return false;
            File.Move(beside, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    public static void Write(string path, string content) => Write(path, writer => writer.Write(content));

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
