namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>ADD, SUB, MUL and DIV with a constant: x·scale + shift.</summary>
internal static class Elementwise
{
    /// <summary>One operation with the constant c on the right and, where it can be expressed, on the left.</summary>
    /// <param name="OptionsKind">Of its options in the schema's union.</param>
    /// <param name="Right">x ∘ c as scale, shift and divisor.</param>
    /// <param name="Left">c ∘ x, or null.</param>
    public sealed record Operation(
        int OptionsKind,
        Func<double, (double Scale, double Shift, double Divisor)> Right,
        Func<double, (double Scale, double Shift, double Divisor)>? Left);

    public static readonly Operation Sum = new(11, c => (1, c, 1), c => (1, c, 1));
    public static readonly Operation Product = new(21, c => (c, 0, 1), c => (c, 0, 1));
    public static readonly Operation Difference = new(28, c => (1, -c, 1), c => (-1, c, 1));
    public static readonly Operation Quotient = new(29, c => (1, 0, c), null);

    public static void Add(OperatorScope scope, Operation operation)
    {
        FlatTable? options = scope.Options(operation.OptionsKind);
        Func<double, (double Scale, double Shift, double Divisor)> rule = (scope.ValuePosition == 0 ? operation.Right : operation.Left)
            ?? throw scope.Error("divides a constant by the value, which is not supported.");
        if (scope.ValuePosition > 1)
            throw scope.Error($"reads the value as its input {scope.ValuePosition}; it has two inputs.");
        TfTensor constant = scope.RequireConstant(1 - scope.ValuePosition, "numbers");
        double[] values = Broadcast(scope, constant);
        double[] scales = new double[values.Length];
        double[] shifts = new double[values.Length];
        double[] divisors = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (scales[i], shifts[i], divisors[i]) = rule(values[i]);
            if (divisors[i] == 0)
                throw scope.Error("divides by 0.");
        }

        scope.Chain.Scale(scope.LayerName, scales, shifts, divisors);
        scope.Activate(options);
    }

    /// <summary>The constant's numbers, one for each element of a sample: axes are matched from the last, and one of extent 1 repeats.</summary>
    private static double[] Broadcast(OperatorScope scope, TfTensor constant)
    {
        IReadOnlyList<int> sample = scope.Chain.Shape;
        int missing = sample.Count - constant.Shape.Length;
        bool fits = missing >= 0 || (missing == -1 && constant.Shape[0] == 1);
        for (int axis = Math.Max(missing, 0); fits && axis < sample.Count; axis++)
            fits = constant.Shape[axis - missing] is int extent && (extent == 1 || extent == sample[axis]);
        if (!fits)
            throw scope.Error(
                $"has a constant of shape {constant.DescribeShape()}, which does not fit samples of shape [{string.Join(", ", sample)}].");

        double[] values = scope.Constants.Numbers(constant);
        int size = scope.Chain.Size;
        scope.Constants.Take(3L * size, $"the factors of '{scope.Output.Name}'");
        double[] result = new double[size];
        for (int i = 0; i < size; i++)
        {
            int rest = i;
            int place = 0;
            int stride = 1;
            for (int axis = sample.Count - 1; axis >= Math.Max(missing, 0); axis--)
            {
                int extent = constant.Shape[axis - missing];
                place += extent == 1 ? 0 : rest % sample[axis] * stride;
                rest /= sample[axis];
                stride *= extent;
            }

            result[i] = values[place];
        }

        return result;
    }
}
