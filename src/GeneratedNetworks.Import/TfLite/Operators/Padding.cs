namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>PAD and PADV2: zeros around a value, which the convolution or pool behind takes up.</summary>
internal static class Padding
{
    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        TfTensor pads = scope.RequireConstant(1, "pads");
        int rank = scope.Chain.Shape.Count + 1;
        if (pads.Shape.Length != 2 || pads.Shape[0] != rank || pads.Shape[1] != 2)
            throw scope.Error($"has pads of shape {pads.DescribeShape()}; [{rank}, 2] is expected.");
        if (scope.Input(2) is not null)
        {
            double[] values = scope.Constants.Numbers(scope.RequireConstant(2, "a number"));
            if (values is not [0])
                throw scope.Error($"puts {(values.Length == 1 ? $"{values[0]}" : $"{values.Length} numbers")} around its value; 0 is supported.");
        }

        int[] numbers = scope.Constants.Integers(pads);
        if (numbers[0] != 0 || numbers[1] != 0 || Array.Exists(numbers, number => number < 0))
            throw scope.Error($"has the pads [{string.Join(", ", numbers)}], before and after each axis; none may be below 0, and the batch has none.");
        if (Array.TrueForAll(numbers, number => number == 0))
            return;
        int[] before = [.. Enumerable.Range(1, rank - 1).Select(axis => numbers[2 * axis])], after = [.. Enumerable.Range(1, rank - 1).Select(axis => numbers[(2 * axis) + 1])];
        scope.Chain.Pad(scope.LayerName, [.. before, .. after]);
    }
}
