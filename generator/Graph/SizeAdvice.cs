using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What to do where a layer has more weights than a network can hold: only what would do, with its numbers.</summary>
internal static class SizeAdvice
{
    /// <param name="block">With which there are too many parameters.</param>
    /// <param name="left">How many more there may be.</param>
    /// <param name="input">The network's, where its size alone decides how many inputs the layer has; otherwise null.</param>
    public static string Of(ParameterBlock block, long left, Shape? input)
    {
        List<string> ways = [];
        if (block.IsWeight && block.Shape.Dimensions.Count == 2)
            ways.AddRange(Ways(block.Shape.Dimensions[0], block.Shape.Dimensions[1], left, input));
        if (ways.Count == 0)
            return "Make the layer, or what goes into it, smaller";
        string text = string.Join(", or ", ways);
        return char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    /// <summary>Of a layer's parameters, one for each unit is its bias.</summary>
    private static IEnumerable<string> Ways(int inputs, int units, long left, Shape? input)
    {
        bool isPicture = input?.Dimensions.Count > 1;
        long mostInputs = (left / units) - 1;
        if (mostInputs > 0)
        {
            string most = isPicture ? $"scale the picture down to at most {Count(mostInputs, "number")}" : $"give the layer at most {Count(mostInputs, "input")}";
            string example = isPicture && ScaledDown(input!, mostInputs) is { } smaller ? $", such as {smaller}" : string.Empty;
            yield return $"{most} for {Count(units, "unit")}{example}";
        }

        // Whatever reads so many, a network cannot hold them.
        if (inputs > SizeLimits.MaximumWidth)
            yield break;
        long mostUnits = left / (inputs + 1L);
        if (mostUnits > 0)
            yield return $"give {(isPicture || mostInputs <= 0 ? "the layer" : "it")} at most {Count(mostUnits, "unit")}";
        long narrow = (left - units) / (inputs + 1L + units);
        if (narrow > 0)
            yield return $"put a narrow layer before it, such as [Dense({narrow.ToString(CultureInfo.InvariantCulture)})]";
    }

    /// <summary>A picture of the same proportions; null where its other axis alone is too long.</summary>
    private static Shape? ScaledDown(Shape picture, long most)
    {
        int[] sizes = [.. picture.Dimensions];
        double factor = Math.Sqrt(most / (double)picture.LongCount);
        foreach (int axis in Enumerable.Range(0, sizes.Length).OrderByDescending(axis => sizes[axis]).Take(2).ToArray())
            sizes[axis] = (int)(sizes[axis] * factor);
        return Array.TrueForAll(sizes, size => size > 0) ? new Shape(sizes) : null;
    }

    private static string Count(long number, string unit) => $"{SizeLimits.Text(number)} {unit}{(number == 1 ? string.Empty : "s")}";
}
