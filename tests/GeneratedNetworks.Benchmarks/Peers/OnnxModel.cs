using System;
using System.Runtime.InteropServices;
using GeneratedNetworks.Benchmarks.Networks;
using Google.Protobuf;
using Onnx;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>The shape of a case as an ONNX model of Gemm nodes and activations, with a fixed batch and random weights.</summary>
internal static class OnnxModel
{
    public const string Input = "x";

    public const string Output = "y";

    public static byte[] Build(NetworkCase network, int batch)
    {
        GraphProto graph = new() { Name = "network" };
        graph.Input.Add(Tensor(Input, batch, network.InputSize));
        graph.Output.Add(Tensor(Output, batch, network.OutputSize));

        Random random = new(1);
        string current = Input;
        for (int layer = 1; layer < network.Sizes.Length; layer++)
        {
            int inputs = network.Sizes[layer - 1], outputs = network.Sizes[layer];
            bool last = layer == network.Sizes.Length - 1;
            double scale = Math.Sqrt(2.0 / inputs);
            graph.Initializer.Add(Constant($"w{layer}", [inputs, outputs], () => (float)(scale * ((2 * random.NextDouble()) - 1))));
            graph.Initializer.Add(Constant($"b{layer}", [outputs], static () => 0));

            string sum = last ? Output : $"z{layer}";
            graph.Node.Add(Node("Gemm", [current, $"w{layer}", $"b{layer}"], sum));
            current = sum;
            if (!last)
            {
                current = $"h{layer}";
                graph.Node.Add(Node(network.Hidden.ToString(), [sum], current));
            }
        }

        ModelProto model = new() { IrVersion = 8, ProducerName = "GeneratedNetworks.Benchmarks", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model.ToByteArray();
    }

    public static NodeProto Node(string type, string[] inputs, string output)
    {
        NodeProto node = new() { OpType = type, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static TensorProto Constant(string name, int[] shape, Func<float> next)
    {
        int length = 1;
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        foreach (int size in shape)
        {
            tensor.Dims.Add(size);
            length *= size;
        }

        float[] values = new float[length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = next();
        }

        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor;
    }

    public static ValueInfoProto Tensor(string name, params int[] shape)
    {
        TensorShapeProto dimensions = new();
        foreach (int size in shape)
        {
            dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        TypeProto.Types.Tensor tensor = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
