using System.Globalization;
using System.Text;

namespace GeneratedNetworks.Generator.Diagnostics;

/// <summary>
/// Words of a file as part of a message, which is one line: what would end it, or turn the direction of reading, is escaped. Otherwise a layer's name
/// could write lines of its own into the log of a build.
/// </summary>
internal static class OneLine
{
    public static string Of(string text)
    {
        StringBuilder? line = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPlain = CharUnicodeInfo.GetUnicodeCategory(text[i])
                is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            if (!isPlain)
                line ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (isPlain)
                line?.Append(text[i]);
            else
                line!.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
        }

        return line?.ToString() ?? text;
    }
}
