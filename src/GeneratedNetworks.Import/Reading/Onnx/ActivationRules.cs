using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Activation functions with a name of their own.</summary>
internal static class ActivationRules
{
    private const double SeluAlpha = 1.67326319217681884765625;
    private const double SeluGamma = 1.05070102214813232421875;

    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Relu"] = OnnxRule.Of(call => call.Scope.Clamp(call.Input(0), 0, double.PositiveInfinity)),
        ["LeakyRelu"] = WithAlpha(0.01f, (x, alpha) => x < 0 ? alpha * x : x),
        ["PRelu"] = OnnxRule.Of(PRelu),
        ["ThresholdedRelu"] = WithAlpha(1, (x, alpha) => x > alpha ? x : double.IsNaN(x) ? x : 0),
        ["Elu"] = WithAlpha(1, Scalar.Elu),
        ["Celu"] = WithAlpha(1, Scalar.Celu),
        ["Selu"] = OnnxRule.Of(Selu),
        ["Gelu"] = OnnxRule.Of(call => call.Scope.Map(call.Input(0), call.Text("approximate", "none") switch
        {
            "none" => Scalar.Gelu,
            "tanh" => Scalar.GeluTanh,
            string other => throw call.Error($"its approximation '{other}' is not known"),
        })),
        ["Sigmoid"] = OnnxRule.Map(Scalar.Sigmoid),
        ["Tanh"] = OnnxRule.Map(Math.Tanh),
        ["Softplus"] = OnnxRule.Map(Scalar.Softplus),
        ["Softsign"] = OnnxRule.Map(Scalar.Softsign),
        ["HardSigmoid"] = OnnxRule.Of(HardSigmoid),
        ["HardSwish"] = OnnxRule.Of(call =>
        {
            call.Scope.NoteLimits(call.Input(0), -3, 3);
            return call.Scope.Map(call.Input(0), Scalar.HardSwish);
        }),
        ["Mish"] = OnnxRule.Map(Scalar.Mish),
        ["Swish"] = WithAlpha(1, (x, alpha) => x * Scalar.Sigmoid(alpha * x)),
        ["Shrink"] = OnnxRule.Of(Shrink),
        ["Clip"] = OnnxRule.Of(call => call.Scope.Clamp(
            call.Input(0), call.NumberOrInput("min", 1) ?? double.NegativeInfinity, call.NumberOrInput("max", 2) ?? double.PositiveInfinity)),
        ["Softmax"] = OnnxRule.Of(call => Softmax(call, AlongAxis.Softmax)),
        ["LogSoftmax"] = OnnxRule.Of(call => Softmax(call, AlongAxis.LogSoftmax)),
    };

    private static OnnxRule WithAlpha(double fallback, Func<double, double, double> function) => OnnxRule.Of(call =>
    {
        double alpha = call.Float("alpha", fallback);
        return call.Scope.Map(call.Input(0), x => function(x, alpha));
    });

    private static Tensor Selu(OnnxCall call)
    {
        double alpha = call.Float("alpha", SeluAlpha);
        double gamma = call.Float("gamma", SeluGamma);
        return call.Scope.Map(call.Input(0), x => Scalar.Selu(x, alpha, gamma));
    }

    private static Tensor HardSigmoid(OnnxCall call)
    {
        double slope = call.Float("alpha", 0.2f);
        double offset = call.Float("beta", 0.5);
        if (slope > 0)
            call.Scope.NoteLimits(call.Input(0), -offset / slope, (1 - offset) / slope);
        return call.Scope.Map(call.Input(0), x => Scalar.HardSigmoid(x, slope, offset));
    }

    private static Tensor PRelu(OnnxCall call)
    {
        Tensor value = call.Input(0);
        Tensor slope = call.Input(1);

        // Up to version 6, a slope of one axis belongs to the channels, the second axis.
        if (call.Opset < 7 && slope.Rank == 1 && slope.Count > 1 && value.Rank > 1)
            slope = slope.WithShape([slope.Count, .. Enumerable.Repeat(1, value.Rank - 2)]);
        if (Extents.Broadcast(value.Shape, slope.Shape) is not { } shape || !shape.SequenceEqual(value.Shape))
            throw call.Error($"a slope of shape {slope.ShapeText} does not fit a value of shape {value.ShapeText}");
        return Elementwise.Apply(call.Scope, value, slope, (x, factor) => x < 0 ? x * factor : x);
    }

    private static Tensor Shrink(OnnxCall call)
    {
        double bias = call.Float("bias", 0);
        double lambda = call.Float("lambd", 0.5);
        return call.Scope.Map(call.Input(0), x => x < -lambda ? x + bias : x > lambda ? x - bias : 0);
    }

    /// <summary>Up to version 12 over all axes from the one that is named on, since then over that one.</summary>
    private static Tensor Softmax(OnnxCall call, Func<double[], double[]> function)
    {
        Tensor value = call.Input(0);
        if (call.Opset >= 13)
            return AlongAxis.Apply(call.Scope, value, call.Axis(call.Int("axis", -1), value.Rank), function);
        long axis = call.Int("axis", 1);
        int first = axis == value.Rank ? value.Rank : call.Axis(axis, value.Rank);
        int rows = (int)Extents.Count(value.Shape.Take(first));
        Tensor flat = value.WithShape(rows, rows == 0 ? 0 : value.Count / rows);
        return AlongAxis.Apply(call.Scope, flat, 1, function).WithShape(value.Shape);
    }
}
