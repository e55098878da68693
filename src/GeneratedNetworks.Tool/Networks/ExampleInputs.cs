using System.Globalization;
using GeneratedNetworks.Tool.Cli;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Inputs out of a text file: a sample in each line, its numbers separated by commas, semicolons or white space; lines that begin with # are not read.</summary>
internal static class ExampleInputs
{
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    /// <param name="path">The file.</param>
    /// <param name="size">How many numbers a sample has.</param>
    public static IReadOnlyList<double[]> Read(string path, int size)
    {
        if (!File.Exists(path))
            throw new ToolException($"{path}: there is no such file.");
        List<double[]> samples = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0 && line[0] == '#')
                continue;
            string[] words = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (words.Length != size)
                throw new ToolException($"{path}: line {number} has {words.Length} numbers, and an input has {size}.");
            samples.Add(Array.ConvertAll(words, word => Parse(path, number, word)));
        }

        return samples.Count > 0 ? samples : throw new ToolException($"{path}: it holds no input.");
    }

    private static double Parse(string path, int line, string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new ToolException($"{path}: line {line}: '{word}' is no number.");
}
