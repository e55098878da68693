namespace GeneratedNetworks.Import;

/// <summary>The layers and tensors that folded steps become, and where in them the values of the file are.</summary>
internal sealed class LayerList
{
    private readonly List<ImportedLayer> _layers = [];
    private readonly List<ImportedTensor> _tensors = [];
    private readonly List<FoldedStep> _steps;

    // Behind which steps of the chain a layer is done; a dense layer first without its activation, then with it.
    private readonly List<(int Linear, int End, int Tensors)> _ends = [];

    private readonly Dictionary<string, List<string>> _shared = new(StringComparer.Ordinal);

    public LayerList(List<FoldedStep> steps)
    {
        _steps = steps;
        LayerNaming names = new();
        for (int i = 0; i < steps.Count; i++)
        {
            (int linear, int end) = (steps[i].End, steps[i].End);
            switch (steps[i].Step)
            {
                case DenseStep dense:
                    Activation function = i + 1 < steps.Count && steps[i + 1].Step is ActivationStep next ? next.Function : Activation.Identity;
                    if (function != Activation.Identity)
                        end = steps[++i].End;
                    Add(dense, names.Unique(dense.Name, "dense"), function);
                    break;
                case NormalizeStep normalize:
                    Add(normalize, names.Unique(normalize.Name, "normalize"));
                    break;
                case ClipStep clip:
                    _layers.Add(Layer("Clip", ("minimum", clip.Minimum), ("maximum", clip.Maximum)));
                    break;
                case ActivationStep activation:
                    _layers.Add(Layer("Activation", ("activation", activation.Function)));
                    break;
                case DropoutStep dropout:
                    _layers.Add(Layer("Dropout", ("rate", dropout.Rate)));
                    break;
                case FlattenStep:
                    _layers.Add(Layer("Flatten"));
                    break;
            }

            _ends.Add((linear, end, _tensors.Count));
        }

        // A layer that does nothing at inference makes no network of its own, and a last dropout would drop outputs.
        int count = WithoutDropout(_layers.Count);
        _layers.RemoveRange(count, _layers.Count - count);
        _ends.RemoveRange(count, _ends.Count - count);
        if (_layers.Count == 0)
        {
            _layers.Add(Layer("Activation", ("activation", Activation.Identity)));
            _ends.Add((int.MaxValue, int.MaxValue, 0));
        }
    }

    public IReadOnlyList<ImportedLayer> Layers => _layers;

    public IReadOnlyList<ImportedTensor> Tensors => _tensors;

    /// <summary>A sentence for each array of weights that several layers share in the file.</summary>
    public IEnumerable<string> Ties => _shared.Where(entry => entry.Value.Count > 1).Select(entry =>
        $"The file uses the weights '{entry.Key}' in {entry.Value.Count} layers, {string.Join(", ", entry.Value.Take(4).Select(name => $"'{name}'"))}"
        + $"{(entry.Value.Count > 4 ? " and others" : "")}; here they are untied: each layer has its own copy, equal until it is trained.");

    /// <summary>The values in which some first layers end; those inside of a folding end none.</summary>
    /// <param name="values">In the order in which they are computed.</param>
    public IReadOnlyList<ImportedValue> Find(IReadOnlyList<ChainValue> values)
    {
        List<ImportedValue> found = [];
        int step = 0;
        int done = 0;
        foreach ((string name, int place, _) in values)
        {
            while (step < _steps.Count && _steps[step].End <= place)
                step++;
            bool isInside = step < _steps.Count && _steps[step].Start < place;
            while (done < _ends.Count && _ends[done].End <= place)
                done++;
            bool isLinear = done < _ends.Count && _ends[done].Linear <= place;
            int count = isLinear ? done + 1 : WithoutDropout(done);
            if (!isInside && count > 0)
                found.Add(new ImportedValue(name, count, _ends[count - 1].Tensors, isLinear));
        }

        return found;
    }

    private void Add(DenseStep dense, string name, Activation function)
    {
        _layers.Add(Layer("Dense", ("units", dense.Units), ("activation", function), ("UseBias", dense.Bias is not null), ("Name", name)));
        _tensors.Add(new(name + ".weight", [dense.Weight.Length / dense.Units, dense.Units], "F32", dense.Weight));
        if (dense.Bias is not null)
            _tensors.Add(new(name + ".bias", [dense.Units], "F32", dense.Bias));
        if (dense.Origin is not { } origin)
            return;
        if (!_shared.TryGetValue(origin, out List<string>? users))
            _shared.Add(origin, users = []);
        users.Add(name);
    }

    private void Add(NormalizeStep normalize, string name)
    {
        (string, object)[] limit = normalize.Limit == 0 ? [] : [("Clip", normalize.Limit)];
        _layers.Add(Layer("Normalize", [.. limit, ("Name", name)]));
        _tensors.Add(new(name + ".mean", [normalize.Mean.Length], "F32", normalize.Mean));
        _tensors.Add(new(name + ".deviation", [normalize.Deviation.Length], "F32", normalize.Deviation));
    }

    private int WithoutDropout(int count)
    {
        while (count > 0 && _layers[count - 1].Attribute == "Dropout")
            count--;
        return count;
    }

    private static ImportedLayer Layer(string attribute, params (string Name, object Value)[] arguments) =>
        new(attribute, [.. arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))]);
}
