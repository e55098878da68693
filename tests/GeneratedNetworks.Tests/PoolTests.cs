using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>What references do not tell of pools: infinities, NaN, which of equal elements gets the gradient, and shapes of all sizes against plain loops.</summary>
[Trait("Category", "Numeric")]
public sealed class PoolTests
{
    public static MatrixTheoryData<EmitProfile, Precision> Targets =>
        new([EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic], [Precision.Single, Precision.Double]);

    [Theory]
    [MemberData(nameof(Targets))]
    public void NaNWinsAndInfinitiesAreNumbers(EmitProfile profile, Precision precision)
    {
        int[] widths = [1, 4, 7, 16, 19];
        TestNetwork[] networks = NetworkCompiler.Compile(
            [.. widths.Select(channels => new NetworkSpec([4, channels], [new SourceSpec("[MaxPool1D(2, Padding = Padding.Same)]")]).In(profile, precision))]);
        foreach ((int channels, TestNetwork network) in widths.Zip(networks))
        {
            (double First, double Second, double Largest)[] pairs =
            [
                (double.NaN, 1, double.NaN), (1, double.NaN, double.NaN), (double.PositiveInfinity, double.NaN, double.NaN), (double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity),
                (-1, double.NegativeInfinity, -1), (2, double.PositiveInfinity, double.PositiveInfinity), (0, -0.0, 0), (-0.0, 0, -0.0),
            ];
            foreach ((double first, double second, double largest) in pairs)
            {
                double[] inputs = [.. Enumerable.Repeat(first, channels), .. Enumerable.Repeat(second, channels), .. Enumerable.Repeat(3.0, channels), .. Enumerable.Repeat(-3.0, channels)];
                double[] outputs = network.Forward(inputs);
                Assert.Equal([.. Enumerable.Repeat(largest, channels), .. Enumerable.Repeat(3.0, channels)], outputs);

                // Of two zeros the first stays.
                if (largest == 0)
                    Assert.All(outputs[..channels], value => Assert.Equal(double.IsNegative(largest), double.IsNegative(value)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void TheFirstOfEqualElementsGetsTheGradient(EmitProfile profile, Precision precision)
    {
        int[] widths = [1, 5, 16];
        TestNetwork[] networks = NetworkCompiler.Compile(
            [.. widths.Select(channels => new NetworkSpec([3, 3, channels], [new SourceSpec("[PRelu(Shared = true)]"), new SourceSpec("[MaxPool2D(2, Stride = 1)]")])
                .Train(Loss.SquaredError, inputGradients: true).In(profile, precision))]);
        foreach ((int channels, TestNetwork network) in widths.Zip(networks))
        {
            double[] image = [2, 1, 1, 2, 2, 3, 0, 2, 3];
            double[] inputs = [.. image.SelectMany(value => Enumerable.Repeat(value, channels))];
            double[] targets = new double[4 * channels];
            network.CreateTrainer().Backward(inputs, targets, out double[] gradients);

            // Windows: {2 1 2 2} first; {1 1 2 3} sixth; {2 2 0 2} fourth; {2 3 2 3} sixth. The slope of ½y² is y.
            double[] expected = [2, 0, 0, 2, 0, 6, 0, 0, 0];
            Assert.Equal(expected.SelectMany(value => Enumerable.Repeat(value, channels)), gradients);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void OfEqualElementsSideBySideToo(EmitProfile profile, Precision precision)
    {
        foreach (int channels in new[] { 1, 5, 16 })
        {
            NetworkSpec spec = new NetworkSpec([2, 4, channels], [new SourceSpec("[PRelu(Shared = true)]"), new SourceSpec("[MaxPool2D(2)]")])
                .Train(Loss.SquaredError, inputGradients: true).In(profile, precision);
            TestNetwork network = NetworkCompiler.Compile(spec);
            double[] image = [2, 2, 0, 3, 1, 2, 3, 1];
            double[] inputs = [.. image.SelectMany(value => Enumerable.Repeat(value, channels))];
            double[] targets = new double[2 * channels];
            network.CreateTrainer().Backward(inputs, targets, out double[] gradients);

            // Windows: {2 2 1 2} first; {0 3 3 1} second.
            double[] expected = [2, 0, 0, 3, 0, 0, 0, 0];
            Assert.Equal(expected.SelectMany(value => Enumerable.Repeat(value, channels)), gradients);
        }
    }

    /// <summary>Every channel count from a lane to beyond a vector, at the network's edge, where neither side has padding.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void PoolsOfAnyWidthReadAndWriteTheCallersRows(EmitProfile profile, Precision precision)
    {
        int[] widths = [1, 2, 3, 4, 7, 8, 9, 16, 17, 33];
        (string Source, Func<double[], double> Of)[] pools =
        [
            ("[MaxPool1D(3, Stride = 2, Pads = new[] { 1, 2 })]", seen => seen.Max()),
            ("[AveragePool1D(3, Stride = 2, Pads = new[] { 1, 2 })]", seen => seen.Average()),
            ("[AveragePool1D(3, Stride = 2, Pads = new[] { 1, 2 }, CountPadding = true)]", seen => seen.Sum() / 3),
            ("[GlobalMaxPool]", seen => seen.Max()), ("[GlobalAveragePool]", seen => seen.Average()),
        ];
        NetworkSpec[] specs = [.. pools.SelectMany(pool => widths.Select(width => new NetworkSpec([6, width], [new SourceSpec(pool.Source)]).In(profile, precision)))];
        TestNetwork[] networks = NetworkCompiler.Compile(specs);
        for (int i = 0; i < networks.Length; i++)
        {
            int width = widths[i % widths.Length];
            (string source, Func<double[], double> of) = pools[i / widths.Length];
            double[] inputs = networks[i].Round(new Samples(i).Uniform(3 * 6 * width, -1, 1));
            (int First, int Count)[] windows = source.Contains("Global", StringComparison.Ordinal) ? [(0, 6)] : [(0, 2), (1, 3), (3, 3), (5, 1)];
            double[] expected = [.. Enumerable.Range(0, 3).SelectMany(sample => windows.SelectMany(window => Enumerable.Range(0, width).Select(channel =>
                of([.. Enumerable.Range(window.First, window.Count).Select(time => inputs[(((sample * 6) + time) * width) + channel])]))))];
            Approx.Equal(expected, networks[i].Forward(inputs), precision == Precision.Double ? 1e-14 : 1e-6, $"{source}, {width} channels");
        }
    }
}
