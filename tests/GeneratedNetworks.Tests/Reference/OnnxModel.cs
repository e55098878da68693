using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>A network written as an ONNX graph of Gemm and activation nodes, run by ONNX Runtime in single precision.</summary>
internal sealed class OnnxModel : IDisposable
{
    // The first opset with Gelu; Mish came with 18.
    private const int Opset = 20;

    private readonly InferenceSession _session;
    private readonly int _inputSize;

    public OnnxModel(NaiveNetwork network)
    {
        _inputSize = network.InputSize;
        _session = new InferenceSession(Build(network).ToByteArray());
    }

    public double[] Forward(double[] inputs)
    {
        DenseTensor<float> tensor = new(inputs.Select(value => (float)value).ToArray(), [inputs.Length / _inputSize, _inputSize]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([NamedOnnxValue.CreateFromTensor("input", tensor)]);
        return results[0].AsEnumerable<float>().Select(value => (double)value).ToArray();
    }

    public void Dispose() => _session.Dispose();

    private static ModelProto Build(NaiveNetwork network)
    {
        GraphProto graph = new() { Name = "network" };
        graph.Input.Add(Value("input", network.InputSize));
        string current = "input";
        Queue<(string Name, int[] Shape, int Offset)> tensors = new(network.Layout());
        foreach (DenseSpec dense in network.Spec.Layers.Cast<DenseSpec>())
        {
            string output = $"z{graph.Node.Count}";
            string weight = AddTensor(graph, network, tensors.Dequeue());
            string bias = AddTensor(graph, network, tensors.Dequeue());
            graph.Node.Add(Node("Gemm", output, [], current, weight, bias));
            current = AddActivation(graph, dense.Activation, output);
        }

        graph.Output.Add(Value(current, network.OutputSize));
        ModelProto model = new() { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return model;
    }

    private static string AddActivation(GraphProto graph, Activation activation, string z)
    {
        string y = $"{z}_{activation}";
        switch (activation)
        {
            case Activation.Identity:
                graph.Node.Add(Node("Identity", y, [], z));
                break;
            case Activation.LeakyRelu:
                graph.Node.Add(Node("LeakyRelu", y, [Real("alpha", 0.01f)], z));
                break;
            case Activation.GeluTanh:
                graph.Node.Add(Node("Gelu", y, [Text("approximate", "tanh")], z));
                break;
            case Activation.Silu:
                graph.Node.Add(Node("Sigmoid", $"{y}_sigmoid", [], z));
                graph.Node.Add(Node("Mul", y, [], z, $"{y}_sigmoid"));
                break;
            case Activation.LogSigmoid:
                graph.Node.Add(Node("Neg", $"{y}_minus", [], z));
                graph.Node.Add(Node("Softplus", $"{y}_softplus", [], $"{y}_minus"));
                graph.Node.Add(Node("Neg", y, [], $"{y}_softplus"));
                break;
            case Activation.HardSigmoid:
                graph.Node.Add(Node("HardSigmoid", y, [Real("alpha", 1f / 6), Real("beta", 0.5f)], z));
                break;
            case Activation.HardTanh:
                graph.Node.Add(Node("Clip", y, [], z, AddScalar(graph, $"{y}_low", -1), AddScalar(graph, $"{y}_high", 1)));
                break;
            case Activation.Relu6:
                graph.Node.Add(Node("Clip", y, [], z, AddScalar(graph, $"{y}_low", 0), AddScalar(graph, $"{y}_high", 6)));
                break;
            case Activation.Softmax or Activation.LogSoftmax:
                graph.Node.Add(Node(activation.ToString(), y, [Whole("axis", -1)], z));
                break;
            default:
                graph.Node.Add(Node(activation.ToString(), y, [], z));
                break;
        }

        return y;
    }

    private static NodeProto Node(string op, string output, AttributeProto[] attributes, params string[] inputs)
    {
        NodeProto node = new() { OpType = op, Name = $"{op}_{output}" };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        return node;
    }

    private static AttributeProto Real(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    private static AttributeProto Whole(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    private static string AddTensor(GraphProto graph, NaiveNetwork network, (string Name, int[] Shape, int Offset) tensor)
    {
        TensorProto proto = new() { Name = tensor.Name, DataType = (int)TensorProto.Types.DataType.Float };
        proto.Dims.AddRange(tensor.Shape.Select(extent => (long)extent));
        int length = tensor.Shape.Aggregate(1, (product, extent) => product * extent);
        proto.FloatData.AddRange(network.Parameters.Skip(tensor.Offset).Take(length).Select(value => (float)value));
        graph.Initializer.Add(proto);
        return tensor.Name;
    }

    private static string AddScalar(GraphProto graph, string name, float value)
    {
        TensorProto proto = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        proto.FloatData.Add(value);
        graph.Initializer.Add(proto);
        return name;
    }

    private static ValueInfoProto Value(string name, int size)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "n" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        TypeProto type = new() { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } };
        return new ValueInfoProto { Name = name, Type = type };
    }
}
