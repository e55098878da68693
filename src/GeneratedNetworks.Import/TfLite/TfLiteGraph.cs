using GeneratedNetworks.Import.TfLite.Operators;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>Follows the one value that runs through a graph from its input to its output; everything else that operators read is constant.</summary>
internal sealed class TfLiteGraph
{
    private readonly FlatFile _file;
    private readonly FlatVector _codes;
    private readonly FlatVector _tensors;
    private readonly FlatTable _graph;
    private readonly HashSet<int> _written = [];
    private readonly Dictionary<int, int> _sameAs = [];
    private readonly Dictionary<int, string> _origins = [];

    // Of which names are kept: no network has as many.
    private const int MostOutputs = 1000;

    public TfLiteGraph(FlatFile file, FlatTable model, FlatTable graph)
    {
        _file = file;
        _graph = graph;
        _codes = model.Vector(1, sizeof(uint));
        _tensors = graph.Vector(0, sizeof(uint));
        Constants = new ConstantReader(file, model.Vector(4, sizeof(uint)));
    }

    public ModelSource Source => _file.Source;

    public ConstantReader Constants { get; }

    /// <summary>Reads the chain that ends in a value.</summary>
    /// <param name="name">An output, or any tensor that an operator writes; null: the only output.</param>
    public ImportedModel Import(string? name)
    {
        int output = name is null ? Single(2, "output").Index : Named(name);
        FlatVector operators = _graph.Vector(3, sizeof(uint));
        bool[] isNeeded = Needed(operators, output);
        TfTensor input = Input(operators, isNeeded);
        LayerChain chain = new LayerGraph(Source).Input(input.Name, SampleShape(input));
        int value = input.Index;
        _written.Add(value);
        for (int i = 0; i < operators.Count; i++)
        {
            if (!isNeeded[i])
                continue;
            OperatorScope scope = new(this, chain, operators.Table(i), i, value);
            OperatorRule rule = OperatorTable.Find(scope.Code)
                ?? throw Source.Error($"operator {i}, {scope.Describe()}, is not supported; supported are {OperatorTable.Supported}.");
            if (!_written.Add(scope.Output.Index))
                throw scope.Error("writes a tensor that was written before.");
            if (rule.KeepsConstants && scope.ReadsConstant)
            {
                _sameAs[scope.Output.Index] = Resolve(scope.Input(0)!.Index);
                continue;
            }

            scope.RequireValue();
            rule.Add(scope);
            if (!rule.KeepsElements || Tensor(value).Uniform != scope.Output.Uniform)
                Limit(scope);
            value = scope.Output.Index;
            chain.Value(Tensor(value).Name);
        }

        if (value != output)
            throw Source.Error(
                $"its output is '{Tensor(output).Name}', but its operators end at '{Tensor(value).Name}': only a chain of operators is supported.");
        return chain.Build(Constants.Dequantized ? "TFLite, integers dequantized" : "TFLite") with
        {
            InputName = input.Name,
            Output = Tensor(output).Name,
            OtherOutputs = [.. Outputs.Where(other => other != output).Select(other => Tensor(other).Name)],
            Input = input.Uniform is var (scale, zero) ? new ImportedInput(input.Name, input.TypeName, scale, zero) : null,
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

    /// <summary>The tensor of that name: an output before any other that an operator writes, the last before earlier ones.</summary>
    private int Named(string name)
    {
        foreach (int output in Outputs)
        {
            if (Tensor(output).Name == name)
                return output;
        }

        FlatVector operators = _graph.Vector(3, sizeof(uint));
        for (int i = operators.Count - 1; i >= 0; i--)
        {
            FlatVector written = operators.Table(i).Vector(2, sizeof(int));
            if (written.Count > 0 && Tensor(written.Int(0)).Name == name)
                return written.Int(0);
        }

        throw new ModelFileException(Source.Name, $"'{OutputSearch.Shorten(name)}' is no tensor that its operators write.")
        {
            Candidates = [.. OutputNames.Select(output => new OutputCandidate(output, ""))],
        };
    }

    /// <summary>Which operators the output needs; they stand in the order in which they run.</summary>
    private static bool[] Needed(FlatVector operators, int output)
    {
        bool[] needed = new bool[operators.Count];
        HashSet<int> values = [output];
        for (int i = operators.Count - 1; i >= 0; i--)
        {
            FlatVector written = operators.Table(i).Vector(2, sizeof(int));
            for (int j = 0; j < written.Count && !needed[i]; j++)
                needed[i] = values.Contains(written.Int(j));
            if (!needed[i])
                continue;
            FlatVector read = operators.Table(i).Vector(1, sizeof(int));
            for (int j = 0; j < read.Count; j++)
                values.Add(read.Int(j));
        }

        return needed;
    }

    /// <summary>The one input of the graph that needed operators read.</summary>
    private TfTensor Input(FlatVector operators, bool[] isNeeded)
    {
        FlatVector indices = _graph.Vector(1, sizeof(int));
        if (indices.Count == 1)
            return Tensor(indices.Int(0));
        HashSet<int> inputs = [.. Enumerable.Range(0, indices.Count).Select(i => indices.Int(i))];
        HashSet<int> found = [];
        for (int i = 0; i < operators.Count; i++)
        {
            FlatVector read = isNeeded[i] ? operators.Table(i).Vector(1, sizeof(int)) : default;
            for (int j = 0; j < read.Count; j++)
            {
                if (inputs.Contains(read.Int(j)))
                    found.Add(read.Int(j));
            }
        }

        return found.Count == 1 ? Tensor(found.Single()) : throw Source.Error($"it has {indices.Count} inputs, of which the output needs {found.Count}, and one is supported.");
    }

    public TfTensor Tensor(int index) => index >= 0 && index < _tensors.Count
        ? new TfTensor(_file, _tensors.Table(index), index)
        : throw Source.Error($"it is damaged: tensor {index} is named, and there are {_tensors.Count}.");

    /// <summary>The tensor that holds the numbers, or null where they are computed.</summary>
    public TfTensor? Constant(int index)
    {
        TfTensor tensor = Tensor(Resolve(index));
        return Constants.Has(tensor) ? tensor : null;
    }

    /// <summary>An operator's number in the schema and, for a custom one, its name.</summary>
    public (int Code, string Custom) Code(uint index)
    {
        if (index >= _codes.Count)
            throw Source.Error($"it is damaged: operator code {index} is named, and there are {_codes.Count}.");
        FlatTable code = _codes.Table((int)index);

        // The first field is a byte, from when there were fewer operators.
        return (Math.Max(code.Byte(0), code.Int(3)), code.Text(1));
    }

    private int Resolve(int index) => _sameAs.GetValueOrDefault(index, index);

    private TfTensor Single(int field, string what)
    {
        FlatVector indices = _graph.Vector(field, sizeof(int));
        if (indices.Count == 1)
            return Tensor(indices.Int(0));
        string listed = string.Join(", ", OutputNames.Take(8).Select(name => $"'{OutputSearch.Shorten(name)}'"));
        throw new ModelFileException(Source.Name, $"it must have one {what}, and has {indices.Count}{(listed.Length > 0 ? $": {listed}" : "")}.")
        {
            Candidates = [.. OutputNames.Select(output => new OutputCandidate(output, ""))],
        };
    }

    private int[] SampleShape(TfTensor input)
    {
        if (!TensorTypes.IsFloat(input.Type) && (!TensorTypes.IsInteger(input.Type) || input.Quantization?.Vector(2, sizeof(float)).Count is not 1))
            throw input.Error($"is the input and holds {input.TypeName}; floating-point numbers are supported, or integers with a scale.");
        for (int i = 1; i < input.Shape.Length; i++)
        {
            if (input.IsUnknown(i))
                throw input.Error($"is the input and leaves its axis {i} open; only the first, the batch, may be.");
        }

        return input.Shape.Length > 1
            ? input.Shape[1..]
            : throw input.Error($"is the input and has the shape {input.DescribeShape()}; the first axis is the batch.");
    }
}
