using System.Text;
using Google.FlatBuffers;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>A FlatBuffer that may lie: every place is held against the file's length before it is read.</summary>
internal sealed class FlatFile(ModelSource source)
{
    /// <summary>Longer texts are cut: they are names, for messages.</summary>
    private const int LongestText = 256;

    public ModelSource Source => source;

    public ByteBuffer Buffer { get; } = new(source.Content);

    public FlatTable Root => new(this, Indirect(0));

    /// <summary>Whether bytes 4 to 7 are these characters.</summary>
    public bool HasIdentifier(string identifier) => source.Content.Length >= 8 && Encoding.Latin1.GetString(source.Content, 4, 4) == identifier;

    /// <summary>The place that the offset at <paramref name="position"/> leads to.</summary>
    public int Indirect(int position)
    {
        Check(position, sizeof(uint));
        long target = position + (long)Buffer.GetUint(position);
        Check(target, sizeof(int));
        return (int)target;
    }

    public void Check(long position, long length)
    {
        if (position < 0 || position + length > source.Content.Length)
            throw source.Error($"it is damaged: byte {position} is to be read, and the file has {source.Content.Length}.");
    }

    public string Text(int position, int length) => Encoding.UTF8.GetString(source.Content, position, Math.Min(length, LongestText));
}

/// <summary>A table of a FlatBuffer. Fields are numbered in the order of the schema; one that is left out has its default.</summary>
internal readonly struct FlatTable
{
    private readonly FlatFile _file;
    private readonly Table _table;

    public FlatTable(FlatFile file, int position)
    {
        _file = file;
        _table = new Table(position, file.Buffer);
        file.Check(position, sizeof(int));
        long fields = (long)position - file.Buffer.GetInt(position);
        file.Check(fields, sizeof(ushort));
        file.Check(fields, (file.Buffer.GetUshort((int)fields) + 1) & ~1);
    }

    public int Int(int field, int fallback = 0) => Place(field, sizeof(int)) is int at ? _file.Buffer.GetInt(at) : fallback;

    public uint UInt(int field) => Place(field, sizeof(uint)) is int at ? _file.Buffer.GetUint(at) : 0;

    public ulong ULong(int field) => Place(field, sizeof(ulong)) is int at ? _file.Buffer.GetUlong(at) : 0;

    public sbyte Byte(int field) => Place(field, sizeof(sbyte)) is int at ? _file.Buffer.GetSbyte(at) : (sbyte)0;

    public bool Bool(int field) => Byte(field) != 0;

    public float Float(int field) => Place(field, sizeof(float)) is int at ? _file.Buffer.GetFloat(at) : 0;

    public FlatTable? Child(int field) => Place(field, sizeof(uint)) is int at ? new FlatTable(_file, _file.Indirect(at)) : null;

    public string Text(int field)
    {
        FlatVector text = Vector(field, 1);
        return _file.Text(text.Start, text.Count);
    }

    /// <summary>A vector; empty where the field is left out.</summary>
    public FlatVector Vector(int field, int elementBytes)
    {
        if (Place(field, sizeof(uint)) is not int at)
            return new FlatVector(_file, 0, 0);
        int position = _file.Indirect(at);
        uint count = _file.Buffer.GetUint(position);
        _file.Check(position + sizeof(uint), (long)count * elementBytes);
        return new FlatVector(_file, position + sizeof(uint), (int)count);
    }

    private int? Place(int field, int bytes)
    {
        int offset = _table.__offset(4 + (2 * field));
        if (offset == 0)
            return null;
        int position = _table.bb_pos + (ushort)(short)offset;
        _file.Check(position, bytes);
        return position;
    }
}

/// <summary>A vector of a FlatBuffer, wholly inside the file.</summary>
internal readonly record struct FlatVector(FlatFile File, int Start, int Count)
{
    public int Int(int index) => File.Buffer.GetInt(Start + (index * sizeof(int)));

    public float Float(int index) => File.Buffer.GetFloat(Start + (index * sizeof(float)));

    public long Long(int index) => File.Buffer.GetLong(Start + (index * sizeof(long)));

    public FlatTable Table(int index) => new(File, File.Indirect(Start + (index * sizeof(uint))));
}
