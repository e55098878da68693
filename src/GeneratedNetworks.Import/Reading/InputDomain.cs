using System.Globalization;

namespace GeneratedNetworks.Import.Reading;

/// <summary>Where the inputs of a file lie, as far as the file tells: around its normalizer, over its quantized ranges, or around 0.</summary>
public sealed class InputDomain
{
    private readonly InputPart[] _parts;

    private InputDomain(InputPart[] parts) => _parts = parts;

    /// <summary>In words: "normally distributed around the means of its normalizer".</summary>
    public string Description => string.Join("; ", _parts.Length == 1
        ? [_parts[0].Description]
        : _parts.Select(part => $"'{part.Name}' {part.Description}"));

    /// <summary>The middle of the domain.</summary>
    public double[] Center => [.. _parts.SelectMany(part => part.Center)];

    /// <summary>How far inputs are from the middle, usually.</summary>
    public double[] Spread => [.. _parts.SelectMany(part => part.Spread)];

    /// <summary>A random sample.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="number">Which sample it is: every fourth goes beyond the ranges that an input can leave.</param>
    public double[] Draw(Random random, int number)
    {
        List<double> sample = [];
        foreach (InputPart part in _parts)
            part.Draw(random, number, sample);
        return [.. sample];
    }

    /// <summary>The nearest sample that can be given: whole numbers and quantized ranges are kept.</summary>
    public double[] Nearest(double[] sample)
    {
        double[] result = new double[sample.Length];
        int next = 0;
        foreach (InputPart part in _parts)
        {
            for (int i = 0; i < part.Center.Length; i++, next++)
                result[next] = part.Nearest(sample[next]);
        }

        return result;
    }

    internal static InputDomain Of(ReadGraph graph) => new([.. graph.Inputs.Select(input => InputPart.Of(graph, input).Repeated(graph.Frames))]);

    /// <summary>A sample as values of the graph's inputs.</summary>
    internal static Tensor[] Split(ReadGraph graph, ReadOnlySpan<double> sample)
    {
        Tensor[] values = new Tensor[graph.Inputs.Count];
        for (int i = 0, start = 0; i < values.Length; start += graph.Inputs[i].SampleSize, i++)
        {
            GraphInput input = graph.Inputs[i];
            double[] elements = new double[input.SampleSize * input.Batch];

            // Outside of the batch axis a sample goes on, inside of it there are the copies.
            int inner = input.SampleSize / (int)Extents.Count(input.Shape[..input.BatchAxis]);
            for (int row = 0; row < input.SampleSize / inner; row++)
            {
                for (int copy = 0; copy < input.Batch; copy++)
                    sample.Slice(start + (row * inner), inner).CopyTo(elements.AsSpan(((row * input.Batch) + copy) * inner));
            }

            values[i] = new Tensor(input.Type, input.Shape, elements);
        }

        return values;
    }
}

