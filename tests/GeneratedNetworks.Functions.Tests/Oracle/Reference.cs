using System;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The activations by their definitions: in double for the float functions, in double-double for the double ones.</summary>
internal static class Reference
{
    private const double Scale = 1.0507009873554804934193349852946;
    private const double Alpha = 1.6732632423543772848170429916717;
    private static readonly double Cubic = 0.044715;
    private static readonly DoubleDouble SqrtTwoOverPi = new(0.79788456080286541, -4.98465440455546e-17);

    /// <summary>Good to about 1e-15, which is nothing in units of a float's last place.</summary>
    public static double InDouble(string function, double z) => function switch
    {
        "Identity" => z,
        "Relu" => Math.Max(z, 0),
        "LeakyRelu" => z > 0 ? z : z * 0.01,
        "Elu" => z > 0 ? z : ExpMinusOne(z),
        "Selu" => Scale * (z > 0 ? z : Alpha * ExpMinusOne(z)),
        "Gelu" => z < 0 ? z * NormalTail(-z) : z - z * NormalTail(z),
        "GeluTanh" => z * Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (z + Cubic * z * z * z)),
        "Silu" => z * Sigmoid(z),
        "Mish" => z * Math.Tanh(Softplus(z)),
        "Softplus" => Softplus(z),
        "LogSigmoid" => -Softplus(-z),
        "Softsign" => z / (1 + Math.Abs(z)),
        "Tanh" => Math.Tanh(z),
        "Sigmoid" => Sigmoid(z),
        "HardSigmoid" => Math.Clamp((z + 3) / 6, 0, 1),
        "HardTanh" => Math.Clamp(z, -1, 1),
        "HardSwish" => z * Math.Clamp((z + 3) / 6, 0, 1),
        "Relu6" => Math.Clamp(z, 0, 6),
        "Exp" => Math.Exp(z),
        "Log" => Math.Log(z),
        "SoftplusTail" => LogOnePlus(Math.Exp(-Math.Abs(z))),
        "Cos" => Math.Cos(z),
        _ => throw new ArgumentException(function),
    };

    /// <summary>The derivative in z; at a kink PyTorch's.</summary>
    public static double Derivative(string function, double z)
    {
        switch (function)
        {
            case "Identity": return 1;
            case "Relu": return z > 0 ? 1 : 0;
            case "LeakyRelu": return z > 0 ? 1 : 0.01;
            case "Elu": return z > 0 ? 1 : Math.Exp(z);
            case "Selu": return Scale * (z > 0 ? 1 : Alpha * Math.Exp(z));
            case "Gelu":
                double density = Math.Abs(z) > 40 ? 0 : Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
                return (z < 0 ? NormalTail(-z) : 1 - NormalTail(z)) + z * density;
            case "GeluTanh":
                {
                    double c = Math.Sqrt(2 / Math.PI), h = Math.Clamp(z, -40, 40), s = Sigmoid(2 * c * (h + Cubic * h * h * h));
                    double other = Sigmoid(-2 * c * (h + Cubic * h * h * h));
                    return s + h * s * other * 2 * c * (1 + 3 * Cubic * h * h);
                }
            case "Silu": return Sigmoid(z) * (1 + (z > 800 ? 0 : z * Sigmoid(-z)));
            case "Mish":
                {
                    double w = Math.Tanh(Softplus(z)), e = Math.Exp(-Math.Abs(z));
                    double complement = z < 0 ? 2 / (2 + 2 * e + e * e) : 2 * e * e / (1 + 2 * e + 2 * e * e);
                    return w + (Math.Abs(z) > 800 ? 0 : z * Sigmoid(z) * complement * (1 + w));
                }
            case "Softplus": return Sigmoid(z);
            case "LogSigmoid": return Sigmoid(-z);
            case "Softsign": return 1 / (1 + Math.Abs(z)) / (1 + Math.Abs(z));
            case "Tanh": { double c = Math.Cosh(Math.Min(Math.Abs(z), 400)); return 1 / c / c; }
            case "Sigmoid": return Sigmoid(z) * Sigmoid(-z);
            case "HardSigmoid": return z > -3 && z < 3 ? 1.0 / 6 : 0;
            case "HardTanh": return z > -1 && z < 1 ? 1 : 0;
            case "HardSwish": return z <= -3 ? 0 : z < 3 ? z / 3 + 0.5 : 1;
            case "Relu6": return z > 0 && z < 6 ? 1 : 0;
            default: throw new ArgumentException(function);
        }
    }

    /// <summary>Good to about 30 digits, away from the subnormal range.</summary>
    public static DoubleDouble InDoubleDouble(string function, double z)
    {
        DoubleDouble e;
        switch (function)
        {
            case "Exp": return DoubleDouble.Exp(z);
            case "Tanh":
                e = DoubleDouble.ExpMinusOne((DoubleDouble)(-2 * Math.Abs(z)));
                DoubleDouble t = -e / (e + 2);
                return z < 0 ? -t : t;
            case "Elu": return z > 0 ? z : DoubleDouble.ExpMinusOne(z);
            case "Selu":
                e = z > 0 ? z : DoubleDouble.ExpMinusOne(z) * new DoubleDouble(1.6732632423543772, 1.0657222547717531e-16);
                return e * new DoubleDouble(1.0507009873554805, 3.9874847667154144e-17);
            case "Sigmoid": return DoubleSigmoid(z);
            case "Silu": return DoubleSigmoid(z) * z;
            case "Mish":
                e = DoubleDouble.Exp(-Math.Abs(z));
                DoubleDouble n = z < 0 ? e * (e + 2) : e * 2 + 1;
                return n / (z < 0 ? n + 2 : n + e * e * 2) * z;
            case "Softplus": return DoubleDouble.Log1P(DoubleDouble.Exp(-Math.Abs(z))) + Math.Max(z, 0);
            case "LogSigmoid": return -DoubleDouble.Log1P(DoubleDouble.Exp(-Math.Abs(z))) + Math.Min(z, 0);
            case "Gelu": return (z < 0 ? DoubleDouble.NormalTail(-z) : 1 - DoubleDouble.NormalTail(z)) * z;
            case "GeluTanh":
                DoubleDouble square = (DoubleDouble)z * z;
                return DoubleSigmoid((square * z * new DoubleDouble(0.044715, 2.1960211427085595e-18) + z) * SqrtTwoOverPi * 2) * z;
            default: throw new ArgumentException(function);
        }
    }

    private static DoubleDouble DoubleSigmoid(DoubleDouble z)
    {
        DoubleDouble e = DoubleDouble.Exp(z.High < 0 ? z : -z);
        return (z.High < 0 ? e : 1) / (e + 1);
    }

    private static double Sigmoid(double z) => z < 0 ? Math.Exp(z) / (1 + Math.Exp(z)) : 1 / (1 + Math.Exp(-z));

    private static double Softplus(double z) => Math.Max(z, 0) + LogOnePlus(Math.Exp(-Math.Abs(z)));

    // The rounding of 1 + e is the same in both factors, and cancels.
    private static double LogOnePlus(double e)
    {
        double u = 1 + e;
        return u == 1 ? e : Math.Log(u) * e / (u - 1);
    }

    private static double ExpMinusOne(double z)
    {
        double u = Math.Exp(z);
        return u == 1 ? z : z < -1 ? u - 1 : (u - 1) * z / Math.Log(u);
    }

    private static double NormalTail(double a)
    {
        double density = Math.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI);
        if (a > 40)
            return 0;
        if (a > 3) // a continued fraction
        {
            double fraction = a;
            for (int k = 60; k > 0; k--)
                fraction = a + k / fraction;
            return density / fraction;
        }
        double term = a, sum = a;
        for (int k = 3; term > 1e-17 * sum; k += 2)
            sum += term *= a * a / k;
        return 0.5 - density * sum;
    }
}
