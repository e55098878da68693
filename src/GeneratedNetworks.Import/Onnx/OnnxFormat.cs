using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Reads an ONNX file: the container, then its graph along the one chain from the input to the output.</summary>
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
        try
        {
            return new OnnxReader(new OnnxGraph(source, graph, opset), rowsAreSamples: false).Read(format);
        }
        catch (ModelFileException) when (HasRows(graph))
        {
            try
            {
                return new OnnxReader(new OnnxGraph(source, graph, opset), rowsAreSamples: true).Read(format + ", a sample being a row of the last axis");
            }
            catch (ModelFileException)
            {
                // The first reading is the usual one, and its message the one that helps: it is thrown on.
            }

            throw;
        }
    }

    /// <summary>
    /// Whether the input has axes between the batch and the last, over whose rows the graph may run one by one, as over the words of a sentence.
    /// </summary>
    private static bool HasRows(GraphProto graph)
    {
        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        return graph.Input.FirstOrDefault(value => !initializers.Contains(value.Name))?.Type?.TensorType?.Shape?.Dim.Count > 2;
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
            throw source.Error($"it is damaged or no ONNX file ({exception.Message.ReplaceLineEndings(" ")}).", exception);
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
