using System;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>How each activation is written in operator set 13 and later.</summary>
/// <remarks>
/// In single precision by the operator that the set has, otherwise by a formula. In double by a formula almost always: attributes are 32-bit numbers,
/// so that
/// LeakyRelu's 0.01 would lose half of its digits, and ONNX Runtime has no double form of most of these operators. Every formula is one that the
/// importer knows.
/// </remarks>
internal static class ActivationWriter
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private static readonly double TanhFactor = Math.Sqrt(2 / Math.PI);

    /// <summary>Adds the nodes of f(x) and returns the name of its value.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="function">The function.</param>
    /// <param name="layer">The layer that they belong to.</param>
    /// <param name="x">The value that it is a function of.</param>
    /// <param name="axis">Which axis a softmax runs along.</param>
    public static string Write(GraphWriter graph, Activation function, string layer, string x, int axis)
    {
        Formula f = new(graph, layer);
        if (function is Activation.Softmax or Activation.LogSoftmax)
            return f.Call(function.ToString(), x, GraphWriter.Whole("axis", axis));
        return graph.Precision == Precision.Double ? Double(f, function, x) : Single(f, function, x);
    }

    private static string Single(Formula f, Activation function, string x) => function switch
    {
        Activation.LeakyRelu => f.Call("LeakyRelu", x, GraphWriter.Real("alpha", 0.01)),
        Activation.Elu or Activation.Selu or Activation.Softplus or Activation.Softsign => f.Call(function.ToString(), x),
        Activation.Gelu => f.Mul(f.Mul(x, f.Number(0.5)), f.Add(f.Call("Erf", f.Mul(x, f.Number(Math.Sqrt(0.5)))), f.Number(1))),
        Activation.Mish => f.Mul(x, f.Call("Tanh", f.Call("Softplus", x))),
        Activation.HardSigmoid => HardSigmoid(f, x),
        Activation.HardSwish => f.Mul(x, HardSigmoid(f, x)),
        Activation.LogSigmoid => f.Call("Neg", f.Call("Softplus", f.Call("Neg", x))),
        _ => Common(f, function, x),
    };

    private static string Double(Formula f, Activation function, string x) => function switch
    {
        Activation.LeakyRelu => f.Max(x, f.Mul(x, f.Number(0.01))),
        Activation.Elu => f.Add(f.Max(x, f.Number(0)), BelowZero(f, x)),
        Activation.Selu => f.Mul(f.Add(f.Max(x, f.Number(0)), f.Mul(BelowZero(f, x), f.Number(SeluAlpha))), f.Number(SeluScale)),
        Activation.Gelu => GeluBySum(f, x),
        Activation.Mish => f.Mul(x, f.Call("Tanh", f.Add(f.Max(x, f.Number(0)), LogOfOnePlusExp(f, x)))),
        Activation.Softplus => f.Add(f.Max(x, f.Number(0)), LogOfOnePlusExp(f, x)),
        Activation.Softsign => f.Call("Div", x, f.Add(f.Call("Abs", x), f.Number(1))),
        Activation.HardSigmoid => SixthAndHalfClipped(f, x),
        Activation.HardSwish => f.Mul(x, SixthAndHalfClipped(f, x)),
        Activation.LogSigmoid => f.Call("Sub", f.Min(x, f.Number(0)), LogOfOnePlusExp(f, x)),
        _ => Common(f, function, x),
    };

    private static string Common(Formula f, Activation function, string x) => function switch
    {
        Activation.Identity => x,
        Activation.Relu or Activation.Tanh or Activation.Sigmoid => f.Call(function.ToString(), x),
        Activation.HardTanh => f.Clip(x, -1, 1),
        Activation.Relu6 => f.Clip(x, 0, 6),
        Activation.Silu => f.Mul(x, f.Call("Sigmoid", x)),
        Activation.GeluTanh => f.Mul(f.Mul(x, f.Number(0.5)), f.Add(f.Call("Tanh", TanhArgument(f, x)), f.Number(1))),
        _ => throw new ArgumentException($"Activation '{function}' cannot be written as ONNX."),
    };

    private static string TanhArgument(Formula f, string x)
    {
        string cube = f.Mul(f.Mul(x, x), x);
        return f.Mul(f.Add(x, f.Mul(cube, f.Number(0.044715))), f.Number(TanhFactor));
    }

    private static string HardSigmoid(Formula f, string x) => f.Call("HardSigmoid", x, GraphWriter.Real("alpha", 1.0 / 6), GraphWriter.Real("beta", 0.5));

    private static string SixthAndHalfClipped(Formula f, string x) => f.Clip(f.Add(f.Mul(x, f.Number(1.0 / 6)), f.Number(0.5)), 0, 1);

    /// <summary>exp(min(x, 0)) − 1.</summary>
    private static string BelowZero(Formula f, string x) => f.Call("Sub", f.Call("Exp", f.Min(x, f.Number(0))), f.Number(1));

    /// <summary>ln(1 + e^(−|x|)), which overflows nowhere.</summary>
    private static string LogOfOnePlusExp(Formula f, string x) => f.Call("Log", f.Add(f.Call("Exp", f.Call("Neg", f.Call("Abs", x))), f.Number(1)));

    /// <summary>max(x, 0) − a·½·erfc(a/√2) with a = |x|, cut at 40 where nothing is left: ONNX Runtime has no erf in double.</summary>
    private static string GeluBySum(Formula f, string x)
    {
        string a = f.Min(f.Call("Abs", x), f.Number(NormalTail.Farthest));
        string square = f.Mul(f.Mul(a, a), f.Number(0.5));
        string? sum = null;
        foreach ((double node, double weight) in NormalTail.Terms)
        {
            string term = f.Call("Div", f.Number(weight), f.Add(square, f.Number(node)));
            sum = sum is null ? term : f.Add(sum, term);
        }

        string smooth = f.Mul(f.Mul(f.Mul(a, f.Number(NormalTail.Factor)), f.Call("Exp", f.Call("Neg", square))), sum!);
        string pole = f.Call("Div", f.Number(1), f.Add(f.Call("Exp", f.Mul(a, f.Number(NormalTail.PoleRate))), f.Number(1)));
        return f.Call("Sub", f.Max(x, f.Number(0)), f.Mul(a, f.Add(smooth, pole)));
    }

    /// <summary>Short names for the nodes of one layer.</summary>
    private sealed class Formula(GraphWriter graph, string layer)
    {
        public string Number(double value) => graph.Number(value);

        public string Call(string op, string x, params ProtoMessage[] attributes) => graph.Add(op, layer, [x], attributes);

        public string Call(string op, string a, string b) => graph.Add(op, layer, [a, b]);

        public string Add(string a, string b) => Call("Add", a, b);

        public string Mul(string a, string b) => Call("Mul", a, b);

        public string Max(string a, string b) => Call("Max", a, b);

        public string Min(string a, string b) => Call("Min", a, b);

        public string Clip(string x, double low, double high) => graph.Add("Clip", layer, [x, Number(low), Number(high)]);
    }
}
