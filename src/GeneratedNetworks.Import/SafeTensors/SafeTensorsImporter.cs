using GeneratedNetworks.Import.Numbers;

namespace GeneratedNetworks.Import.SafeTensors;

/// <summary>
/// Reads safetensors: an eight-byte length, a JSON header that names types, shapes and places, and the numbers, little-endian.
/// The file knows of no layers.
/// </summary>
internal static class SafeTensorsImporter
{
    /// <summary>What PyTorch's writer puts under the key "format" of the metadata.</summary>
    private const string PyTorch = "pt";

    private const int LongestType = 32;

    public static ImportedModel Read(ModelSource source)
    {
        if (source.Output is { } output)
            throw source.Error($"'{OutputSearch.Shorten(output)}' cannot be asked for: the file holds tensors and no layers.");
        SafeTensorsHeader header = ReadHeader(source);
        long start = header.DataPosition;
        long end = header.Tensors.Count == 0 ? 0 : header.Tensors[^1].End;
        if (start + end < source.Content.Length)
            throw source.Error($"{source.Content.Length - start - end} bytes follow after the last tensor.");

        // The file's own order is that of its header.
        IEnumerable<TensorEntry> entries = header.Tensors.OrderBy(entry => entry.HeaderPosition);
        return new ImportedModel(Format(header.WeightOrder), null, [], [.. entries.Select(entry => ReadTensor(source, entry, start))])
        {
            WeightOrder = header.WeightOrder switch
            {
                "in,out" => WeightOrder.InOut,
                "out,in" => WeightOrder.OutIn,
                _ => null,
            },
            IsFromPyTorch = header.WeightOrder is null && header.Format == PyTorch,
            Functions = ReadFunctions(source, header),
        };
    }

    private static IReadOnlyList<KeyValuePair<string, string>> ReadFunctions(ModelSource source, SafeTensorsHeader header)
    {
        if (header.Functions is not { } text)
            return [];
        return LayerFunctions.Read(text) is { } functions
            ? [.. functions]
            : throw source.Error($"its metadata say that the functions behind its layers are '{Printable.Line(text)}', which cannot be understood.");
    }

    private static SafeTensorsHeader ReadHeader(ModelSource source)
    {
        try
        {
            return SafeTensorsHeader.Read(new MemoryStream(source.Content, writable: false), source.Name);
        }
        catch (NetworkFileException exception)
        {
            // Its message names the file already.
            string message = exception.Message;
            if (message.StartsWith(source.Name, StringComparison.Ordinal))
                message = message[source.Name.Length..].TrimStart(',', ' ');
            throw source.Error(message, exception);
        }
    }

    private static ImportedTensor ReadTensor(ModelSource source, TensorEntry entry, long start)
    {
        if (start + entry.End > source.Content.Length)
            throw source.Error($"tensor '{entry.Name}': its data end at byte {start + entry.End}, but the file has {source.Content.Length}.");
        if (entry.Type.Length is 0 or > LongestType || !entry.Type.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            throw source.Error($"tensor '{entry.Name}': its type is no name of up to {LongestType} letters, digits and _.");
        long count = 1;
        foreach (long extent in entry.Shape)
        {
            if (extent > int.MaxValue)
                throw source.Error($"tensor '{entry.Name}': its shape {entry.DescribeShape()} has an extent above {int.MaxValue}.");
            count = extent == 0 || count == 0 ? 0 : count > int.MaxValue / extent ? long.MaxValue : count * extent;
            if (count == long.MaxValue)
                throw source.Error($"tensor '{entry.Name}': its shape {entry.DescribeShape()} has more than {int.MaxValue} elements.");
        }

        ReadOnlySpan<byte> bytes = source.Content.AsSpan((int)(start + entry.Begin), (int)(entry.End - entry.Begin));
        double[]? values = null;
        if (FloatingPoint.Of(entry.Type) is { } type)
        {
            if (bytes.Length != count * type.Bytes)
            {
                throw source.Error(
                    $"tensor '{entry.Name}': its shape {entry.DescribeShape()} of {entry.Type} needs {count * type.Bytes} bytes, but it has "
                    + $"{bytes.Length}.");
            }

            values = type.Decode(bytes);
        }

        return new ImportedTensor(entry.Name, [.. entry.Shape.Select(extent => (int)extent)], entry.Type, values);
    }

    private static string Format(string? order) => order switch
    {
        null => "safetensors",
        "in,out" => "safetensors, weights [in, out]",
        "out,in" => "safetensors, weights [out, in]",
        _ => $"safetensors, weights [{order}]",
    };
}
