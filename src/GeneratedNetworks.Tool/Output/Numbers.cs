using System.Globalization;
using GeneratedNetworks.Tool.Networks;

namespace GeneratedNetworks.Tool.Output;

/// <summary>Numbers for people, the same in every culture.</summary>
internal static class Numbers
{
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count, or nothing for 0: an empty cell is easier on the eye.</summary>
    public static string CountOrNothing(long value) => value == 0 ? "" : Count(value);

    public static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Error(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);

    /// <summary>Several in a row: "8×8×1 + 3".</summary>
    public static string Shapes(IEnumerable<NamedShape> values) => string.Join(" + ", values.Select(value => Shape(value.Shape)));

    public static string Shape(IEnumerable<int> extents) =>
        string.Join("×", extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
}
