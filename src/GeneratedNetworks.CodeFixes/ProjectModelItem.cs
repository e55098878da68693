using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.CodeFixes;

/// <summary>A model file and the project that should name it.</summary>
internal sealed class ProjectModelItem
{
    private const string Build = "GeneratedNetworks.Build";

    private readonly string _project;

    private ProjectModelItem(string project, string include)
    {
        _project = project;
        Include = include;
    }

    /// <summary>The path as the project says it.</summary>
    public string Include { get; }

    /// <summary>Looks for the file that a class names: beside the project or anywhere below, but not among what is built.</summary>
    public static ProjectModelItem Find(string project, string file)
    {
        string folder = Path.GetDirectoryName(project)!;
        string end = "/" + file.Replace('\\', '/').TrimStart('.', '/');
        string? found = Directory.Exists(folder)
            ? Files(folder).Where(path => ("/" + path).EndsWith(end, StringComparison.OrdinalIgnoreCase)).OrderBy(path => path.Length).FirstOrDefault()
            : null;
        return new ProjectModelItem(project, found ?? file);
    }

    /// <summary>Adds the item at the end of the project file and, where it can be told which, the package that reads it.</summary>
    public void Add()
    {
        string text = File.ReadAllText(_project);
        string newLine = text.Contains("\r\n") ? "\r\n" : "\n";
        int end = text.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0)
            return;
        StringBuilder added = new();
        added.Append("  <ItemGroup>").Append(newLine);
        added.Append($"    <NetworkModel Include=\"{Escape(Include)}\" />").Append(newLine);
        if (!text.Contains(Build) && Version(text) is { } version)
            added.Append($"    <PackageReference Include=\"{Build}\"{version} PrivateAssets=\"all\" />").Append(newLine);
        added.Append("  </ItemGroup>").Append(newLine);
        File.WriteAllText(_project, text.Insert(end, added.ToString()), new UTF8Encoding(HasMark(_project)));
    }

    /// <summary>The version, as an attribute, under which the main package is referenced; none where versions lie in a file of their own.</summary>
    private static string? Version(string project)
    {
        Match reference = Regex.Match(project, "<PackageReference\\s+Include=\"GeneratedNetworks\"(?<version>\\s+Version=\"[^\"]*\")?");
        return !reference.Success ? null : reference.Groups["version"].Value;
    }

    private static IEnumerable<string> Files(string folder)
    {
        HashSet<string> built = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", ".git", ".vs", "node_modules" };
        Stack<string> folders = new([folder]);
        while (folders.Count > 0)
        {
            string current = folders.Pop();
            foreach (string file in Directory.EnumerateFiles(current))
                yield return file.Substring(folder.Length).TrimStart('/', '\\').Replace('\\', '/');
            foreach (string below in Directory.EnumerateDirectories(current).Where(path => !built.Contains(Path.GetFileName(path))))
                folders.Push(below);
        }
    }

    private static bool HasMark(string path)
    {
        byte[] start = File.ReadAllBytes(path);
        return start.Length >= 3 && start[0] == 0xEF && start[1] == 0xBB && start[2] == 0xBF;
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("\"", "&quot;").Replace("<", "&lt;");
}
