using GeneratedNetworks.Import.TfLite.Operators;

namespace GeneratedNetworks.Import.TfLite;

/// <summary>One operator on its way into the chain.</summary>
internal sealed class OperatorScope
{
    private readonly TfLiteGraph _graph;
    private readonly FlatTable _table;
    private readonly FlatVector _inputs;
    private readonly int _index;
    private readonly int _value;
    private readonly string _custom;

    public OperatorScope(TfLiteGraph graph, LayerChain chain, FlatTable table, int index, int value)
    {
        _graph = graph;
        _table = table;
        _index = index;
        _value = value;
        Chain = chain;
        (Code, _custom) = graph.Code(table.UInt(0));
        _inputs = table.Vector(1, sizeof(int));
        FlatVector outputs = table.Vector(2, sizeof(int));
        if (outputs.Count == 0)
            throw graph.Source.Error($"operator {index}, {OperatorNames.Of(Code, _custom)}, has no output.");
        Output = graph.Tensor(outputs.Int(0));
        if (outputs.Count > 1 && OperatorTable.Find(Code) is not null)
            throw Error($"has {outputs.Count} outputs, and one is supported.");
    }

    public LayerChain Chain { get; }

    public ConstantReader Constants => _graph.Constants;

    public int Code { get; }

    public TfTensor Output { get; }

    /// <summary>Which input the chain's value is.</summary>
    public int ValuePosition { get; private set; }

    public bool ReadsConstant => _inputs.Count > 0 && _inputs.Int(0) != _value && Constant(0) is not null;

    /// <summary>What to call a layer that comes of this operator.</summary>
    public string? LayerName => OperatorNames.Layer(Output.Name);

    public string Describe() => $"{OperatorNames.Of(Code, _custom)} of '{Output.Name}'";

    public ModelFileException Error(string problem) => _graph.Source.Error($"operator {_index}, {Describe()}, {problem}");

    /// <summary>Finds the chain's value among the inputs.</summary>
    public void RequireValue()
    {
        int[] places = [.. Enumerable.Range(0, Math.Min(_inputs.Count, 8)).Where(i => _inputs.Int(i) == _value)];
        ValuePosition = places.Length == 1
            ? places[0]
            : throw Error(
                $"should read '{_graph.Tensor(_value).Name}' once and reads it {places.Length} times: only a chain of operators is supported.");
    }

    public void RequireValueFirst()
    {
        if (ValuePosition != 0)
            throw Error($"reads the value as its input {ValuePosition}; it should be input 0.");
    }

    /// <summary>An input, or null where it is left out.</summary>
    public TfTensor? Input(int position) => position < _inputs.Count && _inputs.Int(position) >= 0 ? _graph.Tensor(_inputs.Int(position)) : null;

    /// <summary>The tensor with the numbers of a constant input; null where it is left out or computed.</summary>
    public TfTensor? Constant(int position) => Input(position) is { } tensor ? _graph.Constant(tensor.Index) : null;

    public TfTensor RequireConstant(int position, string what)
    {
        string found = Input(position) is null ? "it is left out" : "they are computed";
        return Constant(position) ?? throw Error($"needs {what} that are constant, as input {position}; {found}.");
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

    /// <summary>Adds the activation that an operator carries in its options.</summary>
    public void Activate(FlatTable? options)
    {
        int code = options?.Byte(0) ?? 0;
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
