using System;

namespace GeneratedNetworks;

/// <summary>Moves and stretches each column of rows of numbers: y = (x − offset) / scale, and back.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Taken from the training data alone, and applied to all that the network meets: validation data, test data and later inputs. <see cref="Save"/>
/// keeps it beside the network's parameters. Immutable.
/// </remarks>
/// <example>
/// <code>
/// Scaling&lt;float&gt; scaling = Scaling&lt;float&gt;.Standardize(train.Inputs, train.InputSize);
/// trainer.Fit(train.ScaleInputs(scaling), new FitOptions { Validation = validation.ScaleInputs(scaling) });
/// </code>
/// </example>
public sealed partial class Scaling<T>
    where T : struct
{
    private readonly T[] _offsets;
    private readonly T[] _scales;

    /// <summary>A scaling by numbers that are known.</summary>
    /// <param name="offsets">Of each column, at least one, finite.</param>
    /// <param name="scales">Of each column, finite and not 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no column, or a number is not allowed.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public Scaling(ReadOnlySpan<T> offsets, ReadOnlySpan<T> scales)
    {
        Real<T>.Require();
        if (offsets.Length == 0)
            throw new ArgumentException("A scaling has at least one column.", nameof(offsets));
        if (offsets.Length != scales.Length)
            throw new ArgumentException($"There are {offsets.Length} offsets but {scales.Length} scales.", nameof(scales));
        for (int i = 0; i < offsets.Length; i++)
        {
            Require(IsFinite(offsets[i]), "Offset", offsets[i], i, nameof(offsets));
            Require(IsFinite(scales[i]) && Real<T>.ToDouble(scales[i]) != 0, "Scale", scales[i], i, nameof(scales));
        }

        _offsets = offsets.ToArray();
        _scales = scales.ToArray();
    }

    /// <summary>The number of columns.</summary>
    public int Size => _offsets.Length;

    /// <summary>What is taken from each column.</summary>
    public ReadOnlySpan<T> Offsets => _offsets;

    /// <summary>What each column is then divided by.</summary>
    public ReadOnlySpan<T> Scales => _scales;

    /// <summary>The scaling to mean 0 and standard deviation 1 in each column.</summary>
    /// <param name="rows">n · <paramref name="size"/> finite values, row after row, n ≥ 1.</param>
    /// <param name="size">The number of columns, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is not positive.</exception>
    /// <exception cref="ArgumentException">The length is no positive number of rows, or a value is not finite.</exception>
    /// <remarks>The standard deviation is that of the rows themselves, √(Σ(x − x̄)² / n). A column of equal values keeps its scale.</remarks>
    public static Scaling<T> Standardize(ReadOnlySpan<T> rows, int size)
    {
        ColumnStatistics[] columns = Columns(rows, size);
        return Create(columns, column => column.Mean, column => column.StandardDeviation);
    }

    /// <summary>The scaling of each column's least value to one number and of its greatest to another.</summary>
    /// <param name="rows">n · <paramref name="size"/> finite values, row after row, n ≥ 1.</param>
    /// <param name="size">The number of columns, positive.</param>
    /// <param name="lowest">What the least becomes.</param>
    /// <param name="highest">What the greatest becomes, above <paramref name="lowest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="size"/> is not positive, or <paramref name="highest"/> is not above <paramref name="lowest"/>.
    /// </exception>
    /// <exception cref="ArgumentException">The length is no positive number of rows, or a value is not finite.</exception>
    /// <remarks>A column of equal values becomes <paramref name="lowest"/> and keeps its scale.</remarks>
    public static Scaling<T> MinMax(ReadOnlySpan<T> rows, int size, double lowest = 0, double highest = 1)
    {
        double range = highest - lowest;
        if (!(range > 0) || double.IsInfinity(range))
            throw new ArgumentOutOfRangeException(nameof(highest), highest, $"The range from {lowest} to {highest} must be finite and not empty.");
        ColumnStatistics[] columns = Columns(rows, size);
        double Scale(ColumnStatistics column) => (column.Maximum - column.Minimum) / range;
        return Create(columns, column => column.Minimum - (lowest * NotZero(Scale(column))), Scale);
    }

    /// <summary>Scales rows in place.</summary>
    /// <param name="rows">n · <see cref="Size"/> values.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of rows.</exception>
    public void Apply(Span<T> rows) => Map(rows, Apply);

    /// <summary>Scales rows back in place, such as a network's outputs where its targets were scaled.</summary>
    /// <param name="rows">n · <see cref="Size"/> values.</param>
    /// <exception cref="ArgumentException">The length is not a whole number of rows.</exception>
    public void Invert(Span<T> rows) => Map(rows, Invert);

    /// <summary>Scales one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">Its column, in [0, <see cref="Size"/>).</param>
    public T Apply(T value, int column) =>
        Real<T>.FromDouble((Real<T>.ToDouble(value) - Real<T>.ToDouble(_offsets[column])) / Real<T>.ToDouble(_scales[column]));

    /// <summary>Scales one value back.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">Its column, in [0, <see cref="Size"/>).</param>
    public T Invert(T value, int column) =>
        Real<T>.FromDouble((Real<T>.ToDouble(value) * Real<T>.ToDouble(_scales[column])) + Real<T>.ToDouble(_offsets[column]));

    /// <summary>Demands as many columns as samples have.</summary>
    /// <param name="size">How many they have.</param>
    /// <param name="kind">What their columns are: "input" or "target".</param>
    /// <param name="name">The argument that the scaling came with.</param>
    internal void CheckFits(int size, string kind, string name)
    {
        if (Size == size)
            return;
        string property = kind == "input" ? "Input" : "Target";
        string call = $"Scaling<{(Real<T>.IsSingle ? "float" : "double")}>.Standardize(data.{property}s, data.{property}Size)";
        string advice = size == 0 ? "" : $": take it from the training {kind}s, {call}";
        throw new ArgumentException($"The scaling is for {Dataset.Plural(Size, "column")}, and these samples have {Dataset.Plural(size, kind)}{advice}.", name);
    }

    private static ColumnStatistics[] Columns(ReadOnlySpan<T> rows, int size)
    {
        Real<T>.Require();
        if (size <= 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, $"{nameof(size)} is {size}; it must be positive.");
        if (rows.Length == 0 || rows.Length % size != 0)
            throw new ArgumentException($"{rows.Length} values are not a positive number of rows of {size}.", nameof(rows));
        for (int i = 0; i < rows.Length; i++)
        {
            if (!IsFinite(rows[i]))
                throw new ArgumentException($"Row {i / size} has {rows[i]} in column {i % size}; every value must be finite.", nameof(rows));
        }

        return ColumnStatistics.Of(rows, size);
    }

    private static Scaling<T> Create(ColumnStatistics[] columns, Func<ColumnStatistics, double> offset, Func<ColumnStatistics, double> scale) => new(
        Array.ConvertAll(columns, column => Real<T>.FromDouble(offset(column))),
        Array.ConvertAll(columns, column => Real<T>.FromDouble(NotZero(scale(column)))));

    // Also where the difference is too small for T.
    private static double NotZero(double scale) => Real<T>.ToDouble(Real<T>.FromDouble(scale)) == 0 ? 1 : scale;

    private static bool IsFinite(T value)
    {
        double number = Real<T>.ToDouble(value);
        return !double.IsNaN(number) && !double.IsInfinity(number);
    }

    private static void Require(bool holds, string what, T value, int column, string name)
    {
        if (!holds)
            throw new ArgumentException($"{what} {value} of column {column} is not allowed.", name);
    }

    private void Map(Span<T> rows, Func<T, int, T> map)
    {
        if (rows.Length % Size != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {Size}.", nameof(rows));
        for (int i = 0; i < rows.Length; i++)
            rows[i] = map(rows[i], i % Size);
    }
}
