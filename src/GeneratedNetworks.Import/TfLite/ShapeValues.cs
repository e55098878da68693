namespace GeneratedNetworks.Import.TfLite;

/// <summary>
/// Shapes that a file computes while it runs, from SHAPE of a value by slices, products and sums: all of it is known but the size of the batch. Keras writes
/// them for a Reshape and for a transposed convolution.
/// </summary>
internal sealed class ShapeValues
{
    // The size of the batch, which is nothing that can be computed with.
    private const long Batch = long.MinValue;

    private const int Add = 0;
    private const int Mul = 18;
    private const int StridedSlice = 45;
    private const int Shape = 77;
    private const int Pack = 83;
    private const int Sub = 41;

    private const int StridedSliceOptions = 32;

    // Of the axes of a tensor.
    private const int MostNumbers = 16;

    private readonly Dictionary<int, long[]> _known = [];

    /// <summary>The numbers of a tensor, or null.</summary>
    public long[]? Find(int tensor) => _known.GetValueOrDefault(tensor);

    /// <summary>The same with -1 for the batch, which may stand in front alone; null where it stands elsewhere, or a number is no extent.</summary>
    public static int[]? Wanted(long[] known) => known.Skip(1).All(number => number is >= int.MinValue and <= int.MaxValue)
        ? [.. known.Select((number, i) => i == 0 && number == Batch ? -1 : (int)Math.Clamp(number, int.MinValue, int.MaxValue))]
        : null;

    /// <summary>Computes an operator's result where it is a part of a shape; false where it is none, or not known.</summary>
    public bool Fold(OperatorScope scope)
    {
        long[]? result = scope.Code switch
        {
            Shape when scope.ComputedInput(0) is { } value => [Batch, .. Extents(value)],
            StridedSlice when Known(scope, 0) is { } shape => Slice(scope, shape),
            Pack when ReadsKnown(scope) => Concatenate(scope),
            Add when ReadsKnown(scope) => Compute(scope, (a, b) => a + b),
            Sub when ReadsKnown(scope) => Compute(scope, (a, b) => a - b),
            Mul when ReadsKnown(scope) => Compute(scope, (a, b) => a * b),
            _ => null,
        };
        if (result is null || result.Length > MostNumbers)
            return false;
        _known[scope.Output.Index] = result;
        return true;
    }

    private static IEnumerable<long> Extents(TfValue value) =>
        value.Chain.Shape.Select(extent => (long)extent);

    private bool ReadsKnown(OperatorScope scope) =>
        scope.InputCount <= MostNumbers && Enumerable.Range(0, scope.InputCount).Any(input => Known(scope, input) is not null);

    private long[]? Known(OperatorScope scope, int input) => scope.Input(input) is { } tensor ? Find(tensor.Index) : null;

    private long[]? Numbers(OperatorScope scope, int input)
    {
        if (Known(scope, input) is { } known)
            return known;
        bool isShort = scope.Constant(input) is { Type: TensorTypes.Int32 or TensorTypes.Int64, Count: <= MostNumbers };
        return isShort ? [.. scope.Constants.Integers(scope.Constant(input)!).Select(number => (long)number)] : null;
    }

    private long[]? Concatenate(OperatorScope scope)
    {
        List<long> result = [];
        for (int input = 0; input < scope.InputCount; input++)
        {
            if (Numbers(scope, input) is not [var number])
                return null;
            result.Add(number);
        }

        return [.. result];
    }

    private long[]? Slice(OperatorScope scope, long[] shape)
    {
        FlatTable? options = scope.Options(StridedSliceOptions);
        (int beginMask, int endMask, int axisMask) = (options?.Int(0) ?? 0, options?.Int(1) ?? 0, options?.Int(4) ?? 0);
        if (Numbers(scope, 1) is not [var begin] || Numbers(scope, 2) is not [var end] || Numbers(scope, 3) is not [1]
            || options?.Int(2) is > 0 or < 0 || options?.Int(3) is > 0 or < 0)
            return null;
        long from = (beginMask & 1) != 0 ? 0 : Math.Clamp(begin < 0 ? begin + shape.Length : begin, 0, shape.Length);
        long to = (endMask & 1) != 0 ? shape.Length : Math.Clamp(end < 0 ? end + shape.Length : end, 0, shape.Length);
        if ((axisMask & 1) != 0)
            to = Math.Min(from + 1, shape.Length);
        return from < to ? shape[(int)from..(int)to] : null;
    }

    private long[]? Compute(OperatorScope scope, Func<long, long, long> function)
    {
        if (scope.InputCount != 2 || Numbers(scope, 0) is not { } left || Numbers(scope, 1) is not { } right)
            return null;
        bool fits = left.Length == right.Length || left.Length == 1 || right.Length == 1;
        bool isSmall = left.Concat(right).All(number => number is >= int.MinValue and <= int.MaxValue);
        return fits && isSmall
            ? [.. Enumerable.Range(0, Math.Max(left.Length, right.Length)).Select(i => function(left[left.Length == 1 ? 0 : i], right[right.Length == 1 ? 0 : i]))]
            : null;
    }
}
