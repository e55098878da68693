namespace GeneratedNetworks.Import.Reading;

/// <summary>Inputs to run a file and its network on: random ones out of the file's domain, and such as reach every clamp on both sides.</summary>
/// <param name="Samples">What the network is given, one array a sample; those that were searched for clamps stand last.</param>
/// <param name="Outputs">What the file computes from each, without rounding.</param>
/// <param name="Searched">How many were searched.</param>
/// <param name="Sides">Every side of every clamp, and how far it was passed.</param>
public sealed record CheckInputs(IReadOnlyList<double[]> Samples, IReadOnlyList<double[]> Outputs, int Searched, IReadOnlyList<ClampSide> Sides)
{
    // Starting points of a search for one side, and the steps of each along its gradient.
    private const int Starts = 4;
    private const int Steps = 12;

    /// <summary>Draws inputs of a reading and runs it on them.</summary>
    /// <param name="reading">What they are for.</param>
    /// <param name="count">How many random ones.</param>
    /// <param name="seed">The same gives the same inputs.</param>
    /// <param name="copies">How many samples of the network are one of the file, where each row of that is a sample: all rows are alike then.</param>
    /// <param name="given">Examples to begin with, or none.</param>
    /// <param name="round">What becomes of a number that the network is given, such as rounding to 32 bits; null: nothing.</param>
    public static CheckInputs Draw(
        ModelReading reading, int count, int seed, int copies = 1, IReadOnlyList<double[]>? given = null, Func<double, double>? round = null)
    {
        Random random = new(seed);
        Subject subject = new(reading, copies, round ?? (value => value));
        List<double[]> samples = [.. (given ?? []).Select(subject.Rounded)];
        for (int i = 0; i < count; i++)
            samples.Add(subject.Rounded(reading.Domain.Draw(random, i)));
        ClampLog log = new();
        List<double[]> outputs = [.. samples.Select(sample => subject.Run(sample, log))];
        int drawn = samples.Count;

        // What a search may cost grows with what the random inputs cost.
        Search search = new(subject, random, left: 200 + (4 * drawn));
        foreach (ClampSide side in log.Sides.Where(side => side.Excess < side.Target).ToArray())
        {
            // Another side's search may have reached it by now.
            if (log.Excess(side) >= side.Target || search.Find(side) is not { } found)
                continue;
            samples.Add(found);
            outputs.Add(subject.Run(found, log));
        }

        return new CheckInputs(samples, outputs, samples.Count - drawn, [.. log.Sides]);
    }

    /// <summary>The reading as the network sees it.</summary>
    private sealed record Subject(ModelReading Reading, int Copies, Func<double, double> Round)
    {
        private int Size => Reading.InputSize / Copies;

        public double[] Center { get; } = Reading.Domain.Center[..(Reading.InputSize / Copies)];

        public double[] Spread { get; } = Reading.Domain.Spread[..(Reading.InputSize / Copies)];

        public double[] Rounded(double[] sample) => Array.ConvertAll(sample[..Size], value => Round(value));

        public double[] Nearest(double[] sample) => Rounded(Reading.Domain.Nearest(Filled(sample)));

        public double[] Run(double[] sample, ClampLog log)
        {
            double[] outputs = Reading.Run(Filled(sample), clamps: log);
            return outputs[..(outputs.Length / Copies)];
        }

        private double[] Filled(double[] sample) => Copies == 1 ? sample : [.. Enumerable.Repeat(sample, Copies).SelectMany(copy => copy)];
    }

    /// <summary>Climbs towards one side of a clamp by differences, with a bound on how often the file is run.</summary>
    private sealed class Search(Subject subject, Random random, int left)
    {
        private int _left = left;

        /// <summary>The input that passes the side farthest, or null where none comes nearer than those before.</summary>
        public double[]? Find(ClampSide side)
        {
            double[]? best = null;
            double most = double.NegativeInfinity;
            int share = Math.Max(Starts * (Steps + 2), _left / 4);
            _left -= share;
            for (int start = 0; start < Starts && share > 0 && most < side.Target; start++)
            {
                double[] at = subject.Nearest(start == 0 ? subject.Center : subject.Reading.Domain.Draw(random, 0)[..subject.Center.Length]);
                double[] direction = Gradient(at, Height(at, side, ref share), side, ref share);
                double step = 0.5;
                for (int i = 0; i < Steps && share > 0 && most < side.Target; i++, step *= 2)
                {
                    double[] next = Moved(at, direction, step);
                    double reached = Height(next, side, ref share);
                    if (reached > most)
                        (best, most) = (next, reached);
                }
            }

            return most > side.Excess ? best : null;
        }

        /// <summary>Differences along each input, or along random directions where there are too many inputs; the largest is 1.</summary>
        private double[] Gradient(double[] at, double height, ClampSide side, ref int share)
        {
            double[] direction = new double[at.Length];
            if (at.Length <= share / 2)
            {
                for (int i = 0; i < at.Length; i++)
                {
                    double[] along = new double[at.Length];
                    along[i] = 1;
                    direction[i] = Height(Moved(at, along, 0.25), side, ref share) - height;
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

        private double[] Moved(double[] at, double[] direction, double step) =>
            subject.Nearest([.. at.Select((value, i) => value + (step * subject.Spread[i] * direction[i]))]);

        private double Height(double[] sample, ClampSide side, ref int share)
        {
            share--;
            ClampLog log = new();
            subject.Run(sample, log);
            return log.Excess(side);
        }
    }
}
