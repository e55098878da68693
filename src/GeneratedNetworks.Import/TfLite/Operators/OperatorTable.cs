namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>How one operator becomes part of the graph.</summary>
/// <param name="Code">Its number in the schema.</param>
/// <param name="Add">Adds it, or throws <see cref="ModelFileException"/> where it is no case that can be expressed.</param>
internal sealed record OperatorRule(int Code, Action<OperatorScope> Add)
{
    /// <summary>Whether it hands on a constant as it is, so that its output is constant as well.</summary>
    public bool KeepsConstants { get; init; }

    /// <summary>Whether its output has elements of its input or lies between them, so that a range of the same type limits none of them.</summary>
    public bool KeepsElements { get; init; }

    /// <summary>Whether it may read several values that are computed.</summary>
    public bool Joins { get; init; }
}

/// <summary>Every supported operator, one line each.</summary>
internal static class OperatorTable
{
    private static readonly OperatorRule[] Rules =
    [
        new(0, scope => Elementwise.Add(scope, Elementwise.Sum)) { Joins = true },
        new(1, scope => Pools.Add(scope, isMax: false)) { KeepsElements = true },
        new(2, Concatenation.Add) { Joins = true },
        new(3, Convolutions.AddFull),
        new(4, Convolutions.AddDepthwise),
        new(6, static _ => { }) { KeepsConstants = true, KeepsElements = true },
        new(9, FullyConnected.Add),
        new(14, scope => Activations.Add(scope, Activation.Sigmoid)),
        new(17, scope => Pools.Add(scope, isMax: true)) { KeepsElements = true },
        new(18, scope => Elementwise.Add(scope, Elementwise.Product)) { Joins = true },
        new(19, scope => Activations.Add(scope, Activation.Relu)),
        new(20, scope => Activations.Add(scope, Activation.HardTanh)),
        new(21, scope => Activations.Add(scope, Activation.Relu6)),
        new(22, Reshape.Add) { KeepsElements = true },
        new(25, Activations.AddSoftmax),
        new(28, scope => Activations.Add(scope, Activation.Tanh)),
        new(34, Padding.Add) { KeepsElements = true },
        new(39, Transpose.Add) { KeepsElements = true },
        new(40, scope => Pools.AddReduction(scope, isMax: false)) { KeepsElements = true },
        new(41, scope => Elementwise.Add(scope, Elementwise.Difference)) { Joins = true },
        new(42, scope => Elementwise.Add(scope, Elementwise.Quotient)) { Joins = true },
        new(43, Squeeze.Add) { KeepsElements = true },
        new(44, SequenceLstm.Add),
        new(50, scope => Activations.Add(scope, Activation.LogSoftmax)),
        new(54, Activations.AddPRelu),
        new(55, scope => Elementwise.AddLimit(scope, isLower: true)),
        new(57, scope => Elementwise.AddLimit(scope, isLower: false)),
        new(60, Padding.Add) { KeepsElements = true },
        new(67, Convolutions.AddTransposed),
        new(70, ExpandDims.Add) { KeepsElements = true },
        new(82, scope => Pools.AddReduction(scope, isMax: true)) { KeepsElements = true },
        new(98, Activations.AddLeakyRelu),
        new(111, scope => Activations.Add(scope, Activation.Elu)),
        new(114, static _ => { }) { KeepsConstants = true, KeepsElements = true },
        new(117, scope => Activations.Add(scope, Activation.HardSwish)),
        new(150, Activations.AddGelu),
        new(152, scope => scope.Chain.Clip(scope.LayerName, 0, 1)),
    ];

    /// <summary>Their names, for messages.</summary>
    public static string Supported { get; } = string.Join(", ", Rules.Select(rule => OperatorNames.Of(rule.Code, "")).Order(StringComparer.Ordinal));

    public static OperatorRule? Find(int code) => Array.Find(Rules, rule => rule.Code == code);
}
