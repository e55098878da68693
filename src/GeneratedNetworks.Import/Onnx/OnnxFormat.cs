using Google.Protobuf;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Reads an ONNX file: the container, then its graph along the one chain from the input to the output.</summary>
internal static class OnnxFormat
{
    /// <summary>From this version of the operator set on, operators broadcast as NumPy does and no longer by an attribute of their own.</summary>
    public const long OldestOpset = 7;

    public static ImportedModel Read(ModelSource source)
    {
        ModelProto model = Parse(source);
        OnnxGraph graph = new(source, model.Graph ?? throw source.Error("it holds no graph: it is empty or no ONNX file."), Opset(source, model));
        return new OnnxReader(graph).Read(Describe(model, graph.Opset));
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
        if (set.Version < OldestOpset)
            throw source.Error($"it uses version {set.Version} of the operator set; {OldestOpset} is the oldest that is supported.");
        return set.Version;
    }

    private static string Describe(ModelProto model, long opset)
    {
        string producer = $"{model.ProducerName} {model.ProducerVersion}".Trim();
        return producer.Length == 0 ? $"ONNX, opset {opset}" : $"ONNX, opset {opset}, by {Shorten(producer)}";
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
