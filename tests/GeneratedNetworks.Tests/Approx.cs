using System;
using System.Globalization;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Comparison of numbers as the project defines it: |a − b| ≤ tol · max(1, |b|), b being the reference.</summary>
internal static class Approx
{
    public static void Equal(double expected, double actual, double tolerance, string what)
    {
        if (!IsClose(expected, actual, tolerance))
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:G17}, got {actual:G17}, tolerance {tolerance:G3}"));
    }

    public static void Equal(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} values, got {actual.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            // A text for each of millions of elements would take longer than most networks.
            if (!IsClose(expected[i], actual[i], tolerance))
                Equal(expected[i], actual[i], tolerance, $"{what}[{i}]");
        }
    }

    /// <summary>The largest |a − b| / max(1, |b|).</summary>
    public static double Distance(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
            worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]) / Math.Max(1, Math.Abs(expected[i])));
        return worst;
    }

    private static bool IsClose(double expected, double actual, double tolerance) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
}
