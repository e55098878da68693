using System;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Errors in units of the last place of the exact value.</summary>
internal static class Ulp
{
    /// <summary>Gelu and GeluTanh are held to units of 1/8 where they are smaller: their left tails are sums that vanish in what follows.</summary>
    private static double Floor(string function) => function is "Gelu" or "GeluTanh" ? 0.125 : 0;

    public static double Error(string function, float got, double exact)
    {
        if (double.IsNaN(exact))
            return float.IsNaN(got) ? 0 : double.PositiveInfinity;
        var rounded = (float)exact;
        if (got == rounded)
            return 0;
        if (float.IsInfinity(rounded))
            return double.PositiveInfinity;
        var size = (float)Math.Max(Math.Abs(exact), Floor(function));
        double unit = (double)MathF.BitIncrement(size) - size;
        return double.IsNaN(got) ? double.PositiveInfinity : Math.Abs(got - exact) / unit;
    }

    public static double Error(string function, double got, double near, double rest)
    {
        double size = Math.Max(Math.Abs(near), Floor(function));
        double unit = Math.BitIncrement(size) - size;
        return double.IsNaN(got) ? double.PositiveInfinity : Math.Abs((got - near) / unit - rest / unit);
    }
}
