using System;

namespace GeneratedNetworks;

/// <summary>What labels that are out of range are likely to be.</summary>
internal static class LabelHint
{
    /// <summary>A sentence to follow the error, or nothing.</summary>
    /// <param name="labels">All labels.</param>
    /// <param name="classCount">How many classes there are said to be.</param>
    public static string Of(ReadOnlySpan<int> labels, int classCount)
    {
        int lowest = int.MaxValue;
        int highest = int.MinValue;
        foreach (int label in labels)
        {
            lowest = Math.Min(lowest, label);
            highest = Math.Max(highest, label);
        }

        if (lowest == 1 && highest <= classCount)
            return $" The labels go from 1 to {highest}: subtract 1, as classes are counted from 0.";
        return lowest >= 0 && highest < int.MaxValue ? $" The labels go from {lowest} to {highest}: {highest + 1} classes would do." : "";
    }
}
