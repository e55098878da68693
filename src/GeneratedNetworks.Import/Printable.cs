using System.Globalization;
using System.Text;

namespace GeneratedNetworks.Import;

/// <summary>
/// Names and words that a file holds, as part of one line of a message: what would end the line, move the cursor or turn the direction of reading is
/// escaped, so that a file cannot write lines of its own into the log of a build.
/// </summary>
internal static class Printable
{
    public static string Line(string text)
    {
        int first = 0;
        while (first < text.Length && IsPlain(text, first))
            first++;
        if (first == text.Length)
            return text;
        StringBuilder line = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char character = text[i];
            if (IsPlain(text, i))
                line.Append(character);
            else if (character is '\n' or '\r' or '\t')
                line.Append('\\').Append(character switch { '\n' => 'n', '\r' => 'r', _ => 't' });
            else
                line.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }

        return line.ToString();
    }

    private static bool IsPlain(string text, int at) => text[at] < 0x7F ? text[at] >= ' ' : char.GetUnicodeCategory(text[at]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,

        // Half a character has no bytes in a file of text.
        UnicodeCategory.Surrogate => char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };
}
