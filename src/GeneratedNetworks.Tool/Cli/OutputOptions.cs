using System.CommandLine;

namespace GeneratedNetworks.Tool.Cli;

/// <summary>Where a verb's files go, and whether they may replace others.</summary>
internal static class OutputOptions
{
    public static Option<string> Folder() => new("--output", "-o")
    {
        Description = "The folder to write to; it is created.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => ".",
    };

    public static Option<string?> File(string description) => new("--output", "-o") { Description = description, HelpName = "FILE" };

    public static Option<bool> Force() => new("--force") { Description = "Replace files that are there already." };

    /// <summary>A file in a folder, without a "./" that says nothing.</summary>
    public static string In(string folder, string file) => folder == "." ? file : Path.Combine(folder, file);
}
