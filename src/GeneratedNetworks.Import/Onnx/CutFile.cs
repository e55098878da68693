using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Tells a file whose end is missing from one that is damaged elsewhere: by the fields of the whole model, each of which says how long it is.</summary>
internal static class CutFile
{
    /// <returns>What is cut off and where it should end, as a sentence without the file's name; null where no known field is cut off.</returns>
    public static string? Describe(byte[] content)
    {
        long at = 0;
        while (at < content.Length)
        {
            if (Number(content, ref at) is not { } tag)
                return Cut("what is at its end", null);
            if (ModelProto.Descriptor.FindFieldByNumber((int)(tag >> 3)) is not { } field)
                return null;
            long? size = WireFormat.GetTagWireType((uint)tag) switch
            {
                WireFormat.WireType.Fixed64 => sizeof(ulong),
                WireFormat.WireType.Fixed32 => sizeof(uint),
                WireFormat.WireType.LengthDelimited => Number(content, ref at),
                WireFormat.WireType.Varint => Number(content, ref at) is null ? null : 0,
                _ => -1,
            };
            if (size < 0)
                return null;
            if (size is null)
                return Cut(Name(field), null);
            at += size.Value;
            if (at > content.Length)
                return Cut(Name(field), at);
        }

        return null;

        string Cut(string what, long? end) => end is { } last
            ? $"it is cut off: {what} reaches to byte {last}, and the file ends at byte {content.Length}."
            : $"it is cut off in {what}: the file ends at byte {content.Length}.";
    }

    private static string Name(FieldDescriptor field) => $"its {field.Name}";

    /// <summary>A number of up to 63 bits, seven a byte; null where the file ends in it. One that is longer is −1.</summary>
    private static long? Number(byte[] content, ref long at)
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            if (at >= content.Length)
                return null;
            byte part = content[at++];
            number |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }

        return -1;
    }
}
