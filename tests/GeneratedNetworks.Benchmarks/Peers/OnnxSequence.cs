using System;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace GeneratedNetworks.Benchmarks.Peers;

/// <summary>A recurrent layer and a dense layer over its steps as an ONNX model of one sequence, with a network's own parameters.</summary>
internal static class OnnxSequence
{
    /// <param name="network">A GRU or an LSTM that returns sequences, and a dense layer.</param>
    /// <param name="steps">Of a window.</param>
    /// <param name="isLstm">Whether it is an LSTM.</param>
    public static byte[] Build(INetwork<float> network, int steps, bool isLstm)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        int gates = isLstm ? 4 : 3, biases = isLstm ? 1 : 2, inputs = network.InputSize / steps, outputs = network.OutputSize / steps;
        NetworkParameter[] layout = network.ParameterLayout.ToArray();
        float[][] blocks = [.. layout.Select(block => parameters.AsSpan(block.Offset, block.Length).ToArray())];
        int units = blocks[0].Length / inputs / gates, width = gates * units;

        // i, f, g, o here, i, o, f, c there; z, r, n alike.
        int[] order = isLstm ? [0, 3, 1, 2] : [0, 1, 2];
        float[] bias = new float[2 * width];
        for (int b = 0; b < biases; b++)
        {
            Rearranged(blocks[2].AsSpan(b * width, width), 1, units, order).CopyTo(bias, b * width);
        }

        GraphProto graph = new() { Name = "network" };
        graph.Input.Add(OnnxModel.Tensor(OnnxModel.Input, steps, 1, inputs));
        graph.Output.Add(OnnxModel.Tensor(OnnxModel.Output, steps, 1, outputs));
        graph.Initializer.Add(Constant("W", Rearranged(blocks[0], inputs, units, order), 1, width, inputs));
        graph.Initializer.Add(Constant("R", Rearranged(blocks[1], units, units, order), 1, width, units));
        graph.Initializer.Add(Constant("B", bias, 1, 2 * width));
        graph.Initializer.Add(Constant("weight", blocks[3], units, outputs));
        graph.Initializer.Add(Constant("bias", blocks[4], outputs));
        TensorProto axes = new() { Name = "axes", DataType = (int)TensorProto.Types.DataType.Int64 };
        axes.Dims.Add(1);
        axes.Int64Data.Add(1);
        graph.Initializer.Add(axes);

        NodeProto cell = OnnxModel.Node(isLstm ? "LSTM" : "GRU", [OnnxModel.Input, "W", "R", "B"], "states");
        cell.Attribute.Add(new AttributeProto { Name = "hidden_size", Type = AttributeProto.Types.AttributeType.Int, I = units });
        if (!isLstm)
        {
            cell.Attribute.Add(new AttributeProto { Name = "linear_before_reset", Type = AttributeProto.Types.AttributeType.Int, I = 1 });
        }

        graph.Node.Add(cell);
        graph.Node.Add(OnnxModel.Node("Squeeze", ["states", "axes"], "steps"));
        graph.Node.Add(OnnxModel.Node("MatMul", ["steps", "weight"], "product"));
        graph.Node.Add(OnnxModel.Node("Add", ["product", "bias"], OnnxModel.Output));
        ModelProto model = new() { IrVersion = 8, ProducerName = "GeneratedNetworks.Benchmarks", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model.ToByteArray();
    }

    /// <summary>[rows, gates·units] as [gates·units, rows], gates in another order.</summary>
    private static float[] Rearranged(ReadOnlySpan<float> matrix, int rows, int units, int[] order)
    {
        int width = order.Length * units;
        float[] result = new float[matrix.Length];
        for (int gate = 0; gate < order.Length; gate++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int row = 0; row < rows; row++)
                {
                    result[(((gate * units) + unit) * rows) + row] = matrix[(row * width) + (order[gate] * units) + unit];
                }
            }
        }

        return result;
    }

    private static TensorProto Constant(string name, float[] values, params int[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(shape.Select(static extent => (long)extent));
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor;
    }
}
