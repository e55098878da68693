namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>ADD, SUB, MUL and DIV: of two values, or with a constant, as x·scale + shift.</summary>
internal static class Elementwise
{
    /// <summary>One operation with the constant c on the right and, where it can be expressed, on the left.</summary>
    /// <param name="OptionsKind">Of its options in the schema's union.</param>
    /// <param name="Right">x ∘ c as scale, shift and divisor.</param>
    /// <param name="Left">c ∘ x, or null.</param>
    /// <param name="Join">x ∘ y, or null.</param>
    public sealed record Operation(
        int OptionsKind,
        Func<double, (double Scale, double Shift, double Divisor)> Right,
        Func<double, (double Scale, double Shift, double Divisor)>? Left,
        JoinKind? Join);

    public static readonly Operation Sum = new(11, c => (1, c, 1), c => (1, c, 1), JoinKind.Add);
    public static readonly Operation Product = new(21, c => (c, 0, 1), c => (c, 0, 1), JoinKind.Multiply);
    public static readonly Operation Difference = new(28, c => (1, -c, 1), c => (-1, c, 1), JoinKind.Add);
    public static readonly Operation Quotient = new(29, c => (1, 0, c), null, null);

    public static void Add(OperatorScope scope, Operation operation)
    {
        FlatTable? options = scope.Options(operation.OptionsKind);
        if (scope.InputCount != 2)
            throw scope.Error($"has {scope.InputCount} inputs; two are expected.");
        if (scope.ValuePositions.Count == 2)
            AddJoin(scope, operation);
        else
            AddConstant(scope, operation);
        scope.Activate(options);
    }

    /// <summary>MAXIMUM and MINIMUM with one number: a limit.</summary>
    public static void AddLimit(OperatorScope scope, bool isLower)
    {
        if (scope.InputCount != 2)
            throw scope.Error($"has {scope.InputCount} inputs; two are expected.");
        double[] numbers = Broadcasting.Numbers(scope, scope.RequireConstant(1 - scope.ValuePosition, "numbers"));
        if (numbers.Length != 1)
            throw scope.Error($"has {numbers.Length} limits; one for all elements is supported.");
        scope.Chain.Clip(scope.LayerName, isLower ? numbers[0] : double.NegativeInfinity, isLower ? double.PositiveInfinity : numbers[0]);
    }

    private static void AddJoin(OperatorScope scope, Operation operation)
    {
        JoinKind kind = operation.Join ?? throw scope.Error("divides by a value that is computed, which is not supported.");
        IReadOnlyList<LayerChain> values = scope.RequireValues();
        if (!values[0].Shape.SequenceEqual(values[1].Shape))
        {
            throw scope.Error(
                $"computes with samples of the shapes [{string.Join(", ", values[0].Shape)}] and [{string.Join(", ", values[1].Shape)}]; of two values that are computed, none is repeated.");
        }

        // The sign is exact.
        if (operation == Difference)
            values[1].Scale(scope.LayerName, -1, 0);
        scope.Chain = LayerChain.Join(kind, scope.LayerName, values);
    }

    private static void AddConstant(OperatorScope scope, Operation operation)
    {
        Func<double, (double Scale, double Shift, double Divisor)> rule = (scope.ValuePosition == 0 ? operation.Right : operation.Left)
            ?? throw scope.Error("divides a constant by the value, which is not supported.");
        double[] values = Broadcasting.Numbers(scope, scope.RequireConstant(1 - scope.ValuePosition, "numbers"));
        double[] scales = new double[values.Length];
        double[] shifts = new double[values.Length];
        double[] divisors = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (scales[i], shifts[i], divisors[i]) = rule(values[i]);
            if (divisors[i] == 0)
                throw scope.Error("divides by 0.");
        }

        // What is made of a scaling later has as many numbers as there are channels, and where one is 0, perhaps as many as there are elements.
        scope.Constants.Take(Array.IndexOf(scales, 0) >= 0 ? scope.Chain.Size : 3L * scope.Chain.Shape[^1], $"the factors of '{scope.Output.Name}'");
        scope.Chain.Scale(scope.LayerName, scales, shifts, divisors);
    }
}

/// <summary>The numbers of a constant beside a value: axes are matched from the last, and one of extent 1 repeats.</summary>
internal static class Broadcasting
{
    /// <returns>One number for all elements, one for each of the last axis, or one for each element of a sample: the fewest that say it.</returns>
    public static double[] Numbers(OperatorScope scope, TfTensor constant)
    {
        IReadOnlyList<int> sample = scope.Chain.Shape;
        int missing = sample.Count - constant.Shape.Length;
        bool fits = missing >= 0 || (missing == -1 && constant.Shape[0] == 1);
        for (int axis = Math.Max(missing, 0); fits && axis < sample.Count; axis++)
            fits = constant.Shape[axis - missing] is int extent && (extent == 1 || extent == sample[axis]);
        if (!fits)
        {
            throw scope.Error(
                $"has a constant of shape {constant.DescribeShape()}, which does not fit samples of shape [{string.Join(", ", sample)}].");
        }

        double[] values = scope.Constants.Numbers(constant);
        bool isOfLastAxis = values.Length == 1 || constant.Shape[^1] == values.Length;
        return isOfLastAxis ? values : Repeated(scope, constant, values, missing);
    }

    private static double[] Repeated(OperatorScope scope, TfTensor constant, double[] values, int missing)
    {
        IReadOnlyList<int> sample = scope.Chain.Shape;
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
