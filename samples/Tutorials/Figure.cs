using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tutorials;

/// <summary>One figure: what is expected, from whom, what we get, and whether they agree.</summary>
internal sealed record Figure(string Name, string Source, string Expected, string Ours, bool Agrees)
{
    private const string Document = "document";
    private const string Reference = "reference";

    /// <summary>The document rounds to some decimals.</summary>
    public static Figure Rounded(string name, IReadOnlyList<double> printed, IReadOnlyList<double> ours, int decimals)
    {
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return new Figure(name, Document, Join(printed, format), Join(ours, format), Join(printed, format) == Join(ours, format));
    }

    /// <summary>The document cuts off after the last digit that it prints, each number after its own.</summary>
    public static Figure CutOff(string name, IReadOnlyList<string> printed, IReadOnlyList<double> ours)
    {
        string[] cut = [.. printed.Zip(ours, (text, value) => Cut(value, text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1))];
        return new Figure(name, Document, string.Join(' ', printed), string.Join(' ', cut), printed.SequenceEqual(cut));
    }

    /// <summary>The document prints numbers of type float.</summary>
    public static Figure SameFloats(string name, IReadOnlyList<double> printed, IReadOnlyList<double> ours) => new(
        name,
        Document,
        string.Join(' ', printed.Select(p => ((float)p).ToString(CultureInfo.InvariantCulture))),
        string.Join(' ', ours.Select(o => ((float)o).ToString(CultureInfo.InvariantCulture))),
        printed.Select(p => (float)p).SequenceEqual(ours.Select(o => (float)o)));

    /// <summary>The document prints all its digits, not all of them sure.</summary>
    public static Figure Near(string name, IReadOnlyList<double> printed, IReadOnlyList<double> ours, double tolerance) =>
        new(name, Document, Join(printed, "G7"), Join(ours, "G7"), Gap(printed, ours) <= tolerance);

    /// <summary>The document prints nothing: the reference run does, to within a relative tolerance.</summary>
    public static Figure Close(string name, IReadOnlyList<double> reference, IReadOnlyList<double> ours, double tolerance = 1e-9)
    {
        double gap = Gap(reference, ours);
        bool agrees = gap <= tolerance;
        return reference.Count <= 4
            ? new Figure(name, Reference, Join(reference, "G9"), Join(ours, "G9"), agrees)
            : new Figure(name, Reference, $"{reference.Count} numbers", FormattableString.Invariant($"all within {gap:g2}"), agrees);
    }

    /// <summary>A count or a verdict that must be the same.</summary>
    public static Figure Same(string name, string reference, string ours) => new(name, Reference, reference, ours, reference == ours);

    public static double Gap(IReadOnlyList<double> reference, IReadOnlyList<double> ours) => reference.Count == ours.Count
        ? reference.Zip(ours, (r, o) => Math.Abs(r - o) / Math.Max(1, Math.Abs(r))).Max()
        : double.NaN;

    private static string Cut(double value, int decimals)
    {
        decimal scale = (decimal)Math.Pow(10, decimals);
        decimal cut = Math.Truncate((decimal)value * scale) / scale;
        return cut.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Join(IEnumerable<double> values, string format) =>
        string.Join(' ', values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
