namespace GeneratedNetworks.Import.Onnx.Operators;

/// <summary>Pad with zeros, which the convolution or pool behind it takes up.</summary>
internal static class PadOperator
{
    public static void Read(OnnxNode node, OnnxChain chain)
    {
        node.AllowAttributes("mode", "pads", "paddings", "value");
        if (node.Text("mode", "constant") is var mode and not "constant")
            throw node.Error($"its mode is '{OnnxNode.Shorten(mode)}', and constant is supported");
        long[] given = node.IntsOrInput("pads", 1) ?? (node.Ints("paddings") is { } old ? [.. old] : throw node.Error("its pads are missing"));
        int rank = chain.Shape.Rank;
        int[] axes = node.Has(3) ? [.. node.Constant(3, "the axes").Integers(node, "the axes").Select(axis => chain.Shape.Axis(node, axis))] : [.. Enumerable.Range(0, rank)];
        if (given.Length != 2 * axes.Length || axes.Distinct().Count() != axes.Length)
            throw node.Error($"it has {given.Length} pads for {axes.Length} axes");
        int[] pads = new int[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            if (given[i] is < 0 or > int.MaxValue / 8 || given[i + axes.Length] is < 0 or > int.MaxValue / 8)
                throw node.Error($"its pads are [{string.Join(", ", given)}]; numbers from 0 on are supported");
            (pads[axes[i]], pads[axes[i] + rank]) = ((int)given[i], (int)given[i + axes.Length]);
        }

        if (pads.All(pad => pad == 0))
            return;
        double value = node.Has(2) ? node.Scalar(2, "the value", 0) : node.Float("value", 0);
        if (value != 0)
            throw node.Error($"it puts {value} around its value, and 0 is supported");
        chain.RequireChannelsLast(node, null);
        bool isInside = chain.Shape.Leading == 1 && Enumerable.Range(0, 2).All(axis => pads[axis] == 0 && pads[axis + rank] == 0);
        if (!isInside)
            throw node.Error($"it puts zeros before or behind the batch or the channels of a value of shape {chain.Shape.Text}");
        chain.Pad(node, [.. pads[2..rank], 0, .. pads[(rank + 2)..], 0]);
    }
}
