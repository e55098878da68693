using System;
using System.IO;

namespace GeneratedNetworks;

/// <summary>Replaces a file so that a crash at any moment leaves either the old content or the new one.</summary>
internal static class AtomicFile
{
    public const string TemporarySuffix = ".tmp";

    public static void Write(string path, Action<Stream> write)
    {
        RequireFolder(path);
        string temporary = path + TemporarySuffix;
        try
        {
            using FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            write(stream);

            // To the device, before the rename makes it the only copy.
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            DeleteQuietly(temporary);
            throw;
        }

#if NET
        File.Move(temporary, path, overwrite: true);
#else
        if (File.Exists(path))
            File.Replace(temporary, path, null);
        else
            File.Move(temporary, path);
#endif
    }

    /// <summary>Throws if the folder of a file to be written is missing, and names it: the system's own error names the temporary file.</summary>
    public static void RequireFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist.");
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here is the one to report.
        }
    }
}
