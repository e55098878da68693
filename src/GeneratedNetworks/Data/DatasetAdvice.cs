using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>What about a dataset is worth a look before training, with what can be done.</summary>
internal static class DatasetAdvice
{
    // From here on a unit's activation saturates, or its first steps are far too large, at the weights that initializers draw.
    private const double LargeInput = 100;

    // From here on the largest class alone reaches an accuracy that looks good.
    private const int Unbalanced = 10;

    public static IReadOnlyList<string> Of(DatasetSummary summary, Func<int, string> className)
    {
        List<string> advice = [];
        int unusable = summary.NaNCount + summary.InfinityCount;
        if (unusable > 0)
        {
            advice.Add(unusable == 1
                ? "1 value is NaN or infinite, and Fit refuses it: leave its sample out, or put a value in its place."
                : FormattableString.Invariant($"{unusable} values are NaN or infinite, and Fit refuses them: leave their samples out, or put values in their place."));
        }

        double largest = summary.Inputs.Select(column => Math.Max(Math.Abs(column.Minimum), Math.Abs(column.Maximum))).Where(value => value >= 0).DefaultIfEmpty().Max();
        if (largest > LargeInput)
        {
            advice.Add(FormattableString.Invariant(
                $"Inputs reach {largest:G5}, and networks learn best from about -1 to 1: scale them, by Scaling<T>.Standardize or MinMax, or by [Normalize] as the first layer and Adapt(data)."));
        }

        if (summary.ClassCounts is { } counts && counts.Sum() > 0)
        {
            int[] order = [.. Enumerable.Range(0, counts.Count).OrderBy(@class => counts[@class])];
            int rarest = order[0];
            int commonest = order[order.Length - 1];
            if (counts[rarest] == 0)
                advice.Add($"Class {className(rarest)} has no sample: nothing can be learned about it.");
            else if (counts[commonest] >= Unbalanced * counts[rarest])
            {
                advice.Add(FormattableString.Invariant(
                    $"There are {counts[commonest]} samples of class {className(commonest)} for {counts[rarest]} of class {className(rarest)}: ")
                    + "SplitStratified keeps the shares, Confusion tells more than Accuracy, and targets times a factor weigh classes.");
            }
        }

        return advice;
    }
}
