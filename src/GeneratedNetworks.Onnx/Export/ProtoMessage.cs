using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>
/// A message in the wire format of Protocol Buffers, field by field. Contents are kept where they are and copied only when all is written: a message within
/// a message needs its length beforehand. Source: protobuf.dev, Encoding.
/// </summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly List<byte[]> _pieces = [];

    public long Length { get; private set; }

    public ProtoMessage Whole(int field, long value)
    {
        Tag(field, Varint);
        return Number((ulong)value);
    }

    public ProtoMessage Single(int field, float value)
    {
        byte[] bytes = BitConverter.GetBytes(value);
        if (!BitConverter.IsLittleEndian)
            Array.Reverse(bytes);
        Tag(field, Fixed32);
        return Add(bytes);
    }

    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds bytes, which must not change afterwards.</summary>
    public ProtoMessage Bytes(int field, byte[] value)
    {
        Tag(field, Delimited);
        Number((ulong)value.Length);
        return Add(value);
    }

    /// <summary>Adds a message, which must not change afterwards.</summary>
    public ProtoMessage Message(int field, ProtoMessage value)
    {
        Tag(field, Delimited);
        Number((ulong)value.Length);
        _pieces.AddRange(value._pieces);
        Length += value.Length;
        return this;
    }

    public void WriteTo(Stream stream)
    {
        foreach (byte[] piece in _pieces)
            stream.Write(piece, 0, piece.Length);
    }

    private void Tag(int field, int type) => Number((ulong)((field << 3) | type));

    /// <summary>Seven bits in each byte, the lowest first, the highest bit set in all but the last.</summary>
    private ProtoMessage Number(ulong value)
    {
        byte[] bytes = new byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        Array.Resize(ref bytes, count);
        return Add(bytes);
    }

    private ProtoMessage Add(byte[] piece)
    {
        _pieces.Add(piece);
        Length += piece.Length;
        return this;
    }
}
