using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace GeneratedNetworks;

/// <summary>Writes a network's parameters in canonical order, without gaps.</summary>
internal static class SafeTensorsWriter<T>
    where T : struct
{
    private const int ChunkLength = 8192;

    public static void Write(INetwork<T> network, Stream stream, SaveOptions options)
    {
        WeightOrder weightOrder = options.Order;
        TensorNames naming = new(options.Names, options.NameInFile, network.ParameterLayout);
        string[] names = naming.OfAll(network.ParameterLayout);
        string? functions = LayerFunctions.Write(LayerFunctions.Of(network, naming));
        byte[] header = Encoding.UTF8.GetBytes(Header(network.ParameterLayout, names, weightOrder, functions));

        // Padded with spaces, as the format allows, so that the numbers are aligned for readers that map the file.
        int padded = (header.Length + 7) / 8 * 8;
        byte[] start = new byte[8 + padded];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(start, padded);
        start.AsSpan(8 + header.Length).Fill((byte)' ');
        header.CopyTo(start, 8);
        stream.Write(start, 0, start.Length);

        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        byte[] chunk = new byte[Math.Min(ChunkLength, Math.Max(1, parameters.Length)) * Real<T>.Size];
        foreach (NetworkParameter parameter in network.ParameterLayout)
        {
            Span<T> values = parameters.AsSpan(parameter.Offset, parameter.Length);
            if (weightOrder == WeightOrder.OutIn && parameter.Shape.Length == 2)
                values = Matrix.Transpose<T>(values, parameter.Shape[0], parameter.Shape[1]);
            for (int i = 0; i < values.Length; i += ChunkLength)
            {
                int count = Math.Min(ChunkLength, values.Length - i);
                LittleEndian.Write<T>(values.Slice(i, count), chunk);
                stream.Write(chunk, 0, count * Real<T>.Size);
            }
        }
    }

    private static string Header(ReadOnlySpan<NetworkParameter> layout, string[] names, WeightOrder weightOrder, string? functions)
    {
        StringBuilder json = new();
        json.Append("{\"" + SafeTensorsHeader.MetadataKey + "\":{");
        AppendString(json, SafeTensorsHeader.WeightOrderKey);
        json.Append(':');
        AppendString(json, SafeTensorsHeader.Describe(weightOrder));
        if (functions is not null)
        {
            json.Append(',');
            AppendString(json, SafeTensorsHeader.FunctionsKey);
            json.Append(':');
            AppendString(json, functions);
        }

        json.Append('}');
        long offset = 0;
        for (int index = 0; index < names.Length; index++)
        {
            NetworkParameter parameter = layout[index];
            ReadOnlySpan<int> shape = parameter.Shape;
            bool transposed = weightOrder == WeightOrder.OutIn && shape.Length == 2;
            json.Append(',');
            AppendString(json, names[index]);
            json.Append(":{\"dtype\":\"").Append(Real<T>.IsSingle ? "F32" : "F64").Append("\",\"shape\":[");
            for (int i = 0; i < shape.Length; i++)
                json.Append(i == 0 ? "" : ",").Append((transposed ? shape[1 - i] : shape[i]).ToString(CultureInfo.InvariantCulture));
            long end = offset + ((long)parameter.Length * Real<T>.Size);
            json.Append(FormattableString.Invariant($"],\"data_offsets\":[{offset},{end}]}}"));
            offset = end;
        }

        return json.Append('}').ToString();
    }

    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                json.Append('\\').Append(c);
            else if (c < ' ')
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                json.Append(c);
        }

        json.Append('"');
    }
}
