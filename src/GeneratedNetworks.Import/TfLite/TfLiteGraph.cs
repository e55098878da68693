using GeneratedNetworks.Import.TfLite.Operators;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>Follows every value that operators compute, from the inputs of a graph to its outputs; everything else that they read is constant.</summary>
internal sealed class TfLiteGraph
{
    private readonly FlatFile _file;
    private readonly FlatVector _codes;
    private readonly FlatVector _tensors;
    private readonly FlatVector _operators;
    private readonly FlatTable _graph;
    private readonly LayerGraph _layers;
    private readonly Dictionary<int, TfValue> _values = [];
    private readonly HashSet<int> _written = [];
    private readonly Dictionary<int, int> _sameAs = [];
    private readonly Dictionary<int, string> _origins = [];
    private bool _isHybrid;

    // Of which names are kept: no network has as many.
    private const int MostOutputs = 1000;

    // In one network.
    private const int MostTogether = 64;

    public TfLiteGraph(FlatFile file, FlatTable model, FlatTable graph)
    {
        _file = file;
        _graph = graph;
        _codes = model.Vector(1, sizeof(uint));
        _tensors = graph.Vector(0, sizeof(uint));
        _operators = graph.Vector(3, sizeof(uint));
        _layers = new LayerGraph(file.Source);
        Constants = new ConstantReader(file, model.Vector(4, sizeof(uint)));
    }

    public ModelSource Source => _file.Source;

    public ConstantReader Constants { get; }

    /// <summary>What is known of shapes that the file computes while it runs.</summary>
    public ShapeValues Shapes { get; } = new();

    /// <summary>Reads the network that ends in some values.</summary>
    /// <param name="name">An output, or any tensor that an operator writes, or several with commas between them; null: the only output.</param>
    public ImportedModel Import(string? name)
    {
        TfTensor[] outputs = name is null ? [SingleOutput()] : [.. Named(name)];
        bool[] isNeeded = Needed(outputs.Select(output => output.Index));
        TfTensor[] inputs = [.. Inputs(isNeeded)];
        foreach (TfTensor input in inputs)
        {
            _written.Add(input.Index);
            _values.Add(input.Index, new TfValue(_layers.Input(input.Name, SampleShape(input)), input));
        }

        for (int i = 0; i < _operators.Count; i++)
        {
            if (isNeeded[i])
                Add(new OperatorScope(this, _operators.Table(i), i));
        }

        (string?, LayerChain)[] ends = [.. outputs.Select(output => (outputs.Length == 1 ? null : output.Name, End(output)))];
        AddNotes(inputs);
        return _layers.Build(Constants.Dequantized ? "TFLite, integers dequantized" : "TFLite", ends) with
        {
            InputName = inputs.Length == 1 ? inputs[0].Name : null,
            Output = string.Join(", ", outputs.Select(output => output.Name)),
            OtherOutputs = [.. Outputs.Where(other => outputs.All(output => output.Index != other)).Select(other => Tensor(other).Name)],
            Input = inputs.Length == 1 && inputs[0].Uniform is var (scale, zero) ? new ImportedInput(inputs[0].Name, inputs[0].TypeName, scale, zero) : null,
        };
    }

    /// <summary>The names of the graph's outputs.</summary>
    public IReadOnlyList<string> OutputNames => [.. Outputs.Select(output => Tensor(output).Name)];

    /// <summary>The first name of the numbers that a tensor holds: several tensors may share one buffer.</summary>
    public string Origin(TfTensor constant)
    {
        if (!_origins.TryGetValue(constant.Buffer, out string? name))
            _origins.Add(constant.Buffer, name = constant.Name);
        return name;
    }

    /// <summary>Says that weights of whole numbers meet a value of floating-point numbers.</summary>
    public void MarkHybrid() => _isHybrid = true;

    public TfTensor Tensor(int index) => index >= 0 && index < _tensors.Count
        ? new TfTensor(_file, _tensors.Table(index), index)
        : throw Source.Error($"it is damaged: tensor {index} is named, and there are {_tensors.Count}.");

    /// <summary>The tensor that holds the numbers, or null where they are computed.</summary>
    public TfTensor? Constant(int index)
    {
        TfTensor tensor = Tensor(_sameAs.GetValueOrDefault(index, index));
        return Constants.Has(tensor) ? tensor : null;
    }

