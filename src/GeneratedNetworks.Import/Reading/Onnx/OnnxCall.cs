using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading.Functions;
using AttributeType = GeneratedNetworks.Import.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>A node of an ONNX file in a run: its attributes and inputs.</summary>
/// <param name="Node">As the file has it.</param>
/// <param name="Opset">The version of the operator set that its domain has.</param>
/// <param name="Scope">The run.</param>
/// <param name="Tensors">Reads constants of attributes.</param>
internal sealed record OnnxCall(NodeProto Node, long Opset, OperationScope Scope, OnnxTensors Tensors)
{
    /// <summary>Between which numbers the node that gives the first input keeps its results, whatever it reads; null where it does not.</summary>
    public (double Least, double Greatest)? Bounds { get; init; }

    public Tensor Input(int input) => Scope.Input(input);

    public Tensor? Optional(int input) => Scope.Optional(input);

    public IReadOnlyList<Tensor> Inputs => [.. Enumerable.Range(0, Scope.InputCount).Select(Scope.Input)];

    public ModelFileException Error(string problem) => Scope.Error(problem);

    public double Float(string name, double fallback) => Attribute(name, AttributeType.Float)?.F ?? fallback;

    public long Int(string name, long fallback) => Attribute(name, AttributeType.Int)?.I ?? fallback;

    public bool Has(string name) => Node.Attribute.Any(attribute => attribute.Name == name);

    public string Text(string name, string fallback) => Attribute(name, AttributeType.String)?.S.ToStringUtf8() ?? fallback;

    public IReadOnlyList<long>? Ints(string name) => Attribute(name, AttributeType.Ints)?.Ints;

    public double[]? Floats(string name) => Attribute(name, AttributeType.Floats) is { } found ? [.. found.Floats.Select(value => (double)value)] : null;

    public string[]? Texts(string name) => Attribute(name, AttributeType.Strings)?.Strings.Select(text => text.ToStringUtf8()).ToArray();

    public TensorProto? TensorAttribute(string name) => Attribute(name, AttributeType.Tensor)?.T;

    /// <summary>Whole numbers out of an attribute, or an input of newer operator sets; null where neither is there.</summary>
    public long[]? IntsOrInput(string name, int input) =>
        Ints(name) is { } attribute ? [.. attribute] : Optional(input) is { } value ? Whole(value) : null;

    /// <summary>A number out of an attribute, or an input of newer operator sets.</summary>
    public double? NumberOrInput(string name, int input) =>
        Has(name) ? Float(name, 0) : Optional(input) is { } value ? Number(value) : null;

    public double Number(Tensor value) => value.Count == 1 ? value.Elements[0] : throw Error($"one number is expected, and there are {value.Count}");

    public long[] Whole(Tensor value) => Array.ConvertAll(
        value.Elements, element => Math.Floor(element) == element && Math.Abs(element) <= 9.3e18 ? (long)element : throw Error($"{element} is no whole number"));

    public int Axis(long axis, int rank) => Shapes.Axis(Scope, axis, rank);

    private AttributeProto? Attribute(string name, AttributeType type)
    {
        AttributeProto? found = Node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

        // Old files leave the type out.
        bool fits = found is null || found.Type == type || found.Type == AttributeType.Undefined;
        return fits && found?.RefAttrName is null or "" ? found : throw Error($"its attribute '{name}' is not of type {type}");
    }
}

/// <summary>How an operator is executed.</summary>
/// <param name="Apply">All of its outputs.</param>
internal sealed record OnnxRule(Func<OnnxCall, IReadOnlyList<Tensor>> Apply)
{
    public PrefixRole Role { get; init; }

    public Func<OnnxCall, int[], Statistics>? Normaliser { get; init; }

    public Func<OnnxCall, (double Least, double Greatest)>? Range { get; init; }

    public static OnnxRule Of(Func<OnnxCall, Tensor> apply, PrefixRole role = PrefixRole.None) => new(call => [apply(call)]) { Role = role };

    /// <summary>f of every element of the only input.</summary>
    public static OnnxRule Map(Func<double, double> function) => Of(call => call.Scope.Map(call.Input(0), function));
}
