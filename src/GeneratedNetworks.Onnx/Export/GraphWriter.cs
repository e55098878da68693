using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>A graph in the making: nodes that each give one value, and constants in one precision.</summary>
internal sealed class GraphWriter(Precision precision, OnnxHeader header)
{
    private const int SingleType = 1;
    private const int Int64Type = 7;
    private const int DoubleType = 11;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { header.Input, header.Output };
    private readonly Dictionary<double, string> _numbers = [];
    private readonly List<Node> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];

    public Precision Precision { get; } = precision;

    public string Input => header.Input;

    private int ElementType => Precision == Precision.Double ? DoubleType : SingleType;

    /// <summary>Adds a node of a layer and returns the name of its value.</summary>
    public string Add(string op, string layer, IReadOnlyList<string> inputs, params ProtoMessage[] attributes)
    {
        string name = Unique($"{layer}/{op}");
        _nodes.Add(new Node(op, name, inputs, attributes));
        return name;
    }

    /// <summary>Adds numbers. They keep their name, unless input or output have it already.</summary>
    public string AddTensor(string name, IReadOnlyList<int> shape, double[] values)
    {
        if (name == header.Input || name == header.Output)
            name = Unique(name);
        else if (!_names.Add(name))
            throw new ArgumentException($"There are two tensors called '{name}'.");
        _initializers.Add(Tensor(name, shape.Select(extent => (long)extent), ElementType, Raw(values)));
        return name;
    }

    /// <summary>A number as a constant without an axis, once for all nodes that use it.</summary>
    public string Number(double value)
    {
        if (!_numbers.TryGetValue(value, out string? name))
        {
            name = AddTensor("number/" + value.ToString("R", CultureInfo.InvariantCulture), [], [value]);
            _numbers.Add(value, name);
        }

        return name;
    }

    public string AddShape(string layer, IReadOnlyList<long> extents)
    {
        string name = Unique($"{layer}/shape");
        byte[] bytes = new byte[extents.Count * sizeof(long)];
        for (int i = 0; i < extents.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), extents[i]);
        _initializers.Add(Tensor(name, [extents.Count], Int64Type, bytes));
        return name;
    }

    /// <summary>Names the input and the output and returns the graph.</summary>
    public ProtoMessage Finish(string result, IReadOnlyList<int> inputShape, IReadOnlyList<int> outputShape)
    {
        if (result == Input)
            result = Add("Identity", "network", [Input]);
        if (_nodes[_nodes.Count - 1].Name != result)
            throw new InvalidOperationException($"'{result}' is not the value of the last node.");
        ProtoMessage graph = new();
        foreach (Node node in _nodes)
            graph.Message(1, node.Write(node.Name == result ? header.Output : node.Name));
        graph.Text(2, "network");
        foreach (ProtoMessage initializer in _initializers)
            graph.Message(5, initializer);
        return graph.Message(11, Describe(header.Input, inputShape)).Message(12, Describe(header.Output, outputShape));
    }

    public static ProtoMessage Whole(string name, long value) => new ProtoMessage().Text(1, name).Whole(3, value).Whole(20, 2);

    public static ProtoMessage Real(string name, double value) => new ProtoMessage().Text(1, name).Single(2, (float)value).Whole(20, 1);

    private static ProtoMessage Tensor(string name, IEnumerable<long> shape, int type, byte[] bytes)
    {
        ProtoMessage tensor = new();
        foreach (long extent in shape)
            tensor.Whole(1, extent);
        return tensor.Whole(2, type).Text(8, name).Bytes(9, bytes);
    }

    private ProtoMessage Describe(string name, IReadOnlyList<int> shape)
    {
        ProtoMessage axes = new ProtoMessage().Message(1, new ProtoMessage().Text(2, "batch"));
        foreach (int extent in shape)
            axes.Message(1, new ProtoMessage().Whole(1, extent));
        ProtoMessage tensor = new ProtoMessage().Whole(1, ElementType).Message(2, axes);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = FormattableString.Invariant($"{name}{i}");
        return unique;
    }

    private byte[] Raw(double[] values)
    {
        int size = Precision == Precision.Double ? sizeof(double) : sizeof(float);
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            byte[] element = Precision == Precision.Double ? BitConverter.GetBytes(values[i]) : BitConverter.GetBytes((float)values[i]);
            if (!BitConverter.IsLittleEndian)
                Array.Reverse(element);
            element.CopyTo(bytes, i * size);
        }

        return bytes;
    }

    private sealed record Node(string Op, string Name, IReadOnlyList<string> Inputs, ProtoMessage[] Attributes)
    {
        public ProtoMessage Write(string output)
        {
            ProtoMessage node = new();
            foreach (string input in Inputs)
                node.Text(1, input);
            node.Text(2, output).Text(3, Name).Text(4, Op);
            foreach (ProtoMessage attribute in Attributes)
                node.Message(5, attribute);
            return node;
        }
    }
}
