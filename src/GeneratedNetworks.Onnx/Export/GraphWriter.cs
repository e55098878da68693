using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>A graph in the making: nodes and their values, and constants in one precision.</summary>
internal sealed class GraphWriter(Precision precision, OnnxHeader header)
{
    /// <summary>The number of whole numbers' type in the format.</summary>
    public const int Int64Type = 7;

    private const int SingleType = 1;
    private const int DoubleType = 11;

    /// <summary>From this operator set on, reductions take their axes as an input.</summary>
    private const int AxesAsInput = 18;

    private readonly HashSet<string> _names = new(header.Inputs.Concat(header.Outputs), StringComparer.Ordinal);
    private readonly Dictionary<double, string> _numbers = [];
    private readonly List<Node> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly List<(string Input, string Output, IReadOnlyList<int> Shape)> _memories = [];
    private readonly Dictionary<string, string> _remembered = new(StringComparer.Ordinal);

    public Precision Precision { get; } = precision;

    public int Opset => header.Opset;

    private int ElementType => Precision == Precision.Double ? DoubleType : SingleType;

    /// <summary>Adds a node of a layer and returns the name of its value.</summary>
    public string Add(string op, string layer, IReadOnlyList<string> inputs, params ProtoMessage[] attributes)
    {
        string name = Unique($"{layer}/{op}");
        _nodes.Add(new Node(op, name, inputs, attributes));
        return name;
    }

    /// <summary>Adds a node of several values and returns their names; an empty word leaves one out.</summary>
    public string[] AddSeveral(string op, string layer, IReadOnlyList<string> inputs, IReadOnlyList<string> words, params ProtoMessage[] attributes)
    {
        string name = Unique($"{layer}/{op}");
        string[] values = [.. words.Select(word => word.Length == 0 ? "" : Unique($"{name}/{word}"))];
        _nodes.Add(new Node(op, name, inputs, attributes) { Outputs = values });
        return values;
    }

    /// <summary>Adds an input for what a layer remembers, and returns its name.</summary>
    public string Memory(string name, IReadOnlyList<int> shape)
    {
        string input = Unique(name + "_in");
        _memories.Add((input, Unique(name + "_out"), shape));
        return input;
    }

    /// <summary>Says which value a memory becomes.</summary>
    public void Remember(string memory, string value) => _remembered.Add(memory, value);

    /// <summary>Adds a reduction over axes, which stay with an extent of 1, or go.</summary>
    public string Reduce(string op, string layer, string value, IReadOnlyList<int> axes, bool keepsAxes)
    {
        ProtoMessage keeps = Whole("keepdims", keepsAxes ? 1 : 0);
        return Opset >= AxesAsInput
            ? Add(op, layer, [value, AddWholes(layer, "axes", [.. axes.Select(axis => (long)axis)])], keeps)
            : Add(op, layer, [value], Wholes("axes", axes), keeps);
    }

    /// <summary>Adds numbers. They keep their name, unless an input or output has it already.</summary>
    public string AddTensor(string name, IReadOnlyList<int> shape, double[] values)
    {
        if (header.Inputs.Contains(name) || header.Outputs.Contains(name))
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

    /// <summary>Adds whole numbers that a node takes as an input.</summary>
    /// <param name="layer">The node's layer.</param>
    /// <param name="what">What they are, in a word.</param>
    /// <param name="numbers">The numbers.</param>
    public string AddWholes(string layer, string what, IReadOnlyList<long> numbers)
    {
        string name = Unique($"{layer}/{what}");
        byte[] bytes = new byte[numbers.Count * sizeof(long)];
        for (int i = 0; i < numbers.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), numbers[i]);
        _initializers.Add(Tensor(name, [numbers.Count], Int64Type, bytes));
        return name;
    }

    /// <summary>Names the outputs and returns the graph.</summary>
    /// <param name="inputShapes">Those of one sample of each input.</param>
    /// <param name="results">The value and the shape of each output.</param>
    public ProtoMessage Finish(IReadOnlyList<IReadOnlyList<int>> inputShapes, IReadOnlyList<(string Value, IReadOnlyList<int> Shape)> results)
    {
        // The node that computes an output gives it, under the output's name; what is an input, or another output as well, is handed on.
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        for (int i = 0; i < results.Count; i++)
        {
            string value = results[i].Value;
            if (header.Inputs.Contains(value) || renamed.ContainsKey(value))
                value = Add("Identity", "network", [value]);
            renamed.Add(value, header.Outputs[i]);
        }

        foreach ((string input, string output, _) in _memories)
            renamed.Add(_remembered[input], output);

        ProtoMessage graph = new();
        foreach (Node node in _nodes)
            graph.Message(1, node.Write(name => renamed.TryGetValue(name, out string? output) ? output : name));
        graph.Text(2, "network");
        foreach (ProtoMessage initializer in _initializers)
            graph.Message(5, initializer);
        for (int i = 0; i < inputShapes.Count; i++)
            graph.Message(11, Describe(header.Inputs[i], inputShapes[i]));
        foreach ((string input, _, IReadOnlyList<int> shape) in _memories)
            graph.Message(11, Describe(input, shape));
        for (int i = 0; i < results.Count; i++)
            graph.Message(12, Describe(header.Outputs[i], results[i].Shape));
        foreach ((_, string output, IReadOnlyList<int> shape) in _memories)
            graph.Message(12, Describe(output, shape));
        return graph;
    }

    public static ProtoMessage Whole(string name, long value) => new ProtoMessage().Text(1, name).Whole(3, value).Whole(20, 2);

    public static ProtoMessage Wholes(string name, IEnumerable<int> values)
    {
        ProtoMessage attribute = new ProtoMessage().Text(1, name);
        foreach (int value in values)
            attribute.Whole(8, value);
        return attribute.Whole(20, 7);
    }

    public static ProtoMessage Texts(string name, IEnumerable<string> values)
    {
        ProtoMessage attribute = new ProtoMessage().Text(1, name);
        foreach (string value in values)
            attribute.Text(9, value);
        return attribute.Whole(20, 8);
    }

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
        /// <summary>Its values; one is called as the node is.</summary>
        public IReadOnlyList<string> Outputs { get; init; } = [Name];

        public ProtoMessage Write(Func<string, string> nameOf)
        {
            ProtoMessage node = new();
            foreach (string input in Inputs)
                node.Text(1, nameOf(input));
            foreach (string output in Outputs)
                node.Text(2, nameOf(output));
            node.Text(3, Name).Text(4, Op);
            foreach (ProtoMessage attribute in Attributes)
                node.Message(5, attribute);
            return node;
        }
    }
}
