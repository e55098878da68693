using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Reads an ONNX file: the container, then its graph from its inputs to the outputs that are asked for.</summary>
internal static class OnnxFormat
{
    /// <summary>Up to here the published operator sets were read: none changes what an operator of the table computes.</summary>
    private const int NewestOpset = 28;

    public static ImportedModel Read(ModelSource source)
    {
        ModelProto model = Parse(source);
        GraphProto graph = model.Graph ?? throw source.Error("it holds no graph: it is empty or no ONNX file.");
        long opset = Opset(source, model);
        string format = Describe(model, opset);
        bool isFromPyTorch = model.ProducerName.Equals("pytorch", StringComparison.OrdinalIgnoreCase);
        OnnxOutputs outputs = new(source, graph);
        IReadOnlyList<string> chosen = outputs.Choose(name => Read(source, graph, opset, outputs, outputs.Parse(name) ?? [name], format, isFromPyTorch));
        return Read(source, graph, opset, outputs, chosen, format, isFromPyTorch) with { OtherOutputs = [.. outputs.Computed.Where(name => !chosen.Contains(name))] };
    }

    private static ImportedModel Read(ModelSource source, GraphProto proto, long opset, OnnxOutputs outputs, IReadOnlyList<string> chosen, string format, bool isFromPyTorch)
    {
        OnnxGraph graph = new(source, proto, opset, outputs, chosen, rowsAreSamples: false) { IsFromPyTorch = isFromPyTorch };
        try
        {
            return new OnnxReader(graph).Read(format);
        }
        catch (ModelFileException) when (chosen.Count == 1 && graph.Input.Type?.TensorType?.Shape?.Dim.Count > 2)
        {
            // Rows of the last axis may run one by one, as over the words of a sentence.
            try
            {
                graph = new OnnxGraph(source, proto, opset, outputs, chosen, rowsAreSamples: true) { IsFromPyTorch = isFromPyTorch };
                return new OnnxReader(graph).Read(format + ", a sample being a row of the last axis");
            }
            catch (ModelFileException)
            {
                // The first reading is the usual one, and its message the one that helps: it is thrown on.
            }

            throw;
        }
    }

    private static ModelProto Parse(ModelSource source)
    {
        try
        {
            MessageBudget.Check(source, ModelProto.Descriptor);
            return ModelProto.Parser.ParseFrom(source.Content);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw source.Error(CutFile.Describe(source.Content) ?? "it is damaged or no ONNX file.", exception);
        }
    }

    private static long Opset(ModelSource source, ModelProto model)
    {
        OperatorSetIdProto set = model.OpsetImport.FirstOrDefault(entry => entry.Domain is "" or OnnxNode.StandardDomain)
            ?? throw source.Error("it does not say which version of the standard operator set it uses (opset_import).");
        return set.Version switch
        {
            <= 0 => throw source.Error($"it uses version {set.Version} of the standard operator set, which does not exist."),
            > NewestOpset => throw source.Error(
                $"it uses version {set.Version} of the standard operator set, and versions up to {NewestOpset} are known: a later one may have given an "
                + "operator another meaning. Export the model for one of these."),
            _ => set.Version,
        };
    }

    private static string Describe(ModelProto model, long opset)
    {
        string producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        return producer.Length == 0 ? $"ONNX, opset {opset}" : $"ONNX, opset {opset}, by {Shorten(producer)}";
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
