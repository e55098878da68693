using System;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>Each activation and its derivative as functions of the pre-activation z, straight from their definitions.</summary>
internal static class NaiveActivation
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private static readonly double GeluTanhFactor = Math.Sqrt(2 / Math.PI);

    public static bool IsElementwise(Activation activation) => activation is not (Activation.Softmax or Activation.LogSoftmax);

    public static double Value(Activation activation, double z) => activation switch
    {
        Activation.Identity => z,
        Activation.Relu => Math.Max(z, 0),
        Activation.LeakyRelu => z > 0 ? z : 0.01 * z,
        Activation.Elu => z > 0 ? z : ExpMinusOne(z),
        Activation.Selu => SeluScale * (z > 0 ? z : SeluAlpha * ExpMinusOne(z)),
        Activation.Gelu => z * NormalCdf(z),
        Activation.GeluTanh => 0.5 * z * (1 + Math.Tanh(GeluTanhArgument(z))),
        Activation.Silu => z * Sigmoid(z),
        Activation.Mish => z * Math.Tanh(Softplus(z)),
        Activation.Softplus => Softplus(z),
        Activation.LogSigmoid => -Softplus(-z),
        Activation.Softsign => z / (1 + Math.Abs(z)),
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => Sigmoid(z),
        Activation.HardSigmoid => Math.Clamp((z / 6) + 0.5, 0, 1),
        Activation.HardTanh => Math.Clamp(z, -1, 1),
        Activation.HardSwish => z * Math.Clamp((z / 6) + 0.5, 0, 1),
        Activation.Relu6 => Math.Clamp(z, 0, 6),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not element-wise."),
    };

    public static double Derivative(Activation activation, double z) => activation switch
    {
        Activation.Identity => 1,
        Activation.Relu => z > 0 ? 1 : 0,
        Activation.LeakyRelu => z > 0 ? 1 : 0.01,
        Activation.Elu => z > 0 ? 1 : Math.Exp(z),
        Activation.Selu => SeluScale * (z > 0 ? 1 : SeluAlpha * Math.Exp(z)),
        Activation.Gelu => NormalCdf(z) + (z * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)),
        Activation.GeluTanh => GeluTanhDerivative(z),
        Activation.Silu => Sigmoid(z) * (1 + (z * Sigmoid(-z))),
        Activation.Mish => MishDerivative(z),
        Activation.Softplus => Sigmoid(z),
        Activation.LogSigmoid => Sigmoid(-z),
        Activation.Softsign => 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z))),
        Activation.Tanh => 1 / (Math.Cosh(z) * Math.Cosh(z)),
        Activation.Sigmoid => Sigmoid(z) * Sigmoid(-z),
        Activation.HardSigmoid => z is > -3 and < 3 ? 1.0 / 6 : 0,
        Activation.HardTanh => z is > -1 and < 1 ? 1 : 0,
        Activation.HardSwish => z <= -3 ? 0 : z < 3 ? (z / 3) + 0.5 : 1,
        Activation.Relu6 => z is > 0 and < 6 ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not element-wise."),
    };

    /// <summary>Where the derivative jumps.</summary>
    public static double[] Kinks(Activation activation) => activation switch
    {
        Activation.Relu or Activation.LeakyRelu or Activation.Selu => [0],
        Activation.HardSigmoid or Activation.HardSwish => [-3, 3],
        Activation.HardTanh => [-1, 1],
        Activation.Relu6 => [0, 6],
        _ => [],
    };

    /// <summary>zᵢ − ln Σ e^zⱼ with the largest z taken out first, so that nothing overflows and no digit is lost to its size.</summary>
    public static double[] LogSoftmax(double[] z)
    {
        double largest = z.Max();
        double sum = 0;
        foreach (double value in z)
            sum += Math.Exp(value - largest);
        return z.Select(value => value - largest - Math.Log(sum)).ToArray();
    }

    public static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double[] powers = z.Select(value => Math.Exp(value - largest)).ToArray();
        double sum = powers.Sum();
        return powers.Select(power => power / sum).ToArray();
    }

    public static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    /// <summary>ln(1 + e^z).</summary>
    public static double Softplus(double z) => Math.Max(z, 0) + LogOnePlus(Math.Exp(-Math.Abs(z)));

    private static double NormalCdf(double z) => 0.5 * ErrorFunction.Erfc(-z / Math.Sqrt(2));

    private static double GeluTanhArgument(double z) => GeluTanhFactor * (z + (0.044715 * z * z * z));

    private static double GeluTanhDerivative(double z)
    {
        double tanh = Math.Tanh(GeluTanhArgument(z));
        double inner = GeluTanhFactor * (1 + (3 * 0.044715 * z * z));
        return (0.5 * (1 + tanh)) + (0.5 * z * (1 - (tanh * tanh)) * inner);
    }

    private static double MishDerivative(double z)
    {
        double tanh = Math.Tanh(Softplus(z));
        return tanh + (z * (1 - (tanh * tanh)) * Sigmoid(z));
    }

    // Both exact to a few ulp near 0, where the plain expressions lose digits.
    private static double ExpMinusOne(double z) => Math.Abs(z) < 1e-5 ? z + (z * z / 2) + (z * z * z / 6) : Math.Exp(z) - 1;

    private static double LogOnePlus(double x) => x < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);
}
