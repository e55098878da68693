using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Issues;

/// <summary>What a word that is not known may have been meant as.</summary>
internal static class Spelling
{
    private const int MostEdits = 2;

    /// <summary>The known word that the fewest letters set apart from <paramref name="word"/>, if they are few; case does not count.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) => known
        .Select(candidate => (Candidate: candidate, Edits: Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(near => near.Edits <= Math.Min(MostEdits, word.Length / 3))
        .OrderBy(near => near.Edits)
        .ThenBy(near => near.Candidate, StringComparer.Ordinal)
        .Select(near => near.Candidate)
        .FirstOrDefault();

    /// <summary>
    /// How many letters must be written, removed or replaced, or swapped with their neighbor (the optimal string alignment of Damerau and Levenshtein).
    /// </summary>
    private static int Edits(string from, string to)
    {
        int[] before = [];
        int[] last = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int[] row = new int[to.Length + 1];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            before = last;
            last = row;
        }

        return last[to.Length];
    }
}
