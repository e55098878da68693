namespace GeneratedNetworks.Import;

/// <summary>The layers and tensors that folded segments become, and where in them the values of the file are.</summary>
internal sealed class LayerList
{
    private readonly List<EmittedLayer> _layers = [];
    private readonly List<ImportedTensor> _tensors = [];
    private readonly IReadOnlyList<Segment> _segments;
    private readonly IReadOnlyList<GraphNode> _inputs;
    private readonly string[] _inputNames;
    private readonly LayerNaming _names = new();
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _shared = new(StringComparer.Ordinal);

    // What gives the last value of a segment, or an input.
    private readonly Dictionary<GraphNode, LayerReference> _givers = [];

    // What the layer that is written next reads unless it says otherwise.
    private LayerReference _current;

    public LayerList(IReadOnlyList<Segment> segments, IReadOnlyList<GraphNode> inputs)
    {
        _segments = segments;
        _inputs = inputs;
        _inputNames = inputs.Count == 1 ? ["x"] : [.. inputs.Select(input => _names.Unique(input.Step.Name, "input"))];
        for (int i = 0; i < inputs.Count; i++)
            _givers.Add(inputs[i], LayerReference.Input(i));
        for (int i = 0; i < segments.Count; i++)
        {
            _current = _givers[segments[i].Inputs[0]];
            new SegmentLayers(this, i).Write();
            _givers[segments[i].Last] = _current;
        }

        if (_layers.Count == 0)
        {
            Add(-1, "Activation", ("activation", Activation.Identity));
            _current = LayerReference.Layer(0);
        }
    }

