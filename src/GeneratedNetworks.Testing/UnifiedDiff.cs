using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GeneratedNetworks.Testing;

/// <summary>The difference of two texts by lines, in the unified format.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // A table of 64 MB. Texts that differ over more than that are replaced as a whole, which is a correct difference as well, if not a short one.
    private const long MostCells = 16_000_000;

    /// <summary>Compares line by line.</summary>
    /// <param name="oldName">Printed after <c>---</c>.</param>
    /// <param name="newName">Printed after <c>+++</c>.</param>
    /// <param name="oldText">Lines that end in <c>\n</c>.</param>
    /// <param name="newText">Lines that end in <c>\n</c>.</param>
    /// <returns>Hunks with three lines of context; empty where the texts are equal.</returns>
    public static string Of(string oldName, string newName, string oldText, string newText)
    {
        if (oldText == newText)
            return "";
        List<Edit> edits = Edits(Lines(oldText), Lines(newText));
        StringBuilder diff = new($"--- {oldName}\n+++ {newName}\n");
        for (int start = NextChange(edits, 0); start < edits.Count;)
        {
            int end = start + 1;
            for (int next = start; next < edits.Count && next - end <= 2 * Context; next = NextChange(edits, next + 1))
                end = next + 1;
            AppendHunk(diff, edits, Math.Max(0, start - Context), Math.Min(edits.Count, end + Context));
            start = NextChange(edits, end);
        }

        return diff.ToString();
    }

    private static int NextChange(List<Edit> edits, int from)
    {
        int next = edits.FindIndex(from, edit => edit.Sign != ' ');
        return next < 0 ? edits.Count : next;
    }

    private static void AppendHunk(StringBuilder diff, List<Edit> edits, int start, int end)
    {
        List<Edit> hunk = edits.GetRange(start, end - start);
        string Range(char other)
        {
            int before = edits.Take(start).Count(edit => edit.Sign != other);
            int length = hunk.Count(edit => edit.Sign != other);
            return FormattableString.Invariant($"{(length == 0 ? before : before + 1)},{length}");
        }

        diff.Append($"@@ -{Range('+')} +{Range('-')} @@\n");
        foreach (Edit edit in hunk)
            diff.Append(edit.Sign).Append(edit.Line).Append('\n');
    }

    /// <summary>A shortest edit script of what lies between the equal beginning and the equal end.</summary>
    private static List<Edit> Edits(string[] left, string[] right)
    {
        int head = 0;
        while (head < left.Length && head < right.Length && left[head] == right[head])
            head++;
        int tail = 0;
        while (tail < left.Length - head && tail < right.Length - head && left[^(tail + 1)] == right[^(tail + 1)])
            tail++;
        string[] a = left[head..^tail];
        string[] b = right[head..^tail];
        List<Edit> edits = [.. left[..head].Select(line => new Edit(' ', line))];
        edits.AddRange((a.Length + 1L) * (b.Length + 1L) <= MostCells ? Shortest(a, b) : Whole(a, b));
        edits.AddRange(left[^tail..].Select(line => new Edit(' ', line)));
        return edits;
    }

    private static IEnumerable<Edit> Whole(string[] a, string[] b) => a.Select(line => new Edit('-', line)).Concat(b.Select(line => new Edit('+', line)));

    /// <summary>Read off a table of the longest common subsequences of all suffixes.</summary>
    private static List<Edit> Shortest(string[] a, string[] b)
    {
        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<Edit> edits = [];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                edits.Add(new(' ', a[i++]));
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                edits.Add(new('-', a[i++]));
            }
            else
            {
                edits.Add(new('+', b[j++]));
            }
        }

        return edits;
    }

    private static string[] Lines(string text)
    {
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private readonly record struct Edit(char Sign, string Line);
}
