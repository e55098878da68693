namespace GeneratedNetworks.Import.Reading;

/// <summary>Inputs to run a file and its network on: random ones out of the file's domain, and such as reach every clamp on both sides.</summary>
/// <param name="Samples">One array a sample; those that were searched for clamps stand last.</param>
/// <param name="Searched">How many these are.</param>
/// <param name="Sides">Every side of every clamp, and how far it was passed.</param>
public sealed record CheckInputs(IReadOnlyList<double[]> Samples, int Searched, IReadOnlyList<ClampSide> Sides)
{
    // Starting points of a search for one side, and the steps of each along its gradient.
    private const int Starts = 4;
    private const int Steps = 12;

    /// <summary>Draws inputs of a reading.</summary>
    /// <param name="reading">What they are for.</param>
    /// <param name="count">How many random ones.</param>
    /// <param name="seed">The same gives the same inputs.</param>
    /// <param name="given">Examples to begin with, or none.</param>
    /// <param name="round">What becomes of a number that the network is given, such as rounding to 32 bits.</param>
    public static CheckInputs Draw(ModelReading reading, int count, int seed, IReadOnlyList<double[]>? given = null, Func<double, double>? round = null)
    {
        Random random = new(seed);
        round ??= value => value;
        List<double[]> samples = [.. (given ?? []).Select(sample => Array.ConvertAll(sample, value => round(value)))];
        for (int i = 0; i < count; i++)
            samples.Add(Array.ConvertAll(reading.Domain.Draw(random, i), value => round(value)));
        ClampLog log = new();
        foreach (double[] sample in samples)
            reading.Run(sample, clamps: log);
        int drawn = samples.Count;

        // What a search may cost grows with what the random inputs cost.
        Search search = new(reading, random, round, left: 200 + (4 * drawn));
        foreach (ClampSide side in log.Sides.Where(side => side.Excess < side.Target).ToArray())
        {
            // Another side's search may have reached it by now.
            if (log.Sides.First(known => known.Label == side.Label && known.IsUpper == side.IsUpper && known.Limit == side.Limit) is var now && now.Excess >= now.Target)
                continue;
            if (search.Find(side) is not { } found)
                continue;
            reading.Run(found, clamps: log);
            samples.Add(found);
        }

        return new CheckInputs(samples, samples.Count - drawn, [.. log.Sides]);
    }

    /// <summary>Climbs towards one side of a clamp by differences, with a bound on how often the file is run.</summary>
    private sealed class Search(ModelReading reading, Random random, Func<double, double> round, int left)
    {
        private int _left = left;

        /// <summary>The input that passes the side farthest, or null where none comes nearer than where the search began.</summary>
        public double[]? Find(ClampSide side)
        {
            double[]? best = null;
            double most = double.NegativeInfinity;
            int share = Math.Max(Starts * (Steps + 2), _left / 4);
            for (int start = 0; start < Starts && share > 0 && most < side.Target; start++)
            {
                double[] at = start == 0 ? Given(reading.Domain.Center) : Given(reading.Domain.Draw(random, 0));
                double height = Height(at, side, ref share);
                double[] direction = Gradient(at, height, side, ref share);
                double step = 0.5;
                for (int i = 0; i < Steps && share > 0; i++, step *= 2)
                {
                    double[] next = Moved(at, direction, step);
                    double reached = Height(next, side, ref share);
                    if (reached > most)
                        (best, most) = (next, reached);
                    if (most >= side.Target)
                        break;
                }
            }

            return most > side.Excess ? best : null;
        }

        /// <summary>Signs of the differences along each input, or along random directions where there are too many inputs.</summary>
        private double[] Gradient(double[] at, double height, ClampSide side, ref int share)
        {
            double[] spread = reading.Domain.Spread;
            double[] direction = new double[at.Length];
            if (at.Length <= share / 2)
            {
                for (int i = 0; i < at.Length; i++)
                {
                    double[] next = [.. at];
                    next[i] = round(at[i] + (0.25 * spread[i]));
                    direction[i] = Height(Given(next), side, ref share) - height;
                }
            }
            else
            {
                for (int trial = 0; trial < 16 && share > 0; trial++)
                {
                    double[] tried = Array.ConvertAll(at, _ => random.NextDouble() - 0.5);
                    double gain = Height(Moved(at, tried, 0.5), side, ref share) - height;
                    for (int i = 0; i < at.Length; i++)
                        direction[i] += gain * tried[i];
                }
            }

            double largest = direction.Max(Math.Abs);
            return largest > 0 && double.IsFinite(largest)
                ? Array.ConvertAll(direction, value => value / largest)
                : Array.ConvertAll(direction, _ => (2 * random.NextDouble()) - 1);
        }

        private double[] Moved(double[] at, double[] direction, double step)
        {
            double[] spread = reading.Domain.Spread;
            return Given([.. at.Select((value, i) => value + (step * spread[i] * direction[i]))]);
        }

        private double[] Given(double[] sample) => Array.ConvertAll(reading.Domain.Nearest(sample), value => round(value));

        private double Height(double[] sample, ClampSide side, ref int share)
        {
            share--;
            _left--;
            ClampLog log = new();
            reading.Run(sample, clamps: log);
            return log.Sides.FirstOrDefault(known => known.Label == side.Label && known.IsUpper == side.IsUpper && known.Limit == side.Limit)?.Excess
                ?? double.NegativeInfinity;
        }
    }
}