    /// <summary>What operators compute as that tensor, or null.</summary>
    public TfValue? Value(int index) => _values.GetValueOrDefault(index);

    /// <summary>An operator's number in the schema and, for a custom one, its name.</summary>
    public (int Code, string Custom) Code(uint index)
    {
        if (index >= _codes.Count)
            throw Source.Error($"it is damaged: operator code {index} is named, and there are {_codes.Count}.");
        FlatTable code = _codes.Table((int)index);

        // The first field is a byte, from when there were fewer operators.
        return (Math.Max(code.Byte(0), code.Int(3)), code.Text(1));
    }

    private void Add(OperatorScope scope)
    {
        bool isShape = Shapes.Fold(scope);
        OperatorRule? rule = OperatorTable.Find(scope.Code);
        if (rule is null && !isShape)
            throw Source.Error($"operator {scope.Index}, {scope.Describe()}, is not supported; supported are {OperatorTable.Supported}.");
        if (!_written.Add(scope.Output.Index))
            throw scope.Error("writes a tensor that was written before.");
        if (isShape)
            return;
        if (rule!.KeepsConstants && scope.ReadsConstant)
        {
            int read = scope.Input(0)!.Index;
            _sameAs[scope.Output.Index] = _sameAs.GetValueOrDefault(read, read);
            return;
        }

        scope.Begin(rule);
        rule.Add(scope);
        if (!rule.KeepsElements || scope.Value.Tensor.Uniform != scope.Output.Uniform)
            Limit(scope);
        _values.Add(scope.Output.Index, new TfValue(scope.Chain, scope.Output));
        scope.Chain.Value(scope.Output.Name);
    }

    private IEnumerable<int> Outputs
    {
        get
        {
            FlatVector indices = _graph.Vector(2, sizeof(int));
            return Enumerable.Range(0, Math.Min(indices.Count, MostOutputs)).Select(i => indices.Int(i)).Distinct();
        }
    }

    /// <summary>The range of a quantized result is part of what an operator computes: converters leave out a ReLU or ReLU6 that does no more than that.</summary>
    private static void Limit(OperatorScope scope)
    {
        if (scope.Output.Uniform is not var (scale, zero) || TensorTypes.Range(scope.Output.Type) is not var (least, greatest))
            return;
        if (!(scale > 0 && double.IsFinite(scale)) || zero < least || zero > greatest)
            throw scope.Output.Error($"has the scale {scale} and the zero point {zero}; a scale above 0 and a zero point of its type are expected.");
        scope.Chain.LimitToRange(scope.LayerName, QuantizedRange.End(scale, least - zero), QuantizedRange.End(scale, greatest - zero), scale);
    }

    private LayerChain End(TfTensor output)
    {
        TfValue value = Value(output.Index) ?? throw Source.Error($"its output '{output.Name}' is nothing that its operators compute from its inputs.");
        return value.Chain.Branch();
    }

    private void AddNotes(IReadOnlyList<TfTensor> inputs)
    {
        if (_isHybrid)
        {
            _layers.Note(
                "The file holds weights of whole numbers for layers of floating-point numbers. Here they are what they stand for; TensorFlow Lite also rounds what "
                + "such a layer reads to 8 bits, so that its own results differ by that.");
        }

        if (inputs.Count == 1)
            return;
        foreach (TfTensor input in inputs)
        {
            if (input.Uniform is var (scale, zero))
                _layers.Note($"The input '{input.Name}' is {input.TypeName} with scale {scale} and zero point {zero}; the network reads what its whole numbers stand for.");
        }
    }

    /// <summary>The tensors of that name, or of those names.</summary>
    private IEnumerable<TfTensor> Named(string name)
    {
        if (Find(name) is { } single)
            return [single];
        string[] names = name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        List<TfTensor> found = [];
        foreach (string part in names.Length is > 1 and <= MostTogether ? names : [name])
        {
            found.Add(Find(part) ?? throw new ModelFileException(Source.Name, $"'{OutputSearch.Shorten(part)}' is no tensor that its operators write.")
            {
                Candidates = Candidates,
            });
        }

        return found.DistinctBy(tensor => tensor.Index).Count() == found.Count
            ? found
            : throw Source.Error($"'{OutputSearch.Shorten(name)}' names one output twice.");
    }

