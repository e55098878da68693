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
/// GeneratedNetworks model 3
/// source "models/policy.onnx"
/// format "ONNX, opset 13, by pytorch 1.13.1"
/// note "The file uses the weights 'w' in 2 layers, 'a', 'b'; …"
/// network "action"
/// input 64 "observations"
/// layer Normalize Clip=5.0 Name="observation"
/// layer Dense units=32 activation=Relu UseBias=true Name="fc1"
/// layer Clip minimum=-1.0 maximum=3.0
/// value 2 4 linear "logits"
/// tensor "observation.mean" F32 64
/// (the elements as little-endian IEEE numbers in Base64, one line)
/// …
/// network "value"
/// input 64 "observations" "observations"
/// input 2 "command:0" "command_0"
/// output "value" "value/out"
/// output "risk" "risk/out"
/// layer …
/// same 0 "observation.mean"
/// …
/// end 12
/// </code>
/// Strings are quoted and escape \, ", line feed and carriage return with \. F32 holds 32-bit, F64 64-bit elements; any other type is named and has
/// no line of elements; <c>same 3 "name"</c> stands for the elements of tensor 3, counted from 0. A real argument has a point, an exponent or is an
/// infinity. A network is an output of the file: the first is the file's own, or, behind a line <c>error "…"</c>, there is none that goes without being
/// asked for. Its line is left out where nothing names it, and so is the name of the input. A line <c>open</c> says that the first extent of the input is one
/// of many: the declaration chooses it. A line <c>frames</c> behind the inputs says the same of the first extent of each, and that the declaration need not choose. Where there are several inputs, each has a line with the file's name
/// for it and that by which layers read it; where there are several outputs, each has a line with the layer that gives it and the file's name. <c>value 2 4 linear "logits"</c> names a value inside: that behind 2 layers with 4 tensors, the
/// last without its activation. <c>inference "…"</c> says why it must not be trained. A file of tensors alone has neither network, input nor layer lines,
/// and a line <c>order InOut</c> or <c>order OutIn</c> where it says how weights lie, or <c>from PyTorch</c> where it says no more than that
/// PyTorch wrote it; <c>function "dense1" "Tanh"</c> names the functions behind a layer. The number behind <c>end</c> counts the tensors.
/// </remarks>
public static class ModelText
{
    /// <summary>The first line; a change of the format changes its number.</summary>
    public const string Signature = "GeneratedNetworks model 3";

    private const int PieceLength = 3 * 4096;

    /// <summary>Writes a model.</summary>
    /// <param name="writer">Receives the text; its lines end with a line feed.</param>
    /// <param name="source">The model file's path as the project names it, with forward slashes.</param>
    /// <param name="model">What the file holds.</param>
    public static void Write(TextWriter writer, string source, ImportedModel model) => Write(writer, source, new ImportedChoice(model, null, []));

    /// <summary>Writes all outputs of a file.</summary>
    /// <param name="writer">Receives the text; its lines end with a line feed.</param>
    /// <param name="source">The model file's path as the project names it, with forward slashes.</param>
    /// <param name="choice">What the file holds.</param>
    public static void Write(TextWriter writer, string source, ImportedChoice choice)
    {
        Begin(writer, source);
        List<ImportedModel> models = choice.Default is { } usual ? [usual, .. choice.Others] : [.. choice.Others];
        if (models.Count > 0)
            Line(writer, $"format {Quote(models[0].Format)}");
        if (choice.Default is null)
            Line(writer, $"error {Quote(choice.Problem?.Message ?? $"{source}: it holds no network.")}");
        if (models.Count > 0 && models[0].WeightOrder is { } order)
            Line(writer, $"order {order}");
        if (models.Count > 0 && models[0].IsFromPyTorch)
            Line(writer, "from PyTorch");
        foreach (KeyValuePair<string, string> function in models.Count > 0 ? models[0].Functions : [])
            Line(writer, $"function {Quote(function.Key)} {Quote(function.Value)}");
        foreach (string note in models.SelectMany(model => model.Notes).Distinct())
            Line(writer, $"note {Quote(note)}");
        List<ImportedTensor> written = [];
        foreach (ImportedModel model in models)
            Write(writer, model, written);
        Line(writer, $"end {written.Count}");
    }

    private static void Write(TextWriter writer, ImportedModel model, List<ImportedTensor> written)
    {
        if (model.Output is { } output)
            Line(writer, $"network {Quote(output)}");
        if (model.InputShape is { } shape && model.Inputs.Count == 0)
            Line(writer, "input " + Join(shape) + (model.InputName is { } input ? " " + Quote(input) : ""));
        if (model.HasOpenSteps)
            Line(writer, "open");
        foreach (ImportedPort port in model.Inputs)
            Line(writer, $"input {Join(port.Shape)} {Quote(port.Name)} {Quote(port.Layer ?? port.Name)}");
        if (model.IsFrame)
            Line(writer, "frames");
        foreach (ImportedPort port in model.Outputs)
            Line(writer, $"output {Quote(port.Layer ?? port.Name)} {Quote(port.Name)}");
        if (model.InferenceOnly is { } reason)
            Line(writer, $"inference {Quote(reason)}");
        foreach (ImportedLayer layer in model.Layers)
        {
            IEnumerable<string> arguments = layer.Arguments.Select(argument => $" {argument.Key}={Value(argument.Value)}");
            Line(writer, $"layer {layer.Attribute}{string.Concat(arguments)}");
        }

        foreach (ImportedValue value in model.Values)
            Line(writer, string.Create(CultureInfo.InvariantCulture, $"value {value.Layers} {value.Tensors}{(value.IsLinear ? " linear" : "")} {Quote(value.Name)}"));
        int before = written.Count;
        foreach (ImportedTensor tensor in model.Tensors)
        {
            int same = written.FindIndex(0, before, other => IsSame(other, tensor));
            if (same >= 0)
                Line(writer, string.Create(CultureInfo.InvariantCulture, $"same {same} {Quote(tensor.Name)}"));
            else
                WriteTensor(writer, tensor);
            written.Add(tensor);
        }
    }

    private static bool IsSame(ImportedTensor left, ImportedTensor right) =>
        left.Values is { } a && right.Values is { } b && left.Shape.SequenceEqual(right.Shape) && a.AsSpan().SequenceEqual(b);

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
        double number => Real(number),
        int[] numbers => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        string[] texts => string.Join(',', texts.Select(Quote)),
        Enum name => name.ToString(),
        _ => throw new ArgumentException($"An argument cannot be of type {value.GetType()}.", nameof(value)),
    };

    /// <summary>Never like a whole number, so that its type can be told.</summary>
    private static string Real(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.All(character => char.IsAsciiDigit(character) || character == '-') ? text + ".0" : text;
    }

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
