using System.Buffers.Binary;
using System.Text;

namespace GeneratedNetworks.Import;

/// <summary>What a file looks like by its first bytes, for messages about one that its extension's reader cannot read.</summary>
internal static class FileKind
{
    private const int MostText = 512;
    private const string Lfs = "LFS";
    private const string PyTorch = "PyTorch";
    private const string Zip = "zip";
    private const string Text = "text";

    // An archive of PyTorch's holds its objects in an entry of that name, one of Keras's its layers.
    private static ReadOnlySpan<byte> Pickle => "data.pkl"u8;
    private static ReadOnlySpan<byte> KerasConfig => "config.json"u8;

    /// <summary>What it is instead, and what to do, in words that follow "it"; null where that is not known, or is the format itself.</summary>
    public static string? Instead(ReadOnlySpan<byte> content, ModelFormat format)
    {
        string? name = Of(content);
        return name is null || name == format.Name ? null : name switch
        {
            Lfs => "is the pointer that Git LFS keeps in place of a file: git lfs pull brings the file",
            PyTorch => $"looks like a file of PyTorch's and not like {format.Name}: {ModelFormat.FromPyTorch}",
            Zip => $"looks like a zip archive and not like {format.Name}: unpack it",
            Text => $"is a text and no {format.Name} file",
            _ => $"looks like {name} and not like {format.Name}: name it {ModelFormat.All.First(other => other.Name == name).FileExtensions[0]}",
        };
    }

    private static string? Of(ReadOnlySpan<byte> content)
    {
        if (content.Length >= 8 && content[4..8].SequenceEqual("TFL3"u8))
            return "TFLite";
        if (content.Length >= 8 && content[0] == 0x89 && content[1..8].SequenceEqual("HDF\r\n\u001a\n"u8))
            return "HDF5";
        if (content.StartsWith("PK\u0003\u0004"u8))
            return content.IndexOf(Pickle) >= 0 ? PyTorch : content.IndexOf(KerasConfig) >= 0 ? "Keras" : Zip;
        if (content.Length > 8 && content[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(content) <= (ulong)content.Length - 8)
            return "safetensors";
        if (content.StartsWith("version https://git-lfs"u8))
            return Lfs;

        // PyTorch's of before 1.6 are pickles.
        if (content.Length > 2 && content[0] == 0x80 && content[1] is >= 2 and <= 5 && content[2] is 0x8a or (byte)'}')
            return PyTorch;
        return IsText(content[..Math.Min(content.Length, MostText)]) ? Text : null;
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (byte value in start)
        {
            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }

        // A character may be cut at the end.
        return Encoding.UTF8.GetString(start).TrimEnd('\uFFFD') is var text && text.Length > 0 && !text.Contains('\uFFFD', StringComparison.Ordinal);
    }
}
