using System.Text;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Fuzz.Text;

/// <summary>
/// Packed texts whose lines are wrong: gone, twice, exchanged; arguments of another type, names with what ends a line or a comment, elements with
/// characters that are none. A quarter are damaged without knowledge of the format.
/// </summary>
/// <param name="seeds">Good texts, as UTF-8.</param>
/// <param name="seed">Of the run.</param>
internal sealed partial class TextInputs(IReadOnlyList<byte[]> seeds, int seed) : IInputs
{
    private const int MostChanges = 3;

    private static readonly string[] Words =
    [
        "0", "-1", "1", "3", "3.5", "2147483647", "99999999999", "1e400", "NaN", "true", "false", "\"x\"", "\"3\"", "\"\"", "\"a\\n#error\"", "Relu", "Softmax",
        "Foo", "InOut", "=", "\"", "", "٣", "Dense", "Activation", "Dropout", "Flatten", "layer", "tensor", "input", "end",
    ];

    private static readonly string[] Characters = [" ", "    ", "\t", "\r", "\u0085", "\u2028", "\u00A0", "\0", "\\", "\"", "=", "====", "*/", "\"\"\"", "{", "\uD800"];

    private readonly Mutator _mutator = new(seeds, seed);

    public byte[] Make(int number)
    {
        Random random = Values.Random(seed, number);
        byte[] content = [.. random.Pick(seeds)];
        if (random.Next(4) == 0)
            return _mutator.Damage(content, random);
        List<string> lines = [.. Encoding.UTF8.GetString(content).Split('\n')];
        for (int change = 1 + random.Next(MostChanges); change > 0; change--)
            Change(lines, random);
        return Encoding.UTF8.GetBytes(string.Join(random.Next(50) == 0 ? "\r\n" : "\n", lines));
    }

    private static void Change(List<string> lines, Random random)
    {
        // The first line would only say that the text is none of ours.
        int at = Math.Min(random.Next(1, lines.Count), lines.Count - 1);
        string line = lines[at];
        switch (random.Next(12))
        {
            case 0 when lines.Count > 2:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, random.Pick(lines));
                break;
            case 2:
                int other = Math.Min(random.Next(1, lines.Count), lines.Count - 1);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3 when lines.Count > 2:
                lines.RemoveRange(at, lines.Count - at);
                break;
            case 4 or 5:
                int place = random.Next(line.Length + 1);
                lines[at] = line.Insert(place, random.Pick(Characters));
                break;
            case 6:
                // Over what is there: the line keeps its length.
                string over = random.Pick(Characters);
                int start = random.Next(Math.Max(1, line.Length - over.Length + 1));
                if (start + over.Length <= line.Length)
                    lines[at] = line[..start] + over + line[(start + over.Length)..];
                break;
            default:
                MatchCollection words = Word().Matches(line);
                if (words.Count > 0 && words[random.Next(words.Count)] is { } word)
                    lines[at] = line[..word.Index] + random.Pick(Words) + line[(word.Index + word.Length)..];
                break;
        }
    }

    /// <summary>A quoted string, or what stands between spaces and equals signs.</summary>
    [GeneratedRegex("\"[^\"]*\"|[^ =\"]+")]
    private static partial Regex Word();
}
