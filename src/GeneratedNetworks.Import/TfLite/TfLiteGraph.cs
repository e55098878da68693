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

    public ImportedModel Import()
    {
        TfTensor input = Single(1, "input");
        int output = Single(2, "output").Index;
        LayerChain chain = new(Source, SampleShape(input));
        FlatVector operators = _graph.Vector(3, sizeof(uint));
        int value = input.Index;
        _written.Add(value);
        for (int i = 0; i < operators.Count; i++)
        {
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
            value = scope.Output.Index;
        }

        if (value != output)
            throw Source.Error(
                $"its output is '{Tensor(output).Name}', but its operators end at '{Tensor(value).Name}': only a chain of operators is supported.");
        return chain.Build(Constants.Dequantized ? "TFLite, integers dequantised" : "TFLite");
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
        return indices.Count == 1 ? Tensor(indices.Int(0)) : throw Source.Error($"it has {indices.Count} {what}s, and one is supported.");
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