    public IReadOnlyList<ImportedLayer> Layers =>
        [.. _layers.Select(layer => new ImportedLayer(layer.Attribute, [.. layer.Arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))]))];

    public IReadOnlyList<ImportedTensor> Tensors => _tensors;

    /// <summary>What the network reads, in order.</summary>
    public IReadOnlyList<ImportedPort> Inputs => [.. _inputs.Select((input, i) => new ImportedPort(input.Step.Name ?? _inputNames[i], input.Shape, _inputNames[i]))];

    /// <summary>A sentence for each array of weights that several layers share in the file.</summary>
    public IEnumerable<string> Ties => _shared.Where(entry => entry.Value.Count > 1).Select(entry =>
        $"The file uses the weights '{entry.Key}' in {entry.Value.Count} layers, {string.Join(", ", entry.Value.Take(4).Select(name => $"'{name}'"))}"
        + $"{(entry.Value.Count > 4 ? " and others" : "")}; here they are untied: each layer has its own copy, equal until it is trained.");

    /// <summary>The first layer with weights of an origin.</summary>
    public string UserOf(string origin) => _shared.TryGetValue(origin, out List<string>? users) ? users[0] : "a recurrent layer";

    /// <summary>An output of several, by the name of the layer that gives it.</summary>
    public ImportedPort Output(string? name, GraphNode end)
    {
        LayerReference giver = _givers.GetValueOrDefault(end, LayerReference.Layer(_layers.Count - 1));
        string layer = giver.IsLayer ? NameOf(giver) : _inputNames[giver.Index];
        return new ImportedPort(name ?? layer, end.Shape, layer);
    }

    /// <summary>The values in which some first layers end; those inside of a folding end none.</summary>
    /// <param name="values">In the order in which they are computed.</param>
    public IReadOnlyList<ImportedValue> Find(IReadOnlyList<NamedNode> values)
    {
        Dictionary<GraphNode, (int Segment, int Place)> places = [];
        for (int i = 0; i < _segments.Count; i++)
        {
            for (int j = 0; j < _segments[i].Nodes.Count; j++)
                places.Add(_segments[i].Nodes[j], (i, j + 1));
        }

        List<ImportedValue> found = [];
        foreach ((string name, GraphNode node) in values)
        {
            if (!places.TryGetValue(node, out (int Segment, int Place) at))
                continue;
            bool isInside = _segments[at.Segment].Steps.FirstOrDefault(step => step.End > at.Place) is { } next && next.Start < at.Place;
            int done = _layers.FindLastIndex(layer => layer.Segment == at.Segment && layer.Linear <= at.Place);
            if (isInside && (done < 0 || _layers[done].End <= at.Place || _layers[done].Linear < at.Place))
                continue;
            bool isLinear = done >= 0 && _layers[done].End > at.Place;
            while (done >= 0 && _layers[done].Attribute == "Dropout" && _layers[done].Segment == at.Segment)
                done--;
            if (done >= 0 && _layers[done].Segment == at.Segment)
                found.Add(new ImportedValue(name, done + 1, _layers[done].Tensors, isLinear));
        }

        return found;
    }

    internal Segment SegmentAt(int index) => _segments[index];

    internal LayerReference Giver(GraphNode node) => _givers[node];

    internal string Unique(string? name, string kind) => _names.Unique(name, kind);

    /// <summary>Adds a layer that reads the current value, and becomes that.</summary>
    internal EmittedLayer Add(int segment, string attribute, params IEnumerable<(string Name, object Value)> arguments)
    {
        EmittedLayer layer = new(attribute, segment);
        layer.Arguments.AddRange(arguments);
        bool isAbove = _current.IsLayer ? _current.Index == _layers.Count - 1 : _layers.Count == 0 && _inputs.Count == 1;
        if (segment >= 0 && !isAbove)
            layer.Arguments.Add(("From", _current.IsLayer ? NameOf(_current) : _inputNames[_current.Index]));
        return Add(layer);
    }

    /// <summary>Adds a layer that reads several values.</summary>
    internal EmittedLayer AddJoin(int segment, string attribute, IReadOnlyList<GraphNode> inputs)
    {
        string[] from = [.. inputs.Select(input => _givers[input] is { IsLayer: true } giver ? NameOf(giver) : _inputNames[_givers[input].Index])];
        EmittedLayer layer = new(attribute, segment);
        layer.Arguments.Add(("from", from));
        return Add(layer);
    }

    internal void AddTensor(string name, IReadOnlyList<int> shape, double[]? values)
    {
        if (values is null)
            return;
        _tensors.Add(new(name, shape, "F32", values));
        _layers[^1].Tensors = _tensors.Count;
    }

    internal void Share(string origin, string layer)
    {
        if (!_shared.TryGetValue(origin, out List<string>? users))
            _shared.Add(origin, users = []);
        users.Add(layer);
    }

    /// <summary>What a layer without a name is called, before its number.</summary>
    private static string Kind(EmittedLayer layer) => layer.Attribute.StartsWith("Global", StringComparison.Ordinal)
        ? "globalpool"
        : layer.Attribute.Replace("1D", "", StringComparison.Ordinal).Replace("2D", "", StringComparison.Ordinal).ToLowerInvariant();

    private EmittedLayer Add(EmittedLayer layer)
    {
        layer.Tensors = _tensors.Count;
        string kind = Kind(layer);
        _kinds[kind] = layer.Number = _kinds.GetValueOrDefault(kind) + 1;
        _layers.Add(layer);
        _current = LayerReference.Layer(_layers.Count - 1);
        return layer;
    }

    private string NameOf(LayerReference reference)
    {
        EmittedLayer layer = _layers[reference.Index];
        if (layer.Arguments.FirstOrDefault(argument => argument.Name == "Name").Value is string known)
            return known;

        // What it would be called anyway, so that it takes no other layer's name.
        string kind = Kind(layer);
        string name = _names.Unique(layer.Wanted ?? $"{kind}{layer.Number}", kind);
        layer.Arguments.Add(("Name", name));
        return name;
    }
}

/// <summary>A layer on its way into the list.</summary>
internal sealed class EmittedLayer(string attribute, int segment)
{
    public string Attribute { get; } = attribute;

    /// <summary>Which segment it is a part of.</summary>
    public int Segment { get; } = segment;

    public List<(string Name, object Value)> Arguments { get; } = [];

    /// <summary>Which of its kind it is, counted from 1.</summary>
    public int Number { get; set; }

    /// <summary>What the file calls it, for the case that it needs a name.</summary>
    public string? Wanted { get; set; }

    /// <summary>How many operations of its segment are done before its activation.</summary>
    public int Linear { get; set; }

    /// <summary>How many with it.</summary>
    public int End { get; set; }

    /// <summary>How many tensors there are with its own.</summary>
    public int Tensors { get; set; }
}

/// <summary>A layer or an input, by its number.</summary>
internal readonly record struct LayerReference(bool IsLayer, int Index)
{
    public static LayerReference Layer(int index) => new(true, index);

    public static LayerReference Input(int index) => new(false, index);
}
