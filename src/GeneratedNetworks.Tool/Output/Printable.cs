using System.Globalization;

namespace GeneratedNetworks.Tool.Output;

/// <summary>Text out of files, made safe to print: a name in a model may hold anything, escape sequences for a terminal among it.</summary>
internal static class Printable
{
    /// <summary>The text in one line, every character without a shape replaced by �.</summary>
    public static string Line(string text) => text.All(IsShown)
        ? text
        : string.Concat(text.Select(character => IsShown(character) ? character : '\uFFFD'));

    private static bool IsShown(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
