using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>Assemblies by the text they were compiled from, for runs that differ in the processor's abilities only.</summary>
/// <remarks>In the folder that the variable <c>GENERATED_NETWORKS_IMAGES</c> names; where it is not set, nothing is kept.</remarks>
internal static class ImageCache
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GENERATED_NETWORKS_IMAGES");

    /// <summary>The image of <paramref name="compilation"/>, compiled by <paramref name="emit"/> where it was not before.</summary>
    /// <param name="compilation">What is compiled.</param>
    /// <param name="checks">Names what <paramref name="emit"/> refuses: what passed fewer checks does not stand for what must pass more.</param>
    /// <param name="emit">Compiles it.</param>
    public static byte[] GetOrAdd(Compilation compilation, string checks, Func<byte[]> emit)
    {
        if (string.IsNullOrEmpty(Folder))
            return emit();

        string path = Path.Combine(Folder, $"{Key(compilation)}.{checks}.dll");
        if (File.Exists(path))
            return File.ReadAllBytes(path);

        byte[] image = emit();
        Directory.CreateDirectory(Folder);
        string unfinished = Path.Combine(Folder, Path.GetRandomFileName());
        File.WriteAllBytes(unfinished, image);
        File.Move(unfinished, path, overwrite: true);
        return image;
    }

    private static string Key(Compilation compilation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SyntaxTree tree in compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal))
        {
            string language = ((CSharpParseOptions)tree.Options).LanguageVersion.ToString();
            hash.AppendData(Encoding.UTF8.GetBytes($"{language}\0{tree.FilePath}\0{tree}\0"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
