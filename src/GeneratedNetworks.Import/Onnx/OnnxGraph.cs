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

    public OnnxGraph(ModelSource source, GraphProto graph, long opset)
    {
        Source = source;
        Opset = opset;
        Budget = new TensorBudget(source);
        Tensors = new TensorReader(source, Budget);
        if (graph.SparseInitializer.Count > 0)
            throw source.Error("its graph has sparse initializers, which are not supported.");
        foreach (TensorProto tensor in graph.Initializer)
        {
            if (tensor.Name.Length == 0 || !_initializers.TryAdd(tensor.Name, tensor))
                throw source.Error($"an initializer must have a name of its own, and there is a second '{OnnxNode.Shorten(tensor.Name)}'.");
        }

        Input = graph.Input.FirstOrDefault(value => !_initializers.ContainsKey(value.Name))
            ?? throw source.Error("its graph has no input.");
        Output = OnlyOutput(graph);
        OnnxNode[] nodes = [.. graph.Node.Select((node, i) => new OnnxNode(this, node, i))];
        CheckOrder(graph, nodes);
        List<OnnxNode> live = FindLive(nodes);
        ValueInfoProto? second = graph.Input.FirstOrDefault(
            value => value != Input && !_initializers.ContainsKey(value.Name) && _live.Contains(value.Name));
        if (second is not null)
        {
            throw source.Error(
                $"its graph has the inputs '{OnnxNode.Shorten(Input.Name)}' and '{OnnxNode.Shorten(second.Name)}'; a network has one.");
        }

        Fold(live);
    }

    public ModelSource Source { get; }

    public long Opset { get; }

    public TensorBudget Budget { get; }

    public TensorReader Tensors { get; }

    /// <summary>The model's input: the first without an initializer.</summary>
    public ValueInfoProto Input { get; }

    public string Output { get; }

    /// <summary>How much text the search for expansions has written so far.</summary>
    public long FormulaCharacters { get; set; }

    /// <summary>Whether the output depends on the value.</summary>
    public bool IsLive(string value) => _live.Contains(value);

    /// <summary>The nodes that read the value and that the output depends on, each once, in the file's order.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string value) => _consumers.TryGetValue(value, out List<OnnxNode>? nodes) ? nodes : [];

    public OnnxConstant? TryConstant(string name)
    {
        if (_constants.TryGetValue(name, out OnnxConstant? constant))
            return constant;
        if (!_initializers.TryGetValue(name, out TensorProto? tensor))
            return null;
        constant = Tensors.Read(tensor, tensor.Name);
        _constants.Add(name, constant);
        return constant;
    }

    /// <summary>Makes the value a constant and folds what follows from it.</summary>
    public void SetConstant(string name, OnnxConstant constant)
    {
        _constants[name] = constant;
        Fold(Consumers(name));
    }

    private string OnlyOutput(GraphProto graph)
    {
        if (graph.Output.Count == 1 && graph.Output[0].Name.Length > 0)
            return graph.Output[0].Name;
        string names = string.Join(", ", graph.Output.Take(5).Select(value => $"'{OnnxNode.Shorten(value.Name)}'"));
        throw Source.Error($"its graph must have one output, and has {graph.Output.Count}{(names.Length > 0 ? $" ({names})" : "")}.");
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

        if (!known.Contains(Output))
            throw Source.Error($"its graph's output '{OnnxNode.Shorten(Output)}' is given by no node.");
    }

    private List<OnnxNode> FindLive(OnnxNode[] nodes)
    {
        List<OnnxNode> live = [];
        _live.Add(Output);
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (!nodes[i].Outputs.Any(_live.Contains))
                continue;
            live.Add(nodes[i]);
            _live.UnionWith(nodes[i].Inputs.Where(input => input.Length > 0));
        }

        live.Reverse();
        foreach (OnnxNode node in live)
        {
            foreach (string input in node.Inputs.Where(input => input.Length > 0).Distinct())
            {
                if (!_consumers.TryGetValue(input, out List<OnnxNode>? readers))
                    _consumers.Add(input, readers = []);
                readers.Add(node);
            }
        }

        return live;
    }

    private void Fold(IEnumerable<OnnxNode> nodes)
    {
        Queue<OnnxNode> waiting = new(nodes);
        while (waiting.TryDequeue(out OnnxNode? node))
        {
            if (node.Outputs.Count != 1 || _constants.ContainsKey(node.Outputs[0]) || ConstantFolding.TryFold(node) is not { } constant)
                continue;
            _constants.Add(node.Outputs[0], constant);
            foreach (OnnxNode reader in Consumers(node.Outputs[0]))
                waiting.Enqueue(reader);
        }
    }
}
