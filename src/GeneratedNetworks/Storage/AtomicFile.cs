using System;
using System.IO;
using System.Threading;

namespace GeneratedNetworks;

/// <summary>Replaces a file so that a crash at any moment, and another process that does the same, leave either the old content or a new one.</summary>
internal static class AtomicFile
{
    /// <summary>The end of the names of files that are being written. A process that is killed leaves one behind; nobody reads it.</summary>
    public const string TemporarySuffix = ".tmp";

    private const int LongestStem = 200;
    private const int MostAttempts = 10;

    /// <summary>Writes to a new file in the same folder, then renames it. Where the path is a link, the link is replaced and not what it leads to.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        RequireFolder(target);
        using FileStream stream = CreateBeside(target);
        string temporary = stream.Name;
        try
        {
            write(stream);

            // To the device, before the rename makes it the only copy.
            stream.Flush(flushToDisk: true);
            stream.Dispose();
            Replace(temporary, target);
        }
        catch
        {
            stream.Dispose();
            DeleteQuietly(temporary);
            throw;
        }
    }

    /// <summary>Throws if the folder of a file to be written is missing, and names it: the system's own error names the temporary file.</summary>
    public static void RequireFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist.");
    }

    /// <summary>
    /// Opens a file that was not there before: a name of its own keeps two writers of one path apart, and a link that someone laid is not followed.
    /// </summary>
    private static FileStream CreateBeside(string target)
    {
        string name = Path.GetFileName(target);
        string stem = Path.Combine(Path.GetDirectoryName(target)!, name.Length > LongestStem ? name.Substring(0, LongestStem) : name);
        for (int attempt = 1; ; attempt++)
        {
            string temporary = $"{stem}.{Path.GetRandomFileName()}{TemporarySuffix}";
            try
            {
                return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (attempt < MostAttempts && Exists(temporary))
            {
                // Taken by somebody else.
            }
        }
    }

    private static void Replace(string temporary, string target)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
#if NET
                File.Move(temporary, target, overwrite: true);
#else
                if (File.Exists(target))
                    File.Replace(temporary, target, null);
                else
                    File.Move(temporary, target);
#endif
                return;
            }
            catch (Exception exception) when (attempt < MostAttempts && MayPass(exception, target))
            {
                Thread.Sleep(attempt);
            }
        }
    }

    /// <summary>
    /// Whether another try may succeed: on Windows while another process replaces or reads the file, and elsewhere where it appeared or went in the
    /// moment between two calls.
    /// </summary>
    private static bool MayPass(Exception exception, string target) =>
        exception is IOException or UnauthorizedAccessException && !Directory.Exists(target)
#if NET
        && OperatingSystem.IsWindows()
#endif
        ;

    private static bool Exists(string path)
    {
        try
        {
            // Unlike File.Exists, this finds a link that leads nowhere.
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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
