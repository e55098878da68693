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

    /// <summary>How many letters must be written, removed or replaced (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[to.Length];
    }
}
