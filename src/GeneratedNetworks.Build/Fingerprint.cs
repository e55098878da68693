using System.Security.Cryptography;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Build;

/// <summary>The content of files as short texts: what a build compares, since dates say little of content.</summary>
internal static class Fingerprint
{
    private const string Missing = "missing";
    private const string Empty = "empty";

    /// <summary>Of the program itself and what reads models for it: another version may read a file otherwise.</summary>
    public static string OfConverter { get; } = string.Join('-', new[] { typeof(Fingerprint), typeof(ModelFile), typeof(WeightOrder) }
        .Select(type => type.Module.ModuleVersionId.ToString("n")));

    /// <summary>Of a file; null where it cannot be read, which is equal to nothing.</summary>
    public static string? Of(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.LinkTarget is not null)
                file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (!file.Exists)
                return Missing;

            // Pipes and devices have no size, and reading them may have no end.
            if (file.Length == 0)
                return Empty;
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
