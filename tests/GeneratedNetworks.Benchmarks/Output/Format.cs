using System;
using System.Globalization;

namespace GeneratedNetworks.Benchmarks.Output;

/// <summary>Numbers as the tables show them: three digits that matter, invariant culture.</summary>
internal static class Format
{
    public const string Missing = "–";

    public static string Nanoseconds(double value) =>
        double.IsNaN(value) ? Missing
        : value < 100 ? value.ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) =>
        double.IsNaN(value) ? Missing
        : value.ToString(Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Percent(double fraction) =>
        double.IsNaN(fraction) ? Missing : (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
