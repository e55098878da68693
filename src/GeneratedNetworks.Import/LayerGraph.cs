using GeneratedNetworks.Import.Numbers;

namespace GeneratedNetworks.Import;

/// <summary>The operations that an importer finds in a file, and what each of them reads. It grows by the paths along it: see <see cref="LayerChain"/>.</summary>
/// <param name="source">The file, for messages.</param>
public sealed partial class LayerGraph(ModelSource source)
{
    private readonly List<GraphNode> _nodes = [];
    private readonly List<NamedNode> _values = [];
    private readonly List<string> _notes = [];
    private readonly List<GraphNode> _inputs = [];
    private readonly List<(string Input, string? Output, IReadOnlyList<(string Origin, bool IsCell)> Parts)> _memories = [];
    private string? _inferenceOnly;

    /// <summary>The file.</summary>
    public ModelSource Source { get; } = source;

    internal ElementBudget Budget { get; } = new(source);

    /// <summary>A path that begins at a new input.</summary>
    /// <param name="name">What the file calls it, or null.</param>
    /// <param name="shape">The extents of one sample.</param>
    public LayerChain Input(string? name, IReadOnlyList<int> shape)
    {
        GraphNode node = Add(new InputStep(name), [], LayerChain.Check(Source, shape));
        _inputs.Add(node);
        return new LayerChain(this, node);
    }

    /// <summary>Something that people should know of the file: see <see cref="ImportedModel.Notes"/>.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Says that the file trains otherwise than the layers here would: see <see cref="ImportedModel.InferenceOnly"/>. The first reason is kept.</summary>
    public void MarkInferenceOnly(string reason) => _inferenceOnly ??= reason;

    /// <summary>Folds what can be folded, names every layer, and returns the model that gives some values.</summary>
    /// <param name="format">For <see cref="ImportedModel.Format"/>.</param>
    /// <param name="outputs">Each output: what the file calls it, or null, and the path that ends in it.</param>
    public ImportedModel Build(string format, IReadOnlyList<(string? Name, LayerChain Value)> outputs)
    {
        // A layer that does nothing at inference makes no network of its own, and a last dropout would drop outputs.
        GraphNode[] ends = [.. outputs.Select(output => WithoutDropout(output.Value.Node))];
        bool[] isNeeded = Needed(ends);
        GraphNode[] inputs = [.. _inputs.Where(input => isNeeded[input.Index])];
        if (inputs.Length == 0)
            inputs = [_inputs[0]];
        List<Segment> segments = Segment.Of(_nodes.Where(node => isNeeded[node.Index]), ends);
        if (segments.SelectMany(segment => segment.Nodes).FirstOrDefault(node => node.Step is PadStep) is { } pad)
            throw Source.Error($"{LayerChain.Describe(pad.Step.Name)}: it puts zeros around its value, and only a convolution or pool that reads it can take them up.");
        try
        {
            ScaleFolding.Fold(segments, Budget);
        }
        catch (NotSupportedException exception)
        {
            throw Source.Error(exception.Message + ".", exception);
        }

        if (HeadRule.Refusal(Source, segments, _values) is { } refusal)
            throw refusal;
        LayerList layers = new(segments, inputs);
        ImportedPort[] ports = ends.Length == 1 ? [] : [.. ends.Select((end, i) => layers.Output(outputs[i].Name, end))];
        ImportedMemory[] memories = [.. _memories.Select(memory => new ImportedMemory(memory.Input, memory.Output, [.. memory.Parts.Select(part => $"{layers.UserOf(part.Origin)}.{(part.IsCell ? "memory" : "state")}")]))];
        return new ImportedModel(format, inputs.Length == 1 ? inputs[0].Shape : [inputs.Sum(input => input.Size)], layers.Layers, layers.Tensors)
        {
            Inputs = inputs.Length == 1 ? [] : layers.Inputs,
            Outputs = ports,
            OutputShape = ends.Length == 1 ? ends[0].Shape : [ends.Sum(end => end.Size)],
            Values = layers.Find(_values),
            Memories = memories,
            Notes = [.. _notes, .. layers.Ties, .. memories.Select(memory => memory.Note)],
            InferenceOnly = _inferenceOnly,
        };
    }

    /// <summary>Says that the file takes last states back as an input: see <see cref="ImportedModel.Memories"/>.</summary>
    /// <param name="input">What it calls the input.</param>
    /// <param name="output">The output that they come as, or null.</param>
    /// <param name="parts">What they are in order: by the origin of the layer's weights, and whether it is its cell.</param>
    internal void Memory(string input, string? output, IReadOnlyList<(string Origin, bool IsCell)> parts) => _memories.Add((input, output, parts));

    internal GraphNode Add(Step step, IReadOnlyList<GraphNode> inputs, IReadOnlyList<int> shape)
    {
        GraphNode node = new(step, inputs, shape, _nodes.Count);
        _nodes.Add(node);
        return node;
    }

    internal void Name(string name, GraphNode node) => _values.Add(new NamedNode(name, node));

    private static GraphNode WithoutDropout(GraphNode node)
    {
        while (node.Step is DropoutStep)
            node = node.Inputs[0];
        return node;
    }

    private bool[] Needed(IEnumerable<GraphNode> ends)
    {
        bool[] isNeeded = new bool[_nodes.Count];
        foreach (GraphNode end in ends)
            isNeeded[end.Index] = true;
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (!isNeeded[i])
                continue;
            foreach (GraphNode input in _nodes[i].Inputs)
                isNeeded[input.Index] = true;
        }

        return isNeeded;
    }
}

/// <summary>An operation and its result.</summary>
/// <param name="step">What it computes.</param>
/// <param name="inputs">What it reads: nothing of an input, several of a join.</param>
/// <param name="shape">The extents of one sample of its result.</param>
/// <param name="index">Its number; that of everything that it reads is lower.</param>
internal sealed class GraphNode(Step step, IReadOnlyList<GraphNode> inputs, IReadOnlyList<int> shape, int index)
{
    public Step Step { get; } = step;

    public IReadOnlyList<GraphNode> Inputs { get; } = inputs;

    public IReadOnlyList<int> Shape { get; } = shape;

    public int Index { get; } = index;

    public int Size { get; } = shape.Aggregate(1, (product, extent) => product * extent);
}
