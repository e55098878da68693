namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>How one operator becomes part of the chain.</summary>
/// <param name="Code">Its number in the schema.</param>
/// <param name="Add">Adds it, or throws <see cref="ModelFileException"/> where it is no case that can be expressed.</param>
/// <param name="KeepsConstants">Whether it hands on a constant as it is, so that its output is constant as well.</param>
/// <param name="KeepsElements">Whether its output has the elements of its input, so that a range of the same type limits none of them.</param>
internal sealed record OperatorRule(int Code, Action<OperatorScope> Add, bool KeepsConstants = false, bool KeepsElements = false);

/// <summary>Every supported operator, one line each.</summary>
internal static class OperatorTable
{
    private static readonly OperatorRule[] Rules =
    [
        new(0, scope => Elementwise.Add(scope, Elementwise.Sum)),
        new(6, static _ => { }, KeepsConstants: true, KeepsElements: true),
        new(9, FullyConnected.Add),
        new(14, scope => Activations.Add(scope, Activation.Sigmoid)),
        new(18, scope => Elementwise.Add(scope, Elementwise.Product)),
        new(19, scope => Activations.Add(scope, Activation.Relu)),
        new(20, scope => Activations.Add(scope, Activation.HardTanh)),
        new(21, scope => Activations.Add(scope, Activation.Relu6)),
        new(22, Reshape.Add, KeepsElements: true),
        new(25, Activations.AddSoftmax),
        new(28, scope => Activations.Add(scope, Activation.Tanh)),
        new(41, scope => Elementwise.Add(scope, Elementwise.Difference)),
        new(42, scope => Elementwise.Add(scope, Elementwise.Quotient)),
        new(43, Squeeze.Add, KeepsElements: true),
        new(50, Activations.AddLogSoftmax),
        new(70, ExpandDims.Add, KeepsElements: true),
        new(98, Activations.AddLeakyRelu),
        new(111, scope => Activations.Add(scope, Activation.Elu)),
        new(114, static _ => { }, KeepsConstants: true, KeepsElements: true),
        new(117, scope => Activations.Add(scope, Activation.HardSwish)),
        new(150, Activations.AddGelu),
    ];

    /// <summary>Their names, for messages.</summary>
    public static string Supported { get; } = string.Join(", ", Rules.Select(rule => OperatorNames.Of(rule.Code, "")).Order(StringComparer.Ordinal));

    public static OperatorRule? Find(int code) => Array.Find(Rules, rule => rule.Code == code);
}
