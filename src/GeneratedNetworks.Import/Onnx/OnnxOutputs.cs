using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// What a graph gives: constants such as a version number, inputs that it hands on unchanged, and values that it computes, one of which becomes the
/// network's output.
/// </summary>
internal sealed class OnnxOutputs
{
    private const int MostListed = 8;

    private readonly ModelSource _source;
    private readonly GraphProto _graph;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    // Values that depend on an input, and those that are one under another name.
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);

    public OnnxOutputs(ModelSource source, GraphProto graph)
    {
        _source = source;
        _graph = graph;
        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        _values.UnionWith(initializers);
        _inputs.UnionWith(graph.Input.Select(value => value.Name).Where(name => !initializers.Contains(name)));
        _values.UnionWith(_inputs);
        _computed.UnionWith(_inputs);
        foreach (NodeProto node in graph.Node)
        {
            _values.UnionWith(node.Output);
            if (node.Input.Any(_computed.Contains) || RandomOperators.IsRandom(node.OpType))
                _computed.UnionWith(node.Output);
            if (node.OpType == "Identity" && node.Input.Count == 1 && _inputs.Contains(node.Input[0]))
                _inputs.UnionWith(node.Output);
        }

        States = StatePorts.Of(graph);
        string[] names = [.. graph.Output.Select(value => value.Name).Where(name => name.Length > 0)];
        Constants = [.. names.Where(name => _values.Contains(name) && !_computed.Contains(name))];
        Computed = [.. names.Where(name => _computed.Contains(name) && !_inputs.Contains(name) && !States.Outputs.Contains(name)).Distinct()];
    }

    /// <summary>Outputs that need no input.</summary>
    public IReadOnlyList<string> Constants { get; }

    /// <summary>The states that come in and go out: memory, and no values of a network.</summary>
    public StatePorts States { get; }

    /// <summary>Outputs that are computed from an input, but for last states.</summary>
    public IReadOnlyList<string> Computed { get; }

    /// <summary>Several names in one text, by which they are asked for together.</summary>
    public static string Joined(IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>The values that become the network's outputs: those that are asked for, or the only one that is computed.</summary>
    /// <param name="read">Reads the network of some values, to say which can be asked for.</param>
    public IReadOnlyList<string> Choose(Func<string, ImportedModel> read)
    {
        if (_source.Output is { } asked)
            return Parse(asked) ?? throw Refuse(asked, read);
        if (Computed.Count == 1)
            return Computed;
        if (_graph.Output.Count == 1)
            return [_graph.Output[0].Name];
        if (_graph.Output.Count == 0)
            throw _source.Error("its graph must have an output, and has none.");
        string listed = string.Join(", ", _graph.Output.Take(MostListed).Select(value => $"'{OnnxNode.Shorten(value.Name)}'{Kind(value.Name)}"));
        string more = _graph.Output.Count > MostListed ? $" and {_graph.Output.Count - MostListed} more" : "";
        throw OutputSearch.Refuse(_source, $"its graph must have one output, and has {_graph.Output.Count}: {listed}{more}.", Computed, read, withReasons: true);
    }

    /// <summary>The value of that name, or the values whose names stand there with commas between; null where one of them is no output of a network.</summary>
    public IReadOnlyList<string>? Parse(string asked)
    {
        if (_computed.Contains(asked) && !States.Outputs.Contains(asked))
            return [asked];
        string[] names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 1 && names.Distinct().Count() == names.Length && names.All(name => _computed.Contains(name) && !States.Outputs.Contains(name)) ? names : null;
    }

    private string Kind(string name) => Computed.Contains(name) ? "" : _inputs.Contains(name) ? " (an input handed on)" : " (a constant)";

    private ModelFileException Refuse(string asked, Func<string, ImportedModel> read)
    {
        if (asked.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(States.Outputs.Contains) is { } state)
            return OutputSearch.Refuse(_source, $"'{OnnxNode.Shorten(state)}' is the state that the next call takes back: it is memory of the network, and no output.", Computed, read, withReasons: false);
        string problem = _values.Contains(asked) ? "is a constant of the graph and no output of a network" : "is no value of its graph";
        return OutputSearch.Refuse(_source, $"'{OnnxNode.Shorten(asked)}' {problem}.", Computed, read, withReasons: false);
    }
}
