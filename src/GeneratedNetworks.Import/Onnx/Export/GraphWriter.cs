using System.Buffers.Binary;
using System.Globalization;
using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx.Export;

/// <summary>A graph in the making: nodes that each give one value, and constants in one precision.</summary>
internal sealed class GraphWriter(Precision precision)
{
    public const string Input = "input";
    public const string Output = "output";

    private readonly GraphProto _graph = new() { Name = "network" };
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { Input, Output };

    public Precision Precision { get; } = precision;

    private DataType ElementType => Precision == Precision.Double ? DataType.Double : DataType.Float;

    /// <summary>Adds a node of a layer and returns the name of its value.</summary>
    public string Add(string op, string layer, IReadOnlyList<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = Unique($"{layer}/{op}");
        NodeProto node = new() { OpType = op, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
        return name;
    }

    public string AddTensor(string name, int[] shape, double[] values)
    {
        if (!_names.Add(name))
            throw new ArgumentException($"There are two tensors called '{name}'.");
        TensorProto tensor = new() { Name = name, DataType = (int)ElementType, RawData = UnsafeByteOperations.UnsafeWrap(Raw(values)) };
        tensor.Dims.AddRange(shape.Select(extent => (long)extent));
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>A number as a constant without an axis, once for all nodes that use it.</summary>
    public string Number(double value)
    {
        string name = "number/" + value.ToString("R", CultureInfo.InvariantCulture);
        return _names.Contains(name) ? name : AddTensor(name, [], [value]);
    }

    public string AddShape(string layer, long[] extents)
    {
        TensorProto tensor = new() { Name = Unique($"{layer}/shape"), DataType = (int)DataType.Int64 };
        tensor.Dims.Add(extents.Length);
        tensor.Int64Data.AddRange(extents);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Names the input and the output and returns the graph.</summary>
    public GraphProto Finish(string result, int[] inputShape, int[] outputShape)
    {
        if (result == Input)
            result = Add("Identity", "network", [Input]);
        NodeProto last = _graph.Node[^1];
        if (last.Output[0] != result)
            throw new InvalidOperationException($"'{result}' is not the value of the last node.");
        last.Output[0] = Output;
        _graph.Input.Add(Describe(Input, inputShape));
        _graph.Output.Add(Describe(Output, outputShape));
        return _graph;
    }

    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Real(string name, double value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)value };

    private ValueInfoProto Describe(string name, int[] shape)
    {
        TensorShapeProto axes = new();
        axes.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        axes.Dim.AddRange(shape.Select(extent => new TensorShapeProto.Types.Dimension { DimValue = extent }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType, Shape = axes } } };
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = $"{name}{i}";
        return unique;
    }

    private byte[] Raw(double[] values)
    {
        int size = Precision == Precision.Double ? sizeof(double) : sizeof(float);
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> element = bytes.AsSpan(i * size);
            if (Precision == Precision.Double)
                BinaryPrimitives.WriteDoubleLittleEndian(element, values[i]);
            else
                BinaryPrimitives.WriteSingleLittleEndian(element, (float)values[i]);
        }

        return bytes;
    }
}
