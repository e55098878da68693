using GeneratedNetworks.Import.Reading.Functions;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import.Reading.TfLite;

/// <summary>An operator of a TensorFlow Lite file in a run.</summary>
/// <param name="Table">As the file has it.</param>
/// <param name="Inputs">What the file says of its inputs; null for one left out.</param>
/// <param name="Scope">The run. Its values are what quantised numbers stand for.</param>
internal sealed record TfLiteCall(FlatTable Table, IReadOnlyList<TfLiteTensor?> Inputs, OperationScope Scope)
{
    public Tensor Input(int input) => Scope.Input(input);

    public Tensor? Optional(int input) => Scope.Optional(input);

    public ModelFileException Error(string problem) => Scope.Error(problem);

    /// <summary>The operator's options; null where it has none.</summary>
    /// <param name="kind">Their number in the schema's union.</param>
    public FlatTable? Options(int kind)
    {
        int found = (byte)Table.Byte(3);
        return found == 0 ? null : found == kind ? Table.Child(4) : throw Error($"it has options of kind {found}, and {kind} belongs to it");
    }

    public long[] Whole(Tensor value) => Array.ConvertAll(
        value.Elements, element => Math.Floor(element) == element && Math.Abs(element) <= 1L << 53 ? (long)element : throw Error($"{element} is no whole number"));

    /// <summary>Biases as numbers: those in whole numbers without a scale of their own have that of the products.</summary>
    /// <param name="bias">As the file has it.</param>
    /// <param name="value">Which input is multiplied.</param>
    /// <param name="weights">Which input holds the weights.</param>
    /// <param name="units">How many results there are.</param>
    public Tensor Bias(Tensor bias, int value, int weights, int units)
    {
        bias = bias.WithShape(bias.Count);
        if (bias.Type == ElementType.Real || Inputs[value] is not { IsQuantised: true } given || Inputs[weights] is not { IsQuantised: true } factors)
            return bias with { Type = ElementType.Real };
        if (bias.Count != units)
            throw Error($"its bias of shape {bias.ShapeText} does not fit {units} results");
        double[] scales = factors.Scales.Length == units ? factors.Scales : [.. Enumerable.Repeat(factors.Scales[0], units)];
        return Tensor.Real(bias.Shape, [.. bias.Elements.Select((number, unit) => number * given.Scales[0] * scales[unit])]);
    }

    /// <summary>The function that an operator may carry in its options.</summary>
    public Tensor Activate(Tensor value, int code) => code switch
    {
        0 => value,
        1 => Scope.Clamp(value, 0, double.PositiveInfinity),
        2 => Scope.Clamp(value, -1, 1),
        3 => Scope.Clamp(value, 0, 6),
        4 => Scope.Map(value, Math.Tanh),
        _ => throw Error($"it carries the function number {code}, which is not executed"),
    };
}

/// <summary>How an operator is executed.</summary>
/// <param name="Name">In the schema.</param>
/// <param name="Apply">Its only output.</param>
internal sealed record TfLiteRule(string Name, Func<TfLiteCall, Tensor> Apply, PrefixRole Role = PrefixRole.None)
{
    /// <summary>Between which numbers results are, whatever it reads; null where there are no bounds.</summary>
    public (double Least, double Greatest)? Bounds { get; init; }

    public static TfLiteRule Map(string name, Func<double, double> function) => new(name, call => call.Scope.Map(call.Input(0), function));

    public static TfLiteRule Clamp(string name, double least, double greatest) =>
        new(name, call => call.Scope.Clamp(call.Input(0), least, greatest)) { Bounds = (least, greatest) };

    /// <summary>Of two values, with a function behind it that the options name.</summary>
    public static TfLiteRule Binary(string name, int optionsKind, Func<double, double, double> function, PrefixRole role = PrefixRole.None) => new(
        name, call => call.Activate(Elementwise.Apply(call.Scope, call.Input(0), call.Input(1), function), optionsKind == 0 ? 0 : call.Options(optionsKind)?.Byte(0) ?? 0), role);
}
