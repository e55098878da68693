using System.Collections.Generic;

namespace GeneratedNetworks.Benchmarks.Output;

/// <summary>A table of finished text. The first column is left-aligned, the others right-aligned.</summary>
internal sealed record ReportTable(string Title, string[] Columns)
{
    public List<string[]> Rows { get; } = [];

    /// <summary>A sentence under the title.</summary>
    public string Note { get; init; } = "";

    /// <summary>Goals met and goals set, counted by whoever adds rows.</summary>
    public int Met { get; set; }

    public int Goals { get; set; }

    /// <summary>Counts a goal and says in a word or two whether it was reached and by how much it was missed.</summary>
    public string Judge(double value, double goal)
    {
        if (double.IsNaN(value) || double.IsNaN(goal))
        {
            return "not measured";
        }

        Goals++;
        if (value >= goal)
        {
            Met++;
            return "met";
        }

        return $"short by {Format.Percent(1 - (value / goal))}";
    }
}
