using GeneratedNetworks.Import;

namespace GeneratedNetworks.Build;

/// <summary>What the build's log gets: one line each, whatever a file is called or says.</summary>
internal static class Report
{
    /// <summary>In the form that the targets take for an error; any other line is none, however it looks.</summary>
    public static void Error(string problem) => Console.WriteLine($"GeneratedNetworks.Build : error : {Printable.Line(problem)}");

    public static void Converted(string name, string outcome) => Console.WriteLine(Printable.Line($"network model {name}: {outcome}"));

    /// <summary>What people should know of a file that is used, such as weights that it shares and the network does not.</summary>
    public static void Noted(string name, string note) => Console.WriteLine(Printable.Line($"note on network model {name}: {note}"));
}
