using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Small models made in memory, sound or damaged.</summary>
internal static class OnnxModels
{
    public static ImportedModel Read(ModelProto model, string? folder = null) => OnnxFormat.Read(new ModelSource("model.onnx", model.ToByteArray(), folder));

    /// <summary>The message with which the model is refused.</summary>
    public static string Refuse(ModelProto model, string? folder = null) => Assert.Throws<ModelFileException>(() => Read(model, folder)).Message;

    /// <summary>A graph from "x", of shape [batch, 4] unless told otherwise, to "y".</summary>
    public static ModelProto Model(IEnumerable<NodeProto> nodes, IEnumerable<TensorProto> tensors, params ReadOnlySpan<long> sample)
    {
        GraphProto graph = new() { Name = "network" };
        graph.Node.AddRange(nodes);
        graph.Initializer.AddRange(tensors);
        graph.Input.Add(Value("x", sample.Length == 0 ? [4] : sample.ToArray()));
        graph.Output.Add(new ValueInfoProto { Name = "y" });
        ModelProto model = new() { IrVersion = 7, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return model;
    }

    public static ModelProto Gemm(TensorProto weight) => Model([Node("Gemm", "product", "y", "x", weight.Name)], [weight]);

    public static NodeProto Node(string op, string name, string output, params ReadOnlySpan<string> inputs)
    {
        NodeProto node = new() { OpType = op, Name = name };
        node.Output.Add(output);
        foreach (string input in inputs)
            node.Input.Add(input);
        return node;
    }

    public static NodeProto With(this NodeProto node, string attribute, double value)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Float, F = (float)value });
        return node;
    }

    public static NodeProto With(this NodeProto node, string attribute, long value)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Int, I = value });
        return node;
    }

    public static NodeProto With(this NodeProto node, string attribute, string value)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });
        return node;
    }

    public static TensorProto Floats(string name, long[] shape, params float[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        return tensor;
    }

    public static ValueInfoProto Value(string name, params long[] sample)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        shape.Dim.AddRange(sample.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } };
    }
}