/// <summary>The domain of one input.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Description">In words.</param>
/// <param name="Center">The middle, element by element.</param>
/// <param name="Spread">One deviation; of a range, half its width.</param>
/// <param name="IsUniform">Whether inputs are spread evenly over a range, and not normally.</param>
/// <param name="Limits">What cannot be left; null where any number can be given.</param>
/// <param name="IsWhole">Whether inputs are whole numbers.</param>
internal sealed record InputPart(
    string Name, string Description, double[] Center, double[] Spread, bool IsUniform, (double Least, double Greatest)? Limits, bool IsWhole)
{
    public static InputPart Of(ReadGraph graph, GraphInput input)
    {
        int size = input.SampleSize;
        if (input.Range is { } range)
            return Uniform(input, size, range, range, "spread over its quantized range");
        if (PrefixWalk.Table(graph, input) is { } rows)
            return Uniform(input, size, rows, rows, "row numbers of a table") with { IsWhole = true };
        if (input.Type.Range() is { } whole)
            return Uniform(input, size, whole, whole, "whole numbers over the range of their type");
        PrefixWalk walk = new(graph, input);
        (double[] scale, double[] shift) = walk.Affine();
        if (walk.Range() is { } quantised && Array.TrueForAll(scale, value => value == scale[0]) && Array.TrueForAll(shift, value => value == shift[0]) && scale[0] != 0)
        {
            double first = (quantised.Least - shift[0]) / scale[0];
            double second = (quantised.Greatest - shift[0]) / scale[0];
            return Uniform(input, size, (Math.Min(first, second), Math.Max(first, second)), null, "spread over its quantized range, a quarter of them beyond it");
        }

        (double[] mean, double[] deviation) = walk.Normaliser(size);
        double[] center = new double[size];
        double[] spread = new double[size];
        for (int i = 0; i < size; i++)
        {
            // Where an element does not pass, any number will do.
            bool passes = scale[i] != 0 && double.IsFinite(1 / scale[i]) && double.IsFinite(deviation[i]) && deviation[i] > 0;
            center[i] = passes ? (mean[i] - shift[i]) / scale[i] : 0;
            spread[i] = passes ? deviation[i] / Math.Abs(scale[i]) : 1;
            if (!double.IsFinite(center[i]) || !double.IsFinite(spread[i]))
                (center[i], spread[i]) = (0, 1);
        }

        bool isStandard = Array.TrueForAll(center, value => value == 0) && Array.TrueForAll(spread, value => value == 1);
        string description = isStandard ? "normally distributed, mean 0, deviation 1" : "normally distributed around its normalizer: " + Describe(center, spread);
        return new InputPart(input.Name, description, center, spread, false, null, input.Type.IsWhole());
    }

    public void Draw(Random random, int number, List<double> sample)
    {
        // One quarter of what can be left is left, by up to a half of the range.
        double width = IsUniform && Limits is null && number % 4 == 3 ? 2 : 1;
        for (int i = 0; i < Center.Length; i++)
        {
            double drawn = IsUniform
                ? (2 * random.NextDouble()) - 1
                : Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            sample.Add(Nearest(Center[i] + (Spread[i] * width * drawn)));
        }
    }

    public double Nearest(double value)
    {
        value = IsWhole ? Math.Round(value) : value;
        return Limits is { } limits ? Math.Clamp(value, limits.Least, limits.Greatest) : value;
    }

    /// <summary>The same for each of several frames.</summary>
    public InputPart Repeated(int frames) => frames == 1 ? this : this with
    {
        Center = [.. Enumerable.Repeat(Center, frames).SelectMany(frame => frame)],
        Spread = [.. Enumerable.Repeat(Spread, frames).SelectMany(frame => frame)],
    };

    private static InputPart Uniform(
        GraphInput input, int size, (double Least, double Greatest) range, (double Least, double Greatest)? limits, string description)
    {
        double[] center = new double[size];
        double[] spread = new double[size];
        Array.Fill(center, (range.Least + range.Greatest) / 2);
        Array.Fill(spread, (range.Greatest - range.Least) / 2);
        bool isWhole = input.Type.IsWhole() && input.Range is null;
        return new InputPart(input.Name, $"{description}, {Show(range.Least)} to {Show(range.Greatest)}", center, spread, true, limits, isWhole);
    }

    private static string Describe(double[] center, double[] spread) => center.Length == 1
        ? $"mean {Show(center[0])}, deviation {Show(spread[0])}"
        : $"means {Show(center.Min())} to {Show(center.Max())}, deviations {Show(spread.Min())} to {Show(spread.Max())}";

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>
/// Follows an input through operations that scale it and nothing else, up to its normaliser. What they do to it is found by running them on zeros and
/// on ones.
/// </summary>
internal sealed class PrefixWalk
{
    private readonly ReadGraph _graph;
    private readonly GraphInput _input;
    private readonly string _value;
    private readonly Operation? _end;

    public PrefixWalk(ReadGraph graph, GraphInput input)
    {
        _graph = graph;
        _input = input;
        _value = input.Key;
        while (true)
        {
            Operation[] readers = [.. graph.Computed.Where(operation => operation.Inputs.Contains(_value) && operation.Role != PrefixRole.ShapeAlone)];
            if (readers.Length != 1 || readers[0].Role == PrefixRole.None || readers[0].Inputs.Count(graph.IsComputed) != 1)
                return;
            if (readers[0].Role == PrefixRole.Table)
                return;
            if (readers[0].Role != PrefixRole.Affine)
            {
                _end = readers[0];
                return;
            }

            // Constants of more axes may repeat the elements, which is no scaling.
            string before = _value;
            _value = readers[0].Outputs[0];
            if (RunOn(0).Count == input.SampleSize * input.Batch)
                continue;
            _value = before;
            return;
        }
    }

    /// <summary>Between which numbers an input lies that names rows of a table; null for another one.</summary>
    public static (double Least, double Greatest)? Table(ReadGraph graph, GraphInput input)
    {
        string value = input.Key;
        while (graph.Computed.Where(operation => operation.Inputs.Contains(value) && operation.Role != PrefixRole.ShapeAlone).ToArray() is [var reader])
        {
            bool isTable = reader is { Role: PrefixRole.Table, Range: not null } && (reader.Inputs.Count == 1 || !graph.IsComputed(reader.Inputs[0]));
            if (isTable && reader.Range!(graph.WithConstants(reader)) is { Greatest: < double.PositiveInfinity } rows)
                return rows;
            if (reader.Role != PrefixRole.Affine)
                return null;
            value = reader.Outputs[0];
        }

        return null;
    }

    /// <summary>y = x·scale + shift for every element of a sample.</summary>
    public (double[] Scale, double[] Shift) Affine()
    {
        double[] shift = RunOn(0).Elements[.._input.SampleSize];
        double[] sum = RunOn(1).Elements[.._input.SampleSize];
        return ([.. sum.Select((value, i) => value - shift[i])], shift);
    }

    public (double Least, double Greatest)? Range() => _end is { Role: PrefixRole.Range, Range: { } range } ? range(_graph.WithConstants(_end)) : null;

    public (double[] Mean, double[] Deviation) Normaliser(int size)
    {
        double[] mean = new double[size];
        double[] deviation = new double[size];
        Array.Fill(deviation, 1);
        if (_end is { Role: PrefixRole.Normaliser, Normaliser: { } normaliser })
        {
            Statistics found = normaliser(_graph.WithConstants(_end), RunOn(0).Shape);
            for (int i = 0; i < size && found.Mean.Length > 0; i++)
                (mean[i], deviation[i]) = (found.Mean[i / found.Inner % found.Mean.Length], found.Deviation[i / found.Inner % found.Mean.Length]);
        }

        return (mean, deviation);
    }

    private Tensor RunOn(double number)
    {
        Tensor[] inputs = [.. _graph.Inputs.Select(input => new Tensor(input.Type, input.Shape, Filled(input, ReferenceEquals(input, _input) ? number : 0)))];
        return _graph.Run(inputs, [_value], RunOptions.Plain)[0];
    }

    private static double[] Filled(GraphInput input, double number)
    {
        double[] elements = new double[input.SampleSize * input.Batch];
        Array.Fill(elements, number);
        return elements;
    }
}
