using GeneratedNetworks.Import.TfLite.Operators;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>One operator on its way into the graph.</summary>
internal sealed class OperatorScope
{
    private readonly TfLiteGraph _graph;
    private readonly FlatTable _table;
    private readonly FlatVector _inputs;
    private readonly string _custom;

    public OperatorScope(TfLiteGraph graph, FlatTable table, int index)
    {
        _graph = graph;
        _table = table;
        Index = index;
        (Code, _custom) = graph.Code(table.UInt(0));
        _inputs = table.Vector(1, sizeof(int));
        FlatVector outputs = table.Vector(2, sizeof(int));
        if (outputs.Count == 0)
            throw graph.Source.Error($"operator {index}, {OperatorNames.Of(Code, _custom)}, has no output.");
        Output = graph.Tensor(outputs.Int(0));
        if (outputs.Count > 1 && OperatorTable.Find(Code) is not null)
            throw Error($"has {outputs.Count} outputs, and one is supported.");
    }

    /// <summary>Its place among the operators.</summary>
    public int Index { get; }

    public int Code { get; }

    public TfTensor Output { get; }

    public ModelSource Source => _graph.Source;

    public ConstantReader Constants => _graph.Constants;

    /// <summary>The value that it reads, the first of several.</summary>
    public TfValue Value { get; private set; } = null!;

    /// <summary>The path from that value on, which ends in the operator's result.</summary>
    public LayerChain Chain { get; set; } = null!;

    /// <summary>Which inputs are computed.</summary>
    public IReadOnlyList<int> ValuePositions { get; private set; } = [];

    /// <summary>Which input <see cref="Value"/> is.</summary>
    public int ValuePosition => ValuePositions[0];

    public int InputCount => _inputs.Count;

    public bool ReadsConstant => _inputs.Count > 0 && _graph.Value(_inputs.Int(0)) is null && Constant(0) is not null;

    /// <summary>What to call a layer that comes of this operator.</summary>
    public string? LayerName => OperatorNames.Layer(Output.Name);

    public string Describe() => $"{OperatorNames.Of(Code, _custom)} of '{Output.Name}'";

    public ModelFileException Error(string problem) => _graph.Source.Error($"operator {Index}, {Describe()}, {problem}");

    /// <summary>Finds what it reads of computed values: one, or several where it joins them.</summary>
    public void Begin(OperatorRule rule)
    {
        ValuePositions = [.. Enumerable.Range(0, _inputs.Count).Where(i => _inputs.Int(i) >= 0 && _graph.Value(_inputs.Int(i)) is not null)];
        if (ValuePositions.Count == 0)
            throw Error("reads nothing that operators before it compute from the inputs.");
        if (ValuePositions.Count > 1 && !rule.Joins)
            throw Error($"reads values that are computed as its inputs {string.Join(", ", ValuePositions.Take(8))}, and all but one must be constant.");
        Value = _graph.Value(_inputs.Int(ValuePosition))!;
        Chain = Value.Chain.Branch();
    }

    /// <summary>The paths of all inputs, where it joins values.</summary>
    public IReadOnlyList<LayerChain> RequireValues()
    {
        if (ValuePositions.Count < _inputs.Count)
        {
            int other = Enumerable.Range(0, _inputs.Count).First(i => !ValuePositions.Contains(i));
            throw Error($"should read values that are computed from the inputs, and its input {other} is {(Constant(other) is null ? "none" : "constant")}.");
        }

        return [.. ValuePositions.Select(position => _graph.Value(_inputs.Int(position))!.Chain.Branch())];
    }

    public void RequireValueFirst() => RequireValueAt(0);

    public void RequireValueAt(int position)
    {
        if (ValuePosition != position)
            throw Error($"reads the value as its input {ValuePosition}; it should be input {position}.");
    }

    /// <summary>An input, or null where it is left out.</summary>
    public TfTensor? Input(int position) => position < _inputs.Count && _inputs.Int(position) >= 0 ? _graph.Tensor(_inputs.Int(position)) : null;

    /// <summary>What operators compute as that input; null for any other.</summary>
    public TfValue? ComputedInput(int position) => Input(position) is { } tensor ? _graph.Value(tensor.Index) : null;

    /// <summary>The tensor with the numbers of a constant input; null where it is left out or computed.</summary>
    public TfTensor? Constant(int position) => Input(position) is { } tensor ? _graph.Constant(tensor.Index) : null;

    public TfTensor RequireConstant(int position, string what)
    {
        string found = Input(position) is null ? "it is left out" : "they are computed";
        return Constant(position) ?? throw Error($"needs {what} that are constant, as input {position}; {found}.");
    }

    /// <summary>The whole numbers of an input that is constant, or a shape that the file computes; -1 for the batch in front.</summary>
    public int[] RequireIntegers(int position, string what) => Input(position) is { } tensor && _graph.Shapes.Find(tensor.Index) is { } known
        ? ShapeValues.Wanted(known) ?? throw Error($"needs {what} as input {position}, and the size of the batch is among them in another place than the first.")
        : Constants.Integers(RequireConstant(position, what));

    /// <summary>The numbers of weights, which stand for themselves where a scale belongs to them.</summary>
    public double[] Weights(TfTensor weight, int position)
    {
        // Whole numbers behind a DEQUANTIZE are unpacked by the file itself.
        bool isHybrid = Input(position) is { } input && TensorTypes.IsInteger(input.Type) && TensorTypes.IsFloat(Value.Tensor.Type);
        if (isHybrid)
            _graph.MarkHybrid();
        return Constants.Numbers(weight);
    }

    /// <summary>The biases, or null where they are left out.</summary>
    public double[]? Bias(int position, int outputs)
    {
        if (Input(position) is null)
            return null;
        TfTensor bias = RequireConstant(position, "biases");
        return bias.Count == outputs
            ? Constants.Numbers(bias)
            : throw Error($"has biases of shape {bias.DescribeShape()} for {outputs} outputs.");
    }

    /// <summary>What the file calls the numbers of a constant; layers of one name share them.</summary>
    public string Origin(TfTensor constant) => _graph.Origin(constant);

    /// <summary>The operator's options; null where it has none.</summary>
    /// <param name="kind">Their number in the schema's union.</param>
    public FlatTable? Options(int kind)
    {
        int found = (byte)_table.Byte(3);
        if (found == 0)
            return null;
        return found == kind ? _table.Child(4) : throw Error($"has options of kind {found}, and {kind} belongs to it.");
    }

    /// <summary>The options of an operator that cannot do without.</summary>
    public FlatTable RequireOptions(int kind) => Options(kind) ?? throw Error("has no options, which say how its window moves.");

    /// <summary>Adds the activation that an operator carries in its options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="field">Where they have it.</param>
    public void Activate(FlatTable? options, int field = 0)
    {
        int code = options?.Byte(field) ?? 0;
        Activation function = code switch
        {
            0 => Activation.Identity,
            1 => Activation.Relu,
            2 => Activation.HardTanh,
            3 => Activation.Relu6,
            4 => Activation.Tanh,
            5 => throw Error("carries the activation SIGN_BIT, which is not supported; supported are RELU, RELU_N1_TO_1, RELU6 and TANH."),
            _ => throw Error($"carries an activation of number {code}, which the schema does not have."),
        };
        Chain.Activate(LayerName, function);
    }
}
