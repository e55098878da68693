using System.Reflection;
using GeneratedNetworks.Import.Onnx.Export;
using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Writes a network as an ONNX file that any runtime of operator set 13 or newer runs, and that <see cref="ModelFile"/> reads again.
/// </summary>
public static class OnnxExport
{
    /// <summary>
    /// The operator set of the files: the oldest in which reductions and shapes are as they still are. What it lacks is written in simpler operators.
    /// </summary>
    public const int Opset = 13;

    // The version of the container that came with this operator set.
    private const int IrVersion = 7;

    /// <summary>
    /// Writes the network. Its input is called "input" and has a free batch axis, "batch", before the axes of one sample; its output is called
    /// "output".
    /// Weights are called as in <paramref name="model"/> and stored [in, out]. Dropout is left out.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="model">A model with layers and the values of all its parameters, in canonical order.</param>
    /// <param name="precision">The type of inputs, outputs and weights.</param>
    /// <exception cref="ArgumentException">The model holds tensors alone, or its tensors do not fit its layers.</exception>
    /// <exception cref="NotSupportedException">The file would be larger than the format allows, 2 GB.</exception>
    public static void Write(Stream stream, ImportedModel model, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        if (model.InputShape is not { } shape)
            throw new ArgumentException("The model holds tensors alone; only one with layers can be written as ONNX.", nameof(model));
        long bytes = model.Tensors.Sum(tensor => (long)(tensor.Values?.Length ?? 0)) * (precision == Precision.Double ? sizeof(double) : sizeof(float));
        if (bytes > ModelFile.MaximumBytes)
            throw new NotSupportedException($"The weights have {bytes} bytes, and an ONNX file has at most {ModelFile.MaximumBytes}.");

        GraphProto graph = new NetworkWriter(model, precision).Write(shape);
        ModelProto file = new() { IrVersion = IrVersion, ProducerName = "GeneratedNetworks", ProducerVersion = Version(), Graph = graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        file.WriteTo(stream);
    }

    private static string Version() => typeof(OnnxExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
