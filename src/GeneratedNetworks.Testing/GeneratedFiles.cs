using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GeneratedNetworks.Testing;

/// <summary>
/// The files that the generator added to an assembly, as its debug information holds them: the compiler puts every generated file there, whether it also
/// writes it to disk or not.
/// </summary>
internal static class GeneratedFiles
{
    // The folder that the compiler names for the generator, in the paths of its files.
    private const string Generator = "GeneratedNetworks.Generator.NetworkGenerator";

    // "Embedded source" in the format of portable debug information.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>Names and texts.</summary>
    /// <exception cref="InvalidOperationException">There is no debug information, or it is not portable.</exception>
    public static Dictionary<string, string> Of(Assembly assembly)
    {
        string path = assembly.Location;
        if (path.Length == 0)
            throw new InvalidOperationException($"{assembly.GetName().Name} was not loaded from a file, so that its debug information cannot be found.");
        using PEReader program = new(File.OpenRead(path));
        if (!program.TryOpenAssociatedPortablePdb(path, Open, out MetadataReaderProvider? provider, out _))
        {
            string advice = "It needs DebugType portable (the default) or embedded, and the .pdb file beside the assembly.";
            throw new InvalidOperationException($"There is no debug information for {path}, which is where generated code is read from. {advice}");
        }

        using (provider)
            return Read(provider!.GetMetadataReader());
    }

    private static FileStream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;

    private static Dictionary<string, string> Read(MetadataReader reader)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (DocumentHandle handle in reader.Documents)
        {
            string[] path = reader.GetString(reader.GetDocument(handle).Name).Split('/', '\\');
            if (path.Length >= 2 && path[^2] == Generator && Text(reader, handle) is { } text)
                files[path[^1]] = text;
        }

        return files;
    }

    private static string? Text(MetadataReader reader, DocumentHandle document)
    {
        foreach (CustomDebugInformationHandle handle in reader.GetCustomDebugInformation(document))
        {
            CustomDebugInformation information = reader.GetCustomDebugInformation(handle);
            if (reader.GetGuid(information.Kind) == EmbeddedSource)
                return Decode(reader.GetBlobBytes(information.Value));
        }

        return null;
    }

    /// <summary>Four bytes with the length before compression, 0 where there is none; then the text in UTF-8.</summary>
    private static string Decode(byte[] blob)
    {
        MemoryStream content = new(blob, sizeof(int), blob.Length - sizeof(int));
        using Stream text = BitConverter.ToInt32(blob) == 0 ? content : new DeflateStream(content, CompressionMode.Decompress);
        using StreamReader reader = new(text);
        return reader.ReadToEnd();
    }
}
