using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>
/// How far a file itself strays in single precision: where large values cancel, every order of the same sums is off by more than a tolerance can allow for
/// all networks. The file runs again with what it computes rounded to 32 bits, up or down by chance, and the farthest of these runs is what its output vector
/// may be off.
/// </summary>
/// <param name="reading">The file.</param>
/// <param name="copies">How many samples of the network are one of the file, all alike.</param>
/// <param name="seed">The same gives the same runs.</param>
internal sealed class RoundingSpread(ModelReading reading, int copies, int seed)
{
    // The farthest of so many lies above two deviations, and chance rounds with twice the variance of rounding to the nearest.
    private const int Runs = 32;

    /// <summary>From the file's order of an output to the network's; null where they are the same.</summary>
    public FileOrder? Order { get; init; }

    /// <summary>Of the outputs, each of which is a vector by itself; null: there is one.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>The largest error of the output vector in these runs.</summary>
    /// <param name="sample">What the file is given.</param>
    /// <param name="reference">What it computes from that in double, in the network's order; for a file of several copies, from one.</param>
    public double Of(double[] sample, ReadOnlySpan<double> reference)
    {
        Random random = new(seed);
        double[] filled = [.. Enumerable.Repeat(sample, copies).SelectMany(copy => copy)];
        double farthest = 0;
        for (int run = 0; run < Runs; run++)
        {
            double[] output = reading.RunInSingle(filled, random);
            output = Order?.ToOutput(output) ?? output[..reference.Length];
            farthest = Math.Max(farthest, VectorError.OfRow(output, reference, Sizes ?? [reference.Length]).Value);
        }

        return farthest;
    }

    /// <summary>Holds every output vector above a tolerance against its spread, the worst first.</summary>
    /// <param name="actual">What the network computed.</param>
    /// <param name="reference">What the file computes, in the network's order.</param>
    /// <param name="samples">From what, in the file's order.</param>
    /// <param name="tolerance">Vectors up to here need no reason.</param>
    public SpreadVerdict Judge(float[] actual, double[] reference, IReadOnlyList<double[]> samples, double tolerance)
    {
        int size = reference.Length / samples.Count;
        (int Sample, WorstError Error)[] above =
        [
            .. Enumerable.Range(0, samples.Count)
                .Select(sample => (sample, VectorError.OfRow<float>(actual.AsSpan(sample * size, size), reference.AsSpan(sample * size, size), Sizes ?? [size])))
                .Where(pair => !(pair.Item2.Value <= tolerance))
                .OrderByDescending(pair => pair.Item2.Value),
        ];
        double widest = 0;
        foreach ((int sample, WorstError error) in above)
        {
            double spread = Of(samples[sample], reference.AsSpan(sample * size, size));
            if (!double.IsFinite(error.Value) || !(error.Value <= spread))
                return new SpreadVerdict(above.Length, spread, error with { Index = (sample * size) + error.Index });
            widest = Math.Max(widest, spread);
        }

        return new SpreadVerdict(above.Length, widest, null);
    }
}

/// <summary>What rounding explains of errors.</summary>
/// <param name="Vectors">How many output vectors were above the tolerance.</param>
/// <param name="Spread">How far the file strays: the farthest of all that were looked at, or at the one that is not explained.</param>
/// <param name="Unexplained">The worst that is farther off than the file strays, or null.</param>
internal sealed record SpreadVerdict(int Vectors, double Spread, WorstError? Unexplained);
