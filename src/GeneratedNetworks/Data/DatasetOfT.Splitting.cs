using System;

namespace GeneratedNetworks;

/// <content>Cutting a dataset into parts.</content>
public sealed partial class Dataset<T>
{
    /// <summary>Shuffles the samples as <see cref="Shuffle"/> does, then cuts them in two.</summary>
    /// <param name="fraction">The share of the first part, in [0, 1]; its count is rounded to the nearest, halves away from zero.</param>
    /// <param name="seed">Any value; the same seed gives the same parts on every runtime.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside [0, 1].</exception>
    public (Dataset<T> First, Dataset<T> Second) Split(double fraction, ulong seed)
    {
        CheckFraction(fraction, nameof(fraction));
        (Dataset<T> first, Dataset<T> second, _) = Cut(Permutation(seed), Rounded(fraction), Count);
        return (first, second);
    }

    /// <summary>Shuffles the samples as <see cref="Shuffle"/> does, then cuts them in three, such as to train, to validate and to test.</summary>
    /// <param name="first">The share of the first part, in [0, 1].</param>
    /// <param name="second">The share of the second part; the third has what is left, so that the two add up to 1 at most.</param>
    /// <param name="seed">Any value; the same seed gives the same parts on every runtime.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside [0, 1], or the two are more than 1.</exception>
    public (Dataset<T> First, Dataset<T> Second, Dataset<T> Third) Split(double first, double second, ulong seed)
    {
        CheckFractions(first, second);
        return Cut(Permutation(seed), Rounded(first), Rounded(first + second));
    }

    /// <summary>Cuts the samples in two so that each class has its share in both parts, as nearly as whole samples allow.</summary>
    /// <param name="fraction">The share of the first part, in [0, 1]; its count is that of <see cref="Split(double, ulong)"/>.</param>
    /// <param name="seed">Any value; the same seed gives the same parts on every runtime.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside [0, 1].</exception>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    /// <remarks>
    /// Samples of a class are drawn at random. How many each class gives follows Sainte-Laguë's method of apportionment. Classes are those of
    /// <see cref="Metrics.ClassOf{T}"/>.
    /// </remarks>
    public (Dataset<T> First, Dataset<T> Second) SplitStratified(double fraction, ulong seed)
    {
        CheckFraction(fraction, nameof(fraction));
        (Dataset<T> first, Dataset<T> second, _) = CutStratified(seed, Rounded(fraction), Count);
        return (first, second);
    }

    /// <summary>Cuts the samples in three so that each class has its share in all parts, as nearly as whole samples allow.</summary>
    /// <param name="first">The share of the first part, in [0, 1].</param>
    /// <param name="second">The share of the second part; the third has what is left, so that the two add up to 1 at most.</param>
    /// <param name="seed">Any value; the same seed gives the same parts on every runtime.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside [0, 1], or the two are more than 1.</exception>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    /// <remarks>As <see cref="SplitStratified(double, ulong)"/>.</remarks>
    public (Dataset<T> First, Dataset<T> Second, Dataset<T> Third) SplitStratified(double first, double second, ulong seed)
    {
        CheckFractions(first, second);
        return CutStratified(seed, Rounded(first), Rounded(first + second));
    }

    private static void CheckFraction(double fraction, string name)
    {
        if (!(fraction >= 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(name, fraction, $"{name} is a share and must lie in [0, 1], such as 0.8 for 80 %.");
    }

    private static void CheckFractions(double first, double second)
    {
        CheckFraction(first, nameof(first));
        CheckFraction(second, nameof(second));

        // Shares such as 0.7 and 0.3 may miss 1 by a rounding.
        if (first + second > 1 + 1e-12)
            throw new ArgumentOutOfRangeException(nameof(second), second, $"The shares {first} and {second} are more than 1 together.");
    }

    private int Rounded(double fraction) => Math.Min(Count, (int)Math.Round(fraction * Count, MidpointRounding.AwayFromZero));

    private (Dataset<T> First, Dataset<T> Second, Dataset<T> Third) Cut(ReadOnlySpan<int> order, int first, int second) =>
        (Select(order.Slice(0, first)), Select(order.Slice(first, second - first)), Select(order.Slice(second)));

    /// <summary>
    /// Sample j of a class of n stands at (j + ½) / n. In the order of these places, every beginning holds the classes in their shares.
    /// </summary>
    private (Dataset<T> First, Dataset<T> Second, Dataset<T> Third) CutStratified(ulong seed, int first, int second)
    {
        int[] shuffled = Permutation(seed);
        int[] classes = DatasetClasses.Of(this) ?? throw new InvalidOperationException(
            "The targets are no classes: neither one of 0 or 1 per sample, nor one-hot. Split cuts data of any kind.");
        int[] sizes = new int[Math.Max(2, TargetSize)];
        foreach (int @class in classes)
            sizes[@class]++;
        int[] seen = new int[sizes.Length];
        (double Place, int Class, int Position)[] places = new (double, int, int)[Count];
        for (int i = 0; i < Count; i++)
        {
            int @class = classes[shuffled[i]];
            places[i] = ((seen[@class]++ + 0.5) / sizes[@class], @class, i);
        }

        Array.Sort(places);

        // Within each part, the order of the shuffle again.
        int[] positions = Array.ConvertAll(places, place => place.Position);
        Array.Sort(positions, 0, first);
        Array.Sort(positions, first, second - first);
        Array.Sort(positions, second, Count - second);
        return Cut(Array.ConvertAll(positions, position => shuffled[position]), first, second);
    }
}
