using System.Security.Cryptography;
using System.Text;

namespace GeneratedNetworks.Build;

/// <summary>A model file of the project.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">
/// What the project calls it, with forward slashes: its <c>Link</c>, or its path from the project's folder. It stands in the text, which is the same
/// wherever the project lies.
/// </param>
internal sealed record ModelItem(string Path, string Name)
{
    // Neither can be typed, and hardly any path has them: what separates a path from its link, and ends the two.
    private const char FieldSeparator = '\u001F';
    private const string End = "\u001E";

    private const int LongestPath = 120;
    private const int HashBytes = 8;
    private const string Elsewhere = "_outside";

    /// <summary>Where the text lies in its folder, without its extension: a path that no file system, list or command line objects to.</summary>
    public string TextPath
    {
        get
        {
            if (Name.Length <= LongestPath && Name.Split('/').All(IsPlain) && !Name.StartsWith(Elsewhere, StringComparison.OrdinalIgnoreCase))
                return Name;
            string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Name)).AsSpan(0, HashBytes)).ToLowerInvariant();
            string file = Name[(Name.LastIndexOf('/') + 1)..];
            return $"{Elsewhere}/{hash}/{(file.Length <= LongestPath && IsPlain(file) ? file : "model")}";
        }
    }

    /// <summary>Reads the list that the targets write: for each file its full path and its link, which is mostly empty.</summary>
    /// <param name="list">The path of the list.</param>
    /// <param name="onBad">Is given what is no such pair.</param>
    public static IReadOnlyList<ModelItem> Read(string list, Action<string> onBad)
    {
        List<ModelItem> items = [];
        string[] records = File.ReadAllText(list).Split(End);
        foreach (string record in records.Select(record => record.TrimStart('\r', '\n')).Where(record => record.Length > 0))
        {
            if (record.Split(FieldSeparator) is [var path, var link] && System.IO.Path.IsPathFullyQualified(path))
                items.Add(new ModelItem(path, NameOf(path, link)));
            else
                onBad(record);
        }

        return [.. items.Distinct()];
    }

    private static string NameOf(string path, string link)
    {
        string name = link.Length > 0 ? link : System.IO.Path.GetRelativePath(Directory.GetCurrentDirectory(), path);

        // From another drive there is no relative path.
        return name[(System.IO.Path.GetPathRoot(name)?.Length ?? 0)..].Replace('\\', '/');
    }

    private static bool IsPlain(string segment) =>
        segment.Length > 0 && segment[0] != '.' && segment[^1] is not ('.' or ' ') && segment.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ' ');
}
