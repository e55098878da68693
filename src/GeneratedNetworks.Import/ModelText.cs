using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GeneratedNetworks.Import;

/// <summary>
/// A model as the text that the source generator reads, since a generator is given texts and no files.
/// </summary>
/// <remarks>
/// <code>
/// GeneratedNetworks model 1
/// source "models/digits.onnx"
/// format "ONNX, opset 13, by pytorch 1.13.1"
/// input 64
/// layer Dense units=32 activation=Relu Name="fc1"
/// layer Dense units=10 activation=Softmax Name="fc2"
/// tensor "fc1.weight" F32 64 32
/// (the elements as little-endian IEEE numbers in Base64, one line)
/// tensor "fc1.bias" F32 32
/// (…)
/// end 4
/// </code>
/// Strings are quoted and escape \, ", line feed and carriage return with \. F32 holds 32-bit, F64 64-bit elements; any other type is named and has
/// no line of elements. A file of tensors alone has neither input nor layer lines; where it says how weights lie it has a line <c>order InOut</c> or
/// <c>order OutIn</c>, and where it says no more than that PyTorch wrote it, a line <c>from PyTorch</c>. Instead of everything from <c>input</c> on, a
/// file that cannot be used has a line <c>error "…"</c>. The number behind <c>end</c> counts the tensors.
/// </remarks>
public static class ModelText
{
    /// <summary>The first line; a change of the format changes its number.</summary>
    public const string Signature = "GeneratedNetworks model 1";

    private const int PieceLength = 3 * 4096;

    /// <summary>Writes a model.</summary>
    /// <param name="writer">Receives the text; its lines end with a line feed.</param>
    /// <param name="source">The model file's path as the project names it, with forward slashes.</param>
    /// <param name="model">What the file holds.</param>
    public static void Write(TextWriter writer, string source, ImportedModel model)
    {
        Begin(writer, source);
        Line(writer, $"format {Quote(model.Format)}");
        if (model.WeightOrder is { } order)
            Line(writer, $"order {order}");
        if (model.IsFromPyTorch)
            Line(writer, "from PyTorch");
        if (model.InputShape is { } shape)
            Line(writer, "input " + Join(shape));
        foreach (ImportedLayer layer in model.Layers)
        {
            IEnumerable<string> arguments = layer.Arguments.Select(argument => $" {argument.Key}={Value(argument.Value)}");
            Line(writer, $"layer {layer.Attribute}{string.Concat(arguments)}");
        }

        foreach (ImportedTensor tensor in model.Tensors)
            WriteTensor(writer, tensor);
        Line(writer, $"end {model.Tensors.Count}");
    }

    /// <summary>Writes why a file cannot be used; the generator reports it where the file is named.</summary>
    public static void WriteError(TextWriter writer, string source, string message)
    {
        Begin(writer, source);
        Line(writer, $"error {Quote(message)}");
        Line(writer, "end 0");
    }

    private static void Begin(TextWriter writer, string source)
    {
        Line(writer, Signature);
        Line(writer, $"source {Quote(source.Replace('\\', '/'))}");
    }

    private static void WriteTensor(TextWriter writer, ImportedTensor tensor)
    {
        // Folding may have left numbers that 32 bits do not hold, whatever the file stores.
        string type = tensor.Values is null ? tensor.ElementType : tensor.FitsSingle ? "F32" : "F64";
        Line(writer, $"tensor {Quote(tensor.Name)} {type} {Join(tensor.Shape)}".TrimEnd());
        if (tensor.Values is not { } values)
            return;

        // Piece by piece: the whole as bytes and as text would take several times the memory of the numbers. Base64 takes three bytes at a time.
        for (int i = 0; i < values.Length; i += PieceLength)
        {
            ReadOnlySpan<double> piece = values.AsSpan(i, Math.Min(PieceLength, values.Length - i));
            writer.Write(Convert.ToBase64String(type == "F32" ? Singles(piece) : Doubles(piece)));
        }

        Line(writer, "");
    }

    private static byte[] Singles(ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), (float)values[i]);
        return bytes;
    }

    private static byte[] Doubles(ReadOnlySpan<double> values)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values).ToArray();
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return bytes;
    }

    private static string Join(IEnumerable<int> extents) => string.Join(' ', extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));

    private static string Value(object value) => value switch
    {
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        _ => throw new ArgumentException($"An argument cannot be of type {value.GetType()}.", nameof(value)),
    };

    private static string Quote(string text)
    {
        StringBuilder quoted = new StringBuilder().Append('"');
        foreach (char character in text)
        {
            _ = character switch
            {
                '\\' or '"' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static void Line(TextWriter writer, string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
