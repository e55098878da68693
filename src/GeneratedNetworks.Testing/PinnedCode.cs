using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Testing;

/// <summary>Generated code beside copies of it that were looked at, accepted and committed.</summary>
/// <remarks>
/// The generator's version, the hash of the assembly's name and the platform's line ends are no part of the comparison. Copies are called like the generated file, with
/// <c>.verified.cs</c> in place of <c>.g.cs</c>.
/// </remarks>
public sealed partial class PinnedCode
{
    /// <summary>The variable of the environment that makes <see cref="Check"/> accept what is there; without effect where CI is set.</summary>
    public const string UpdateVariable = "UPDATE_PINNED";

    private const string GeneratedEnd = ".g.cs";
    private const string PinnedEnd = ".verified.cs";
    private const string FolderName = "Pinned";

    private readonly SortedDictionary<string, string> _generated = new(StringComparer.Ordinal);
    private readonly string _pattern;

    /// <summary>Generated code from anywhere.</summary>
    /// <param name="files">Names, ending in <c>.g.cs</c>, and texts.</param>
    /// <param name="folder">Where the copies lie, or will lie.</param>
    /// <param name="pattern">Which of the files are compared, with <c>*</c> for any text; so are copies of that name whose file is gone.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public PinnedCode(IEnumerable<KeyValuePair<string, string>> files, string folder, string pattern = "*")
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(pattern);
        Folder = folder;
        _pattern = pattern;
        foreach ((string name, string text) in files.Where(file => Matches(file.Key)))
            _generated[PinnedName(name)] = Scrub(text);
    }

    /// <summary>Where the copies lie.</summary>
    public string Folder { get; }

    /// <summary>The names of the copies that there should be, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _generated.Keys;

    /// <summary>Fails where the code of a network is not as pinned; the message is a unified diff.</summary>
    /// <param name="network">The network's class.</param>
    /// <param name="files">
    /// Which of the files that were generated for its assembly, with <c>*</c> for any text, such as <c>*</c> for all. Null for the one to be read: the
    /// network itself, without the kernels and functions that it calls.
    /// </param>
    /// <param name="folder">Where the copies lie; null for the folder Pinned beside the file that calls.</param>
    /// <param name="caller">Filled in by the compiler.</param>
    /// <exception cref="PinnedCodeException">A file changed, appeared or disappeared.</exception>
    /// <exception cref="InvalidOperationException">Nothing of that name was generated, or there is no debug information to read it from.</exception>
    /// <remarks>With UPDATE_PINNED=1 in the environment it accepts what is there instead, except where CI is set.</remarks>
    public static void Check(Type network, string? files = null, string? folder = null, [CallerFilePath] string caller = "")
    {
        PinnedCode code = Of(network, files, folder, caller);
        bool isRefused = IsSet(UpdateVariable) && IsSet("CI");
        if (IsSet(UpdateVariable) && !isRefused)
        {
            code.Accept();
            return;
        }

        string refusal = isRefused ? $"{UpdateVariable} is set, but CI too, so nothing was written: run it without CI.\n" : "";
        if (!code.PinnedFiles().Any())
        {
            throw new PinnedCodeException(
                $"{refusal}Nothing is pinned yet for {network.FullName}: run the test once with {UpdateVariable}=1 in the environment (dotnet test -e {UpdateVariable}=1), "
                + $"which writes {string.Join(", ", code._generated.Keys.Order(StringComparer.Ordinal))} to {code.Folder}. Read it, and keep it under version control.");
        }

        IReadOnlyList<string> differences = code.Compare();
        if (differences.Count > 0)
            throw new PinnedCodeException(refusal + Describe(differences, code.Folder));
    }

    /// <summary>The code of a network beside its copies.</summary>
    /// <param name="network">The network's class.</param>
    /// <param name="files">Which files, as for <see cref="Check"/>.</param>
    /// <param name="folder">Where the copies lie, as for <see cref="Check"/>.</param>
    /// <param name="caller">Filled in by the compiler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Nothing of that name was generated, or there is no debug information to read it from.</exception>
    public static PinnedCode Of(Type network, string? files = null, string? folder = null, [CallerFilePath] string caller = "")
    {
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, string> generated = GeneratedFiles.Of(network.Assembly);
        string own = network.FullName!.Replace('+', '-') + GeneratedEnd;
        PinnedCode code = new(generated, folder ?? FindFolder(caller), files ?? own);
        if (code._generated.Count > 0)
            return code;
        string assembly = network.Assembly.GetName().Name!;
        string known = generated.Count == 0 ? "nothing was" : "there are " + string.Join(", ", generated.Keys.Order(StringComparer.Ordinal));
        throw new InvalidOperationException($"No file '{files ?? own}' was generated for {assembly}; {known}.");
    }

    /// <summary>One unified diff for each file that changed, appeared or disappeared; none where all are as pinned.</summary>
    public IReadOnlyList<string> Compare()
    {
        Dictionary<string, string> before = PinnedFiles().ToDictionary(file => Path.GetFileName(file), file => Scrub(File.ReadAllText(file)));
        return
        [
            .. _generated.Keys.Union(before.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name => UnifiedDiff.Of(
                    before.ContainsKey(name) ? $"{FolderName}/{name}" : "/dev/null",
                    _generated.ContainsKey(name) ? $"generated/{name}" : "/dev/null",
                    before.GetValueOrDefault(name, ""),
                    _generated.GetValueOrDefault(name, "")))
                .Where(diff => diff.Length > 0),
        ];
    }

    /// <summary>Makes the copies equal to what was generated.</summary>
    public void Accept()
    {
        Directory.CreateDirectory(Folder);
        foreach (string file in PinnedFiles().Where(file => !_generated.ContainsKey(Path.GetFileName(file))))
            File.Delete(file);
        foreach ((string name, string text) in _generated)
            File.WriteAllText(Path.Combine(Folder, name), text);
    }

    /// <summary>Leaves out what may differ without a change of the code: the generator's version, the hash of the assembly's name and the platform's line ends.</summary>
    /// <param name="text">Generated code.</param>
    public static string Scrub(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AssemblyHash().Replace(Version().Replace(text.ReplaceLineEndings("\n"), "$1%VERSION%$2"), "Functions_ASSEMBLY");
    }

    private static string Describe(IReadOnlyList<string> differences, string folder)
    {
        string all = string.Concat(differences);
        string file = Path.Combine(AppContext.BaseDirectory, "pinned.diff");
        File.WriteAllText(file, all);
        return $"""
            The generated code is not as pinned in {folder}. The difference is also in {file}.
            To accept it, run the tests once with {UpdateVariable}=1 in the environment: dotnet test -e {UpdateVariable}=1

            {all}
            """;
    }

    /// <summary>Beside the caller's file; where paths are mapped, as in deterministic builds, the next folder of that name above the test's assembly.</summary>
    private static string FindFolder(string caller)
    {
        string? beside = Path.GetDirectoryName(caller);
        if (beside is not null && Directory.Exists(beside))
            return Path.Combine(beside, FolderName);
        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            string folder = Path.Combine(above.FullName, FolderName);
            if (Directory.Exists(folder))
                return folder;
        }

        throw new InvalidOperationException(
            $"There is no folder {beside}, and none called {FolderName} above {AppContext.BaseDirectory}: say with the argument 'folder' where the copies lie.");
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && value is not ("0" or "false");

    private static string PinnedName(string name) =>
        (name.EndsWith(GeneratedEnd, StringComparison.Ordinal) ? name[..^GeneratedEnd.Length] : name) + PinnedEnd;

    private bool Matches(string name) => FileSystemName.MatchesSimpleExpression(_pattern, name, ignoreCase: false);

    private IEnumerable<string> PinnedFiles() => !Directory.Exists(Folder)
        ? []
        : Directory.GetFiles(Folder, "*" + PinnedEnd).Where(file => Matches(Path.GetFileName(file)[..^PinnedEnd.Length] + GeneratedEnd));

    [GeneratedRegex("""(GeneratedCode\("GeneratedNetworks", ")[^"]*("\))""")]
    private static partial Regex Version();

    [GeneratedRegex(@"\bFunctions_[0-9a-f]{8}\b")]
    private static partial Regex AssemblyHash();
}
