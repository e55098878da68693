using System;

namespace ImportedDigits;

/// <summary>Labelled lines, and whether a check among them failed.</summary>
internal sealed class Report
{
    public bool Failed { get; private set; }

    public void Line(string label, FormattableString text) => Console.WriteLine($"{label + ":",-17} {FormattableString.Invariant(text)}");

    public void Check(string label, bool holds, FormattableString text)
    {
        Failed |= !holds;
        Line(label, text);
        if (!holds)
            Console.WriteLine($"{"",-17} FAILED");
    }
}
