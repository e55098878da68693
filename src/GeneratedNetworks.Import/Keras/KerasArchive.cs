using System.IO.Compression;
using System.Text;

namespace GeneratedNetworks.Import.Keras;

/// <summary>
/// The members of a .keras archive. They are unpacked in memory, never to a path, and only as far as a bound that grows with the archive.
/// </summary>
internal sealed class KerasArchive(ModelSource source)
{
    private const int MostOverhead = 1 << 22;
    private const int MostExpansion = 16;

    public string? Text(string name) => Bytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public byte[]? Bytes(string name)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(source.Content, writable: false), ZipArchiveMode.Read);
            if (archive.GetEntry(name) is not { } entry)
                return null;
            using Stream stream = entry.Open();
            return Unpack(stream, name);
        }
        catch (Exception exception) when (exception is not (ModelFileException or OutOfMemoryException))
        {
            // The library throws whatever comes of a damaged archive.
            throw source.Error($"it is no archive, or damaged: '{name}' cannot be read ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    private byte[] Unpack(Stream stream, string name)
    {
        // The size that the archive claims is not asked: it may lie.
        long most = MostOverhead + ((long)MostExpansion * source.Content.Length);
        using MemoryStream unpacked = new();
        byte[] part = new byte[65536];
        while (stream.Read(part) is int count and > 0)
        {
            if (unpacked.Length + count > most)
                throw source.Error($"'{name}' unpacks to more than {most} bytes, and the archive has {source.Content.Length}.");
            unpacked.Write(part, 0, count);
        }

        return unpacked.ToArray();
    }
}
