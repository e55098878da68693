using System;
using System.Collections.Generic;
using System.IO;

namespace GeneratedNetworks;

/// <summary>A tensor of the file: its type, shape and bytes, these counted from the end of the header.</summary>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Begin, long End, long HeaderPosition)
{
    public string DescribeShape() => $"[{string.Join(", ", Shape)}]";
}

/// <summary>The JSON header of a safetensors file, checked: no name twice, and the tensors cover the data without gap or overlap.</summary>
internal sealed class SafeTensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const string WeightOrderKey = "generatednetworks.weight_order";

    public const string FunctionsKey = "generatednetworks.functions";

    private const string FormatKey = "format";

    private const string NoSafeTensors = "this is no safetensors file. Load reads what Save wrote; an ONNX, Keras or TensorFlow Lite file becomes a class when a project is "
        + "built, by [GeneratedNetwork(Model = …)].";

    // The limit of the format's own reference reader.
    private const long MaxLength = 100_000_000;
    private const int MaxRank = 32;

    private readonly string _file;
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);

    private SafeTensorsHeader(string file) => _file = file;

    /// <summary>The tensors in the order of their bytes.</summary>
    public List<TensorEntry> Tensors { get; } = [];

    /// <summary>What the file says of its weights, where this library wrote it.</summary>
    public string? WeightOrder { get; private set; }

    /// <summary>The functions behind the layers, where this library wrote it: see <see cref="LayerFunctions"/>.</summary>
    public string? Functions { get; private set; }

    /// <summary>What the file says of the framework that wrote it: "pt", "np"; <see langword="null"/> where it does not.</summary>
    public string? Format { get; private set; }

    /// <summary>Where the numbers begin, in bytes from the file's start.</summary>
    public long DataPosition { get; private set; }

    public static string Describe(WeightOrder order) => order == GeneratedNetworks.WeightOrder.InOut ? "in,out" : "out,in";

    public static SafeTensorsHeader Read(Stream stream, string file)
    {
        SafeTensorsHeader header = new(file);
        byte[] json = header.ReadJson(stream);
        header.Parse(json);
        header.CheckCoverage();
        return header;
    }

    private byte[] ReadJson(Stream stream)
    {
        byte[] prefix = new byte[8];
        int read = stream.ReadUpTo(prefix, 8);
        if (read == 0)
            throw Error(null, 0, "the file is empty.");
        if (read < 8)
            throw Error(null, 0, NoSafeTensors);
        ulong length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
            throw Error(null, 0, NoSafeTensors);

        // Grown as bytes arrive: a length that lies costs no memory.
        byte[] json = new byte[Math.Min((int)length, 65536)];
        int count = 0;
        while (true)
        {
            count += stream.ReadUpTo(json, count, json.Length - count);
            if (count < json.Length)
                throw Error(null, 8 + count, $"the file ends within its header of {length} bytes.");
            if (count == (int)length)
                break;
            Array.Resize(ref json, (int)Math.Min((long)length, json.Length * 2L));
        }

        DataPosition = 8 + count;
        return json;
    }

    private void Parse(byte[] json)
    {
        HeaderJson reader = new(json, _file);
        reader.Expect('{');
        if (!reader.TryTake('}'))
        {
            do
            {
                long position = reader.Position;
                string name = reader.ReadString();
                reader.Expect(':');
                if (name == MetadataKey)
                {
                    ReadMetadata(reader);
                    continue;
                }

                TensorEntry entry = ReadTensor(reader, name, position);
                if (_tensors.ContainsKey(name))
                    throw Error(name, position, "the name occurs twice.");
                _tensors.Add(name, entry);
                Tensors.Add(entry);
            }
            while (reader.TryTake(','));
            reader.Expect('}');
        }

        reader.ExpectEnd();
    }

    private void ReadMetadata(HeaderJson reader)
    {
        reader.Expect('{');
        if (reader.TryTake('}'))
            return;
        do
        {
            string key = reader.ReadString();
            reader.Expect(':');
            string value = reader.ReadString();
            if (key == WeightOrderKey)
                WeightOrder = value;
            else if (key == FunctionsKey)
                Functions = value;
            else if (key == FormatKey)
                Format = value;
        }
        while (reader.TryTake(','));
        reader.Expect('}');
    }

    private TensorEntry ReadTensor(HeaderJson reader, string name, long position)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        reader.Tensor = name;
        reader.Expect('{');
        do
        {
            long keyPosition = reader.Position;
            string key = reader.ReadString();
            reader.Expect(':');
            switch (key)
            {
                case "dtype" when type is null:
                    type = reader.ReadString();
                    break;
                case "shape" when shape is null:
                    shape = reader.ReadIntegers(MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = reader.ReadIntegers(2);
                    break;
                default:
                    throw Error(name, keyPosition, $"unexpected or repeated entry '{key}'.");
            }
        }
        while (reader.TryTake(','));
        reader.Expect('}');
        reader.Tensor = null;
        if (type is null || shape is null || offsets is not { Length: 2 })
            throw Error(name, position, "dtype, shape and two data_offsets are needed.");
        if (offsets[0] > offsets[1])
            throw Error(name, position, $"its data end at {offsets[1]}, before their begin at {offsets[0]}.");
        return new TensorEntry(name, type, shape, offsets[0], offsets[1], position);
    }

    private void CheckCoverage()
    {
        // Empty tensors share their place with the one that follows, so the end decides between equal begins.
        Tensors.Sort(static (x, y) => x.Begin != y.Begin ? x.Begin.CompareTo(y.Begin) : x.End.CompareTo(y.End));
        long end = 0;
        foreach (TensorEntry entry in Tensors)
        {
            if (entry.Begin != end)
            {
                string what = entry.Begin < end ? "overlap those of the tensor before" : "leave a gap after those before";
                throw Error(entry.Name, entry.HeaderPosition, $"its data, at {entry.Begin}, {what}, which end at {end}.");
            }

            end = entry.End;
        }
    }

    private NetworkFileException Error(string? tensor, long position, string problem) => new(_file, tensor, position, problem);
}