    /// <summary>The tensor of that name: an output before any other that an operator writes, the last before earlier ones.</summary>
    private TfTensor? Find(string name)
    {
        foreach (int output in Outputs)
        {
            if (Tensor(output) is var tensor && tensor.Name == name)
                return tensor;
        }

        for (int i = _operators.Count - 1; i >= 0; i--)
        {
            FlatVector written = _operators.Table(i).Vector(2, sizeof(int));
            if (written.Count > 0 && Tensor(written.Int(0)) is var tensor && tensor.Name == name)
                return tensor;
        }

        return null;
    }

    /// <summary>Which operators the outputs need; they stand in the order in which they run.</summary>
    private bool[] Needed(IEnumerable<int> outputs)
    {
        bool[] needed = new bool[_operators.Count];
        HashSet<int> values = [.. outputs];

        // Operators may lie over each other in a file, each with as many inputs as it has room for.
        long left = Source.Content.Length;
        for (int i = _operators.Count - 1; i >= 0; i--)
        {
            FlatVector written = _operators.Table(i).Vector(2, sizeof(int));
            for (int j = 0; j < Math.Min(written.Count, MostOutputs) && !needed[i]; j++)
                needed[i] = values.Contains(written.Int(j));
            if (!needed[i])
                continue;
            FlatVector read = _operators.Table(i).Vector(1, sizeof(int));
            left -= read.Count;
            if (left < 0)
                throw Source.Error("it is damaged: its operators read more tensors than a file of its length can name.");
            for (int j = 0; j < read.Count; j++)
                values.Add(read.Int(j));
        }

        return needed;
    }

    /// <summary>The only input of the graph, or those that needed operators read, in the order of the file.</summary>
    private IEnumerable<TfTensor> Inputs(bool[] isNeeded)
    {
        FlatVector indices = _graph.Vector(1, sizeof(int));
        if (indices.Count == 1)
            return [Tensor(indices.Int(0))];
        HashSet<int> read = [];
        for (int i = 0; i < _operators.Count; i++)
        {
            FlatVector inputs = isNeeded[i] ? _operators.Table(i).Vector(1, sizeof(int)) : default;
            for (int j = 0; j < inputs.Count; j++)
                read.Add(inputs.Int(j));
        }

        int[] found = [.. Enumerable.Range(0, indices.Count).Select(i => indices.Int(i)).Where(read.Contains).Distinct()];
        return found.Length > 0 ? found.Select(Tensor) : throw Source.Error($"it has {indices.Count} inputs, and its output needs none of them.");
    }

    private TfTensor SingleOutput()
    {
        FlatVector indices = _graph.Vector(2, sizeof(int));
        if (indices.Count == 1)
            return Tensor(indices.Int(0));
        string listed = string.Join(", ", OutputNames.Take(8).Select(name => $"'{OutputSearch.Shorten(name)}'"));
        throw new ModelFileException(Source.Name, $"it must have one output, and has {indices.Count}{(listed.Length > 0 ? $": {listed}" : "")}.") { Candidates = Candidates };
    }

    private IReadOnlyList<OutputCandidate> Candidates => [.. OutputNames.Select(name => new OutputCandidate(name, ""))];

    private int[] SampleShape(TfTensor input)
    {
        if (!TensorTypes.IsFloat(input.Type) && (!TensorTypes.IsInteger(input.Type) || input.Quantization?.Vector(2, sizeof(float)).Count is not 1))
            throw input.Error($"is the input and holds {input.TypeName}; floating-point numbers are supported, or integers with a scale.");
        int[] shape = [.. input.Shape];
        if (shape.Length == 3 && input.IsUnknown(1))
            shape[1] = Source.OpenSteps($"the input '{input.Name}'");
        for (int i = 1; i < input.Shape.Length; i++)
        {
            if (input.IsUnknown(i) && (i > 1 || shape.Length != 3))
                throw input.Error($"is the input and leaves its axis {i} open; only the first, the batch, may be.");
        }

        return input.Shape.Length > 1
            ? shape[1..]
            : throw input.Error($"is the input and has the shape {input.DescribeShape()}; the first axis is the batch.");
    }
}
