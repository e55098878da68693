using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// The graph of a file, checked and indexed: nodes that the output depends on, who reads which value, and the constants, folded as far as they are.
/// </summary>
/// <remarks>
/// The format demands nodes in topological order. That is checked first, so that there is no cycle, and nothing here recurses along the graph.
/// </remarks>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxConstant> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _consumers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, OnnxConstant>? _numbers;

    public OnnxGraph(ModelSource source, GraphProto graph, long opset, OnnxOutputs outputs, IReadOnlyList<string> wanted, bool rowsAreSamples)
    {
        Source = source;
        Opset = opset;
        Outputs = wanted;
        RowsAreSamples = rowsAreSamples;
        Budget = new TensorBudget(source);
        Tensors = new TensorReader(source, Budget);
        if (graph.SparseInitializer.Count > 0)
            throw source.Error("its graph has sparse initializers, which are not supported.");
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (tensor.Name.Length == 0 || !_initializers.TryAdd(tensor.Name, tensor))
                throw source.Error($"an initializer must have a name of its own, and there is a second '{OnnxNode.Shorten(tensor.Name)}'.");
        }

        ValueInfoProto[] inputs = [.. graph.Input.Where(value => !_initializers.ContainsKey(value.Name))];
        if (inputs.Length == 0)
            throw source.Error("its graph has no input.");
        OnnxNode[] nodes = [.. graph.Node.Select((node, i) => new OnnxNode(this, node, i))];
        CheckOrder(graph, nodes);
        ZeroStates.LeaveOut(nodes);
        HasSequences = nodes.Any(node => RecurrentOperators.Is(node.Operator));
        TimeFirst = SequenceOrder.TimeFirst(inputs, nodes);
        Shapes = new OnnxShapes(inputs, TimeFirst, source.Window);
        Fold(Needed(nodes, [.. wanted, .. outputs.Constants, .. outputs.States.Outputs]));
        States = StreamStates.Take(this, nodes, inputs, outputs.States);
        Constants = [.. outputs.Constants.Select(TryConstant).OfType<OnnxConstant>().Zip(outputs.Constants, (constant, name) => constant with { Name = name })];

        // What was folded needs nothing any more, so that a branch may have gone whose shape alone was asked for.
        Nodes = Needed(nodes, wanted);
        foreach (OnnxNode node in Nodes)
        {
            foreach (string input in node.Inputs.Where(input => input.Length > 0).Distinct())
            {
                if (!_consumers.TryGetValue(input, out List<OnnxNode>? readers))
                    _consumers.Add(input, readers = []);
                readers.Add(node);
            }
        }

        Inputs = [.. inputs.Where(value => _live.Contains(value.Name))];
        Input = Inputs.FirstOrDefault() ?? inputs[0];
    }

    public ModelSource Source { get; }

    public long Opset { get; }

    /// <summary>Whether PyTorch wrote the file.</summary>
    public bool IsFromPyTorch { get; init; }

    public TensorBudget Budget { get; }

    public TensorReader Tensors { get; }

    /// <summary>The inputs without an initializer that the output needs.</summary>
    public IReadOnlyList<ValueInfoProto> Inputs { get; }

    /// <summary>The first of them.</summary>
    public ValueInfoProto Input { get; }

    /// <summary>What the network gives, by the graph's names.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The same in one text, for messages and to ask for it.</summary>
    public string Output => OnnxOutputs.Joined(Outputs);

    /// <summary>Whether every row of the last axis is a sample, all axes before it being batch; otherwise the first axis alone is batch.</summary>
    public bool RowsAreSamples { get; }

    /// <summary>The inputs that have their time first and their batch second.</summary>
    public IReadOnlySet<string> TimeFirst { get; }

    /// <summary>Whether there is a recurrent node, so that values may have their time first and their batch second.</summary>
    public bool HasSequences { get; }

    /// <summary>The nodes that compute the output, in the file's order; what is constant is none of them.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>The shapes of values, as far as they are known before anything is computed.</summary>
    public OnnxShapes Shapes { get; }

    /// <summary>The outputs of the graph that need no input.</summary>
    public IReadOnlyList<OnnxConstant> Constants { get; }

    /// <summary>How much text the search for expansions has written so far.</summary>
    public long FormulaCharacters { get; set; }

    /// <summary>Whether the output depends on the value.</summary>
    public bool IsLive(string value) => _live.Contains(value);

    /// <summary>The nodes that read the value and that the output depends on, each once, in the file's order.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => _consumers.TryGetValue(value, out List<OnnxNode>? nodes) ? nodes : [];

    /// <summary>The states that are inputs.</summary>
    public StreamStates States { get; }

    /// <summary>Computes something while some values stand for the numbers of their elements.</summary>
    public T WithNumbers<T>(IReadOnlyDictionary<string, OnnxConstant> numbers, Func<T> compute)
    {
        _numbers = numbers;
        try
        {
            return compute();
        }
        finally
        {
            _numbers = null;
        }
    }

    public OnnxConstant? TryConstant(string name)
    {
        if (_numbers?.TryGetValue(name, out OnnxConstant? number) == true)
            return number;
        if (_constants.TryGetValue(name, out OnnxConstant? constant))
            return constant;
        if (!_initializers.TryGetValue(name, out TensorProto? tensor))
            return null;
        constant = Tensors.Read(tensor, tensor.Name);
        _constants.Add(name, constant);
        return constant;
    }

    /// <summary>The shape of a constant, without reading its numbers; null for another value.</summary>
    public int[]? ConstantShape(string name)
    {
        if (_constants.TryGetValue(name, out OnnxConstant? constant))
            return constant.Shape;
        bool isPlain = _initializers.TryGetValue(name, out TensorProto? tensor) && tensor.Dims.Count <= 64 && tensor.Dims.All(extent => extent is >= 0 and <= int.MaxValue);
        return isPlain ? [.. tensor!.Dims.Select(extent => (int)extent)] : null;
    }

    private void CheckOrder(GraphProto graph, OnnxNode[] nodes)
    {
        HashSet<string> known = new(_initializers.Keys, StringComparer.Ordinal);
        known.UnionWith(graph.Input.Select(value => value.Name));
        foreach (OnnxNode node in nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !known.Contains(input))
                {
                    throw node.Error(
                        $"it reads '{OnnxNode.Shorten(input)}', which neither the graph's inputs nor an initializer nor an earlier node gives");
                }
            }

            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && !known.Add(output))
                    throw node.Error($"it gives '{OnnxNode.Shorten(output)}', which exists already");
            }
        }

        if (Outputs.FirstOrDefault(output => !known.Contains(output)) is { } missing)
            throw Source.Error($"its graph's output '{OnnxNode.Shorten(missing)}' is given by no node.");
    }

    /// <summary>The nodes that some values need, in order; what is constant needs none.</summary>
    private List<OnnxNode> Needed(OnnxNode[] nodes, IEnumerable<string> values)
    {
        List<OnnxNode> needed = [];
        _live.Clear();
        _live.UnionWith(values);
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (!nodes[i].Outputs.Any(output => _live.Contains(output) && !_constants.ContainsKey(output)))
                continue;
            needed.Add(nodes[i]);
            _live.UnionWith(nodes[i].Inputs.Where(input => input.Length > 0));
        }

        needed.Reverse();
        return needed;
    }

    /// <summary>Computes what is constant, and the shapes of what is not, once and in order.</summary>
    private void Fold(List<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            if (node.Outputs.Count == 0 || (node.Outputs[0].Length == 0 && !RecurrentOperators.Is(node.Operator)))
                continue;
            foreach ((string output, OnnxConstant part) in ConstantSplit.TryFold(node))
                _constants[output] = part;
            OnnxConstant? constant = node.Outputs.Count == 1 ? ConstantFolding.TryFold(node) : null;
            if (constant is not null)
                _constants[node.Outputs[0]] = constant;
            Shapes.Add(node, constant);
        }
    }
}
