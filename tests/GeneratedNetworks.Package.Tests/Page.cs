using System.Globalization;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Package.Tests;

/// <summary>A page of instructions that is followed to the letter: its blocks are run, written and compared, one after the other.</summary>
/// <remarks>
/// A block <c>sh</c> is run line by line. One of <c>xml</c> or <c>csharp</c> whose first line is a comment with a file's name becomes that file; others
/// are only shown. A block <c>text</c> must occur in what the last command wrote: word for word, numbers about as large, times apart. What training
/// ends in has other last digits on vectors of another width.
/// </remarks>
internal sealed partial class Page(string folder, IReadOnlyDictionary<string, string> environment)
{
    private string _folder = folder;
    private string _output = "";

    /// <summary>Commands that are not run, and what is done instead.</summary>
    public Dictionary<string, Action> Instead { get; } = [];

    /// <summary>Text in files, and what is written in its place, such as the version of a package.</summary>
    public Dictionary<string, string> Replacements { get; } = [];

    /// <summary>What was run, for a test to be sure of.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What all commands wrote.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Follows one section, from its heading to the next of the same depth or less.</summary>
    public void Follow(string path, string heading)
    {
        string[] lines = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        int start = Array.IndexOf(lines, heading);
        Assert.True(start >= 0, $"{path} has no line '{heading}'");
        string depth = heading[..heading.IndexOf(' ', StringComparison.Ordinal)];
        bool fenced = false;
        string? language = null;
        List<string> block = [];
        foreach (string line in lines[(start + 1)..])
        {
            if (!fenced && line.StartsWith('#') && line.IndexOf(' ', StringComparison.Ordinal) <= depth.Length)
                break;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (fenced)
                    Do(language!, block);
                language = line[3..];
                block.Clear();
                fenced = !fenced;
            }
            else if (fenced)
            {
                block.Add(line);
            }
        }
    }

    private void Do(string language, List<string> block)
    {
        if (language == "sh")
            block.ForEach(Run);
        else if (language == "text")
            Compare(WithoutTimes(string.Join('\n', block)), WithoutTimes(_output));
        else if (FileName(block[0]) is { } name)
            File.WriteAllText(Path.Combine(_folder, name), Replaced(string.Join('\n', block) + "\n"));
    }

    private void Run(string line)
    {
        Commands.Add(line);
        if (Instead.TryGetValue(line, out Action? action))
        {
            action();
            return;
        }

        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "cd")
        {
            _folder = Path.GetFullPath(Path.Combine(_folder, words[1]));
            return;
        }

        _output = PackedPackage.Run(_folder, environment, words[0], words[1..]).ReplaceLineEndings("\n");
        Log += _output;
    }

    private string Replaced(string text) =>
        Replacements.Aggregate(text, (current, replacement) => current.Replace(replacement.Key, replacement.Value, StringComparison.Ordinal));

    private static void Compare(string expected, string written)
    {
        string words = Number().Replace(expected, "0"), writtenWords = Number().Replace(written, "0");
        int at = writtenWords.IndexOf(words, StringComparison.Ordinal);
        Assert.True(at >= 0, $"Expected:\n{expected}\nWritten:\n{written}");
        double[] numbers = Numbers(expected);
        double[] writtenNumbers = Numbers(written)[writtenWords[..at].Count(letter => letter == '0')..];
        for (int i = 0; i < numbers.Length; i++)
        {
            double most = numbers[i] == Math.Floor(numbers[i]) ? 3 : 0.05;
            Assert.True(Math.Abs(writtenNumbers[i] - numbers[i]) <= most + 0.1 * Math.Abs(numbers[i]), $"{numbers[i]} against {writtenNumbers[i]} in\n{expected}\nWritten:\n{written}");
        }
    }

    private static double[] Numbers(string text) =>
        [.. Number().Matches(text).Select(match => double.Parse(match.Value.Trim(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    /// <summary>How long things take differs from run to run.</summary>
    private static string WithoutTimes(string text) => Time().Replace(text, "0 s");

    private static string? FileName(string line)
    {
        string name = line.Trim('/', ' ', '<', '>', '!', '-');
        bool comment = line.StartsWith("// ", StringComparison.Ordinal) || line.StartsWith("<!-- ", StringComparison.Ordinal);
        return comment && !name.Contains(' ', StringComparison.Ordinal) && name.Contains('.', StringComparison.Ordinal) ? name : null;
    }

    [GeneratedRegex(@"([\d.,]+ (min|h) )?[\d.,]+ (µs|ms|s|min)(?=/step| left)")]
    private static partial Regex Time();

    /// <summary>With the spaces before it, which align columns.</summary>
    [GeneratedRegex(@" *\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();
}
