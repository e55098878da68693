using GeneratedNetworks.Onnx.Export;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Writes a network as an ONNX file that any runtime of operator set 13 or newer runs, and that <see cref="ModelFile"/> reads again.
/// </summary>
public static class OnnxExport
{
    /// <summary>
    /// The operator set of the files: the oldest in which reductions and shapes are as they still are. What it lacks is written in simpler operators.
    /// </summary>
    public const int Opset = OnnxHeader.LowestOpset;

    /// <summary>
    /// Writes the network. Its input has a free batch axis, "batch", before the axes of one sample, whose channels are first where the file that the model comes
    /// from has them first, and so is the output. Input and output are called as in the file that the model
    /// comes from, otherwise "input" and "output"; the operator set is that file's where it is an ONNX file of <see cref="Opset"/> or later. Weights are called as in <paramref name="model"/> and stored [in, out]. Dropout is left out.
    /// A model that came from one frame of a stream is written so, with its memory as inputs and outputs.
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
        IEnumerable<ExportTensor> tensors = model.Tensors.Select(tensor => new ExportTensor(tensor.Name, tensor.Shape, tensor.Values ?? []));
        IEnumerable<ExportLayer> layers = model.Layers.Select(layer => ExportLayer.Of(layer.Attribute, layer.Arguments));
        OnnxHeader header = OnnxHeader.Of(model.Format, model.InputName, model.Output);
        if (model.Inputs.Count > 0)
            header = header with { Inputs = [.. model.Inputs.Select(input => input.Name)] };
        if (model.Outputs.Count > 0)
            header = header with { Outputs = [.. model.Outputs.Select(output => output.Name)] };
        if (header.Inputs.Concat(header.Outputs).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two inputs or outputs of the model are called '{twice.Key}'.", nameof(model));
        ExportInput[] inputs = model.Inputs.Count > 0 ? [.. model.Inputs.Select(input => new ExportInput(input.Layer ?? input.Name, input.Shape) { Order = OrderOf(input.Axes) })] : [new ExportInput(null, shape) { Order = OrderOf(model.InputAxes) }];
        ExportNetwork network = new(inputs, [.. layers], [.. model.Outputs.Select(output => output.Layer ?? output.Name)], [.. tensors])
        {
            OutputOrders = model.Outputs.Count > 0 ? [.. model.Outputs.Select(output => OrderOf(output.Axes))] : [OrderOf(model.OutputAxes)],
            Streams = model.IsFrame,
        };
        OnnxFile.Write(network, precision, header).WriteTo(stream);
    }

    /// <summary>That of the file which the model comes from.</summary>
    private static AxisOrder OrderOf(IReadOnlyList<int>? axes) => axes is { Count: > 1 } && axes[0] == axes.Count - 1 && axes.Skip(1).SequenceEqual(Enumerable.Range(0, axes.Count - 1))
        ? AxisOrder.ChannelsFirst
        : AxisOrder.ChannelsLast;
}
