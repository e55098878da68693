using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>A node of the graph: what its operator needs to read of it, and messages that name it.</summary>
internal sealed class OnnxNode(OnnxGraph graph, NodeProto proto, int index)
{
    public const string StandardDomain = "ai.onnx";

    private readonly string[] _inputs = [.. proto.Input];

    /// <summary>The longest name that a message repeats in full.</summary>
    private const int LongestName = 200;

    public OnnxGraph Graph { get; } = graph;

    /// <summary>Where the node stands in the file.</summary>
    public int Index { get; } = index;

    /// <summary>The operator, with its domain where that is not the standard one.</summary>
    public string Operator { get; } = proto.Domain is "" or StandardDomain ? proto.OpType : $"{proto.Domain}.{proto.OpType}";

    /// <summary>Null where the file names no node.</summary>
    public string? Name { get; } = proto.Name.Length == 0 ? null : proto.Name;

    public IReadOnlyList<string> Inputs => _inputs;

    public IReadOnlyList<string> Outputs => proto.Output;

    public string Output => proto.Output.Count > 0 && proto.Output[0].Length > 0 ? proto.Output[0] : throw Error("it has no output");

    public long Opset => Graph.Opset;

    public ModelFileException Error(string problem) => Graph.Source.Error($"{Description}: {problem}.");

    public string Description => Name is not null
        ? $"node '{Shorten(Name)}' ({Shorten(Operator)})"
        : $"node {Index}, which has no name ({Shorten(Operator)}, output '{Shorten(proto.Output.Count > 0 ? proto.Output[0] : "")}')";

    public static string Shorten(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    /// <summary>Whether the input is there: an empty name leaves an optional one out.</summary>
    public bool Has(int input) => input < _inputs.Length && _inputs[input].Length > 0;

    /// <summary>Reads an optional input no more, since it says what is so without it.</summary>
    public void LeaveOut(int input) => _inputs[input] = "";

    /// <summary>The constant that the input is, or null where it is computed from the model's input.</summary>
    public OnnxConstant? TryConstant(int input) => Has(input) ? Graph.TryConstant(_inputs[input]) : null;

    /// <summary>The constant that the input must be.</summary>
    public OnnxConstant Constant(int input, string role)
    {
        if (!Has(input))
            throw Error($"its input {input}, {role}, is missing");
        return TryConstant(input)
            ?? throw Error($"its input {input}, {role}, must be a constant, and '{Shorten(_inputs[input])}' is computed");
    }

    /// <summary>A constant of one element, or <paramref name="fallback"/> where the input is left out.</summary>
    public double Scalar(int input, string role, double fallback)
    {
        if (!Has(input))
            return fallback;
        double[] values = Constant(input, role).Numbers(this, role);
        return values.Length == 1 ? values[0] : throw Error($"{role} must be one number, and has {values.Length}");
    }

    public double Float(string name, double fallback) => Attribute(name, AttributeProto.Types.AttributeType.Float)?.F ?? fallback;

    public long Int(string name, long fallback) => Attribute(name, AttributeProto.Types.AttributeType.Int)?.I ?? fallback;

    public string Text(string name, string fallback) => Attribute(name, AttributeProto.Types.AttributeType.String)?.S.ToStringUtf8() ?? fallback;

    public IReadOnlyList<long>? Ints(string name) => Attribute(name, AttributeProto.Types.AttributeType.Ints)?.Ints;

    public IReadOnlyList<float>? Floats(string name) => Attribute(name, AttributeProto.Types.AttributeType.Floats)?.Floats;

    public IReadOnlyList<string>? Texts(string name) => Attribute(name, AttributeProto.Types.AttributeType.Strings)?.Strings.Select(text => text.ToStringUtf8()).ToArray();

    public TensorProto? Tensor(string name) => Attribute(name, AttributeProto.Types.AttributeType.Tensor)?.T;

    /// <summary>Whole numbers from an attribute in old operator sets and from an input in newer ones; null: left out.</summary>
    public long[]? IntsOrInput(string name, int input)
    {
        if (Ints(name) is { } attribute)
            return [.. attribute];
        return Has(input) ? Constant(input, name).Integers(this, name) : null;
    }

    /// <summary>Refuses attributes that the operator's reader does not know: they could change what the node computes.</summary>
    public void AllowAttributes(params ReadOnlySpan<string> known)
    {
        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (!known.Contains(attribute.Name))
                throw Error($"its attribute '{Shorten(attribute.Name)}' is not supported");
            if (attribute.RefAttrName.Length > 0)
                throw Error($"its attribute '{Shorten(attribute.Name)}' refers to a function's, and functions are not supported");
        }
    }

    private AttributeProto? Attribute(string name, AttributeProto.Types.AttributeType type)
    {
        AttributeProto? found = null;
        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (attribute.Name != name)
                continue;
            if (found is not null)
                throw Error($"it has the attribute '{name}' twice");
            found = attribute;
        }

        // The type is left out in files of the first versions of the format.
        if (found is not null && found.Type != type && found.Type != AttributeProto.Types.AttributeType.Undefined)
            throw Error($"its attribute '{name}' must be of type {type}, and is {found.Type}");
        return found;
    }
}
