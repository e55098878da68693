using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>The formula of one node over those of its inputs.</summary>
internal static class NodeExpression
{
    // The order is that of the formulas' calls: an operator that is a function of one value without settings.
    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["Sigmoid"] = "sigmoid",
        ["Tanh"] = "tanh",
        ["Erf"] = "erf",
        ["Exp"] = "exp",
        ["Log"] = "log",
        ["Softplus"] = "softplus",
        ["Abs"] = "abs",
    };

    /// <summary>Whether an operator may be part of an expansion.</summary>
    public static bool Knows(string operatorName) => Functions.ContainsKey(operatorName)
        || operatorName is "Max" or "Min" or "Pow" or "Reciprocal" or "ReduceMax" or "ReduceSum" or "ReduceLogSumExp";

    /// <param name="node">An operator of the expansions, or any other.</param>
    /// <param name="chain">What is known of the value x, for the axes of reductions.</param>
    /// <param name="input">The formula of an input by its number; null where it has none.</param>
    /// <returns>Null for a node that is no part of an expansion.</returns>
    public static Expression? Of(OnnxNode node, OnnxChain chain, Func<int, Expression?> input)
    {
        if (node.Outputs.Count != 1 || !node.Has(0) || input(0) is not { } first)
            return null;
        if (Functions.TryGetValue(node.Operator, out string? function))
            return Expression.Call(function, first);
        Expression? second = node.Inputs.Count == 2 ? input(1) : null;
        return node.Operator switch
        {
            "Add" => second is null ? null : first + second,
            "Sub" => second is null ? null : first - second,
            "Mul" => second is null ? null : first * second,
            "Div" => second is null ? null : first / second,
            "Max" => second is null ? null : Expression.Max(first, second),
            "Min" => second is null ? null : Expression.Min(first, second),
            "Pow" => second?.Text switch
            {
                "2" => first * first,
                "3" => first * first * first,
                _ => null,
            },
            "Neg" => -1 * first,
            "Reciprocal" => 1 / first,
            "Identity" => first,
            "Cast" => IsFloatCast(node) ? first : null,
            "Relu" => Expression.Max(0, first),
            "Clip" => Clip(node, first),
            "HardSigmoid" => Expression.Clip((node.Float("alpha", 0.2f) * first) + node.Float("beta", 0.5f), 0, 1),
            "Softmax" => SoftmaxOperators.CoversSample(node, chain) ? Expression.Call("softmax", first) : null,
            "ReduceMax" or "ReduceSum" or "ReduceLogSumExp" => Reduces(node, chain) ? Expression.Call(node.Operator.ToLowerInvariant(), first) : null,
            _ => null,
        };
    }

    private static bool IsFloatCast(OnnxNode node) => ElementTypes.IsFloat((Schema.TensorProto.Types.DataType)node.Int("to", 0));

    private static Expression Clip(OnnxNode node, Expression value)
    {
        (double low, double high) = ClipOperator.Bounds(node);
        return Expression.Clip(value, low, high);
    }

    /// <summary>Whether it reduces over all elements of a sample and keeps the axes.</summary>
    private static bool Reduces(OnnxNode node, OnnxChain chain)
    {
        if (node.Int("keepdims", 1) == 0 || node.IntsOrInput("axes", 1) is not { Length: 1 } axes)
            return false;
        int axis = chain.Shape.OfSample(chain.Shape.Axis(node, axes[0]));
        return axis >= 0 && chain.Shape.Sample[axis] == chain.Shape.Size;
    }
}
