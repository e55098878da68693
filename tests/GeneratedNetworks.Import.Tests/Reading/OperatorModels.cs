using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;
using Google.Protobuf;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Models of one operator or a few, executed by the reading and by ONNX Runtime.</summary>
internal static class OperatorModels
{
    // ONNX Runtime sums in 32 bits.
    private const double Tolerance = 1e-5;

    public static NodeProto WithInts(this NodeProto node, string attribute, params long[] values)
    {
        AttributeProto made = new() { Name = attribute, Type = AttributeProto.Types.AttributeType.Ints };
        made.Ints.AddRange(values);
        node.Attribute.Add(made);
        return node;
    }

    public static NodeProto WithText(this NodeProto node, string attribute, string value)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });
        return node;
    }

    public static TensorProto Integers(string name, params long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }

    /// <summary>A tensor of normally distributed numbers.</summary>
    public static TensorProto Drawn(this Random random, string name, params long[] shape) =>
        OnnxModels.Floats(name, shape, random.Numbers((int)shape.Aggregate(1L, (product, extent) => product * extent)));

    public static float[] Numbers(this Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    /// <summary>A model of an operator set, whose output has some number of axes.</summary>
    public static byte[] File(IEnumerable<NodeProto> nodes, IEnumerable<TensorProto> tensors, long[] sample, int opset)
    {
        ModelProto model = OnnxModels.Model(nodes, tensors, sample);
        model.IrVersion = 8;
        model.OpsetImport[0].Version = opset;
        model.Graph.Output[0] = new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } } };
        return model.ToByteArray();
    }

    public static ModelReading Open(byte[] file, params string[] outputs) => ModelReading.Open(new ModelSource("model.onnx", file, null), outputs);

    /// <summary>Both give the same of a random sample.</summary>
    public static void MustAgree(Random random, byte[] file, string what)
    {
        using OnnxRuntime runtime = new(file);
        ModelReading reading = Open(file);
        double[] sample = Array.ConvertAll(random.Numbers(reading.InputSize), value => (double)value);
        Approx.Equal(runtime.Forward(sample), reading.Run(sample), Tolerance, what);
    }

    /// <summary>The message by which a file is refused when it is opened or run.</summary>
    public static string Refuse(byte[] file) => Assert.Throws<ModelFileException>(() =>
    {
        ModelReading reading = Open(file);
        reading.Run(new double[reading.InputSize]);
    }).Message;
}
