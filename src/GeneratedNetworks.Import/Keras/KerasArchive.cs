using System.IO.Compression;
using System.Text;

namespace GeneratedNetworks.Import.Keras;

/// <summary>
/// The members of a .keras archive. They are unpacked in memory, never to a path, and only as far as a bound that grows with the archive.
/// </summary>
internal sealed class KerasArchive : IDisposable
{
    // Reading a configuration takes some twenty times what it unpacks to, and a small archive can hold a large one. Thousands of layers alike pack to a thirtieth.
    private const int MostOverhead = 1 << 20;
    private const int MostExpansion = 16;

    private readonly ModelSource _source;
    private readonly ZipArchive _archive;
    private readonly long _most;
    private long _left;

    public KerasArchive(ModelSource source)
    {
        _source = source;
        _most = MostOverhead + ((long)MostExpansion * source.Content.Length);
        _left = _most;
        _archive = Guarded("its list of files", () => new ZipArchive(new MemoryStream(source.Content, writable: false), ZipArchiveMode.Read));
    }

    public string? Text(string name) => Bytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public byte[]? Bytes(string name) => Guarded($"'{name}'", () =>
    {
        // Programs differ in which of two they take.
        List<ZipArchiveEntry> entries = [.. _archive.Entries.Where(entry => entry.FullName == name)];
        if (entries.Count == 0)
            return null;
        if (entries.Count > 1)
            throw _source.Error($"the archive holds {entries.Count} files called '{name}'.");
        using Stream stream = entries[0].Open();
        return Unpack(stream, entries[0].Length, name);
    });

    public void Dispose() => _archive.Dispose();

    /// <param name="stream">Of the member.</param>
    /// <param name="claimed">How long it claims to be, which may be a lie: it only spares a second array where it is none.</param>
    /// <param name="name">Of the member.</param>
    private byte[] Unpack(Stream stream, long claimed, string name)
    {
        // What all members unpack to counts together.
        using MemoryStream unpacked = new((int)Math.Clamp(claimed, 0, Math.Min(_left, Array.MaxLength)));
        byte[] part = new byte[65536];
        while (stream.Read(part) is int count and > 0)
        {
            _left -= count;
            if (_left < 0)
                throw _source.Error($"'{name}' unpacks to more than {_most} bytes with what was read before, and the archive has {_source.Content.Length}.");
            unpacked.Write(part, 0, count);
        }

        return unpacked.Capacity == unpacked.Length ? unpacked.GetBuffer() : unpacked.ToArray();
    }

    private T Guarded<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (ModelFileException or OutOfMemoryException))
        {
            // The library throws whatever comes of a damaged archive.
            throw _source.Error($"it is no archive, or damaged: {what} cannot be read ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }
}
