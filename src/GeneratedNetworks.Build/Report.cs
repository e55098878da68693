using GeneratedNetworks.Import;

namespace GeneratedNetworks.Build;

/// <summary>What the build's log gets: one line each, whatever a file is called or says.</summary>
internal static class Report
{
    /// <summary>In the form that the targets take for an error; any other line is none, however it looks.</summary>
    public static void Error(string problem) => Console.WriteLine($"GeneratedNetworks.Build : error : {Printable.Line(problem)}");

    public static void Converted(string name, string outcome) => Console.WriteLine(Printable.Line($"network model {name}: {outcome}"));
}
