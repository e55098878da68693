using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What the attributes of pools say of their windows.</summary>
internal static class PoolSpec
{
    /// <summary>The stride is the window's size where none is given.</summary>
    public static IEnumerable<ArgumentSchema> Arguments()
    {
        yield return ArgumentSchema.Extents("size");
        yield return new("Stride", ArgumentKind.Int) { Range = ArgumentRange.Sizes, Default = 0 };
        yield return ArgumentSchema.OptionalSizes("Strides");
        yield return ArgumentSchema.Choice("Padding", Padding.Valid);
        yield return ArgumentSchema.OptionalSizes("Pads") with { Range = ArgumentRange.Counts };
        yield return ArgumentSchema.Flag("CeilMode", false);
    }

    public static WindowSpec Read(LayerArguments arguments, int axes) => WindowSpec.Read(arguments, "size", axes, defaultStride: null, hasDilation: false);

    /// <summary>The window over a shape, or what is wrong: a position beside the value would see nothing of it.</summary>
    public static LayerFault? FaultOf(WindowSpec spec, Shape input, string layer)
    {
        if (spec.FaultOn(input, layer) is { } fault)
            return fault;
        Window window = spec.On(input);
        for (int i = 0; i < spec.Axes; i++)
        {
            Axis axis = spec.Axes == 1 || i == 1 ? window.Columns : window.Rows;
            int most = System.Math.Max(axis.Before, axis.After);
            if (most >= axis.Kernel)
                return new(IssueIds.PoolPadding, layer, Text(most), spec.Name(i), Text(axis.Kernel));
        }

        return null;
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
