using System;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>An unevaluated sum of two doubles, about 31 digits: plain series by which the generated double functions are judged.</summary>
internal readonly struct DoubleDouble(double high, double low)
{
    public readonly double High = high;
    public readonly double Low = low;

    private static readonly DoubleDouble Ln2 = new(0.69314718055994530942, 2.3190468138462996e-17);
    private static readonly DoubleDouble Sqrt2Pi = new(2.5066282746310007, -1.8328579980459167e-16);

    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double s = a.High + b.High, t = s - a.High;
        double e = a.High - (s - t) + (b.High - t);
        double u = a.Low + b.Low, v = u - a.Low;
        double f = a.Low - (u - v) + (b.Low - v);
        DoubleDouble first = Sum(s, e + u);
        return Sum(first.High, first.Low + f);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = a.High * b.High;
        return Sum(p, Math.FusedMultiplyAdd(a.High, b.High, -p) + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q1 = a.High / b.High;
        DoubleDouble r = a - b * q1;
        double q2 = r.High / b.High;
        r -= b * q2;
        return Sum(q1, q2) + r.High / b.High;
    }

    public DoubleDouble Scale(int power) => new(Math.ScaleB(High, power), Math.ScaleB(Low, power));

    /// <summary>2^n exp(r): the power stands apart, so that no part of a subnormal result is lost.</summary>
    public static (DoubleDouble Value, int Power) ExpParts(DoubleDouble x)
    {
        double n = Math.Round(x.High / Ln2.High);
        DoubleDouble r = (x - Ln2 * n) * (1.0 / 256);
        DoubleDouble sum = SmallExpMinusOne(r);
        for (int i = 0; i < 8; i++) // exp(2r) - 1 = (2 + s) s
            sum = (sum + 2) * sum;
        return (sum + 1, (int)n);
    }

    public static DoubleDouble Exp(DoubleDouble x)
    {
        var (value, power) = ExpParts(x);
        return value.Scale(power);
    }

    public static DoubleDouble ExpMinusOne(DoubleDouble x) => Math.Abs(x.High) < 0.5 ? Series(x) : Exp(x) - 1;

    /// <summary>log(1 + e) for 0 ≤ e ≤ 1.</summary>
    public static DoubleDouble Log1P(DoubleDouble e)
    {
        if (e.High < 1e-4)
        {
            DoubleDouble sum = 0;
            for (int k = 9; k > 0; k--)
                sum = ((k % 2 == 0 ? -1 : 1) / (DoubleDouble)k + sum) * e;
            return sum;
        }
        return Log(e + 1);
    }

    /// <summary>One Newton step on a double's logarithm; good to 31 digits absolutely.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        DoubleDouble y = Math.Log(x.High);
        for (int i = 0; i < 2; i++)
            y += x * Exp(-y) - 1;
        return y;
    }

    /// <summary>Φ(-a) for a ≥ 0 by the series of the distribution's lower part; its absolute error is far below what an activation needs.</summary>
    public static DoubleDouble NormalTail(double a)
    {
        if (a > 12)
            return 0;
        DoubleDouble square = (DoubleDouble)a * a, term = a, sum = a;
        for (int k = 3; Math.Abs(term.High) > 1e-34 * sum.High; k += 2)
        {
            term = term * square / k;
            sum += term;
        }
        return 0.5 - sum * Exp(square * -0.5) / Sqrt2Pi;
    }

    private static DoubleDouble SmallExpMinusOne(DoubleDouble r)
    {
        DoubleDouble sum = 0;
        for (int k = 11; k > 0; k--)
            sum = (sum + 1) * r / k;
        return sum;
    }

    private static DoubleDouble Series(DoubleDouble x)
    {
        DoubleDouble sum = 0;
        for (int k = 26; k > 0; k--)
            sum = (sum + 1) * x / k;
        return sum;
    }

    private static DoubleDouble Sum(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }
}
