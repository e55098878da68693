using System;
using System.IO;

namespace GeneratedNetworks;

/// <summary>Holds a checkpoint for one run: two that wrote to one path would each resume from the other's progress.</summary>
/// <remarks>
/// A file beside the checkpoint (<c>.lock</c> appended) is open as long as the run lasts. The system lets go of it when the process ends, however
/// that happens, so that a run that was killed locks nobody out; the file itself may stay behind then.
/// </remarks>
internal sealed class CheckpointLock : IDisposable
{
    public const string Suffix = ".lock";

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; elsewhere EWOULDBLOCK of Linux and of the BSDs.
    private static readonly int[] SharingErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    private readonly FileStream _file;

    private CheckpointLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or throws at once.</summary>
    /// <param name="checkpoint">The checkpoint's path; it need not exist.</param>
    /// <exception cref="IOException">Another run holds it, in this process or another one, or the lock cannot be made.</exception>
    /// <exception cref="DirectoryNotFoundException">The checkpoint's folder does not exist.</exception>
    public static CheckpointLock Take(string checkpoint)
    {
        AtomicFile.RequireFolder(checkpoint);
        string path = checkpoint + Suffix;
        while (true)
        {
            RequireNoLink(path);
            FileStream file = Open(checkpoint, path);

            // Whoever held it before may have removed its name between our two steps; then others would lock another file.
            if (File.Exists(path))
                return new CheckpointLock(file);
            file.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string checkpoint, string path)
    {
        try
        {
            // Its name goes while the lock is still held.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (Array.IndexOf(SharingErrors, exception.HResult) >= 0)
        {
            throw new IOException(
                $"The checkpoint '{checkpoint}' is held by another run, and two would overwrite each other's progress: wait until the other has ended, "
                + "or give each run a CheckpointPath of its own.",
                exception);
        }
    }

    /// <summary>A link could make us create or hold a file elsewhere.</summary>
    private static void RequireNoLink(string path)
    {
        FileInfo file = new(path);
        if (file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0)
            throw new IOException($"The checkpoint's lock '{path}' is a link, which is not followed: remove it.");
    }
}
