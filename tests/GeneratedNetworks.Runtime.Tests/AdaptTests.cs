using System.Text.Json;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Means and deviations from data: against NumPy's, behind other layers too, and refused where there are none to be had.</summary>
public class AdaptTests
{
    [Theory]
    [InlineData(false, 1e-12)]
    [InlineData(true, 1e-12)]
    public void Means_and_deviations_are_those_of_NumPy(bool isScalar, double tolerance)
    {
        Golden golden = Golden.Read();
        Dataset<double> data = new(6, golden.Inputs);
        INetwork<double> network = isScalar ? new ScalarAdaptedNet(3) : new AdaptedNet(3);
        golden.Prepare(network);
        if (network is AdaptedNet simd)
            simd.Adapt(data);
        else
            ((ScalarAdaptedNet)network).Adapt(data);
        golden.Check(network, tolerance);

        // What Adapt is for: what the layers read has mean 0 and deviation 1.
        double[] parameters = Parameters(network);
        for (int feature = 0; feature < 2; feature++)
        {
            double[] values = [.. Enumerable.Range(0, golden.Inputs.Length / 2).Select(i => (golden.Inputs[(2 * i) + feature] - parameters[feature]) / parameters[2 + feature])];
            Assert.Equal(0, values.Average(), 1e-9);
            Assert.Equal(feature == 0 ? 1 : 0, Math.Sqrt(values.Average(v => v * v)), 1e-9);
        }
    }

    [Fact]
    public void Single_precision_rounds_them_once()
    {
        Golden golden = Golden.Read();
        SingleAdaptedNet network = new(3);
        double[] start = new double[SingleAdaptedNet.ParameterCount];
        golden.Fill(start, network.Info);
        network.SetParameters(Array.ConvertAll(start, value => (float)value));
        network.Adapt(new Dataset<float>(6, Array.ConvertAll(golden.Inputs, value => (float)value)));
        float[] parameters = new float[SingleAdaptedNet.ParameterCount];
        network.GetParameters(parameters);

        // Of 101,325 single precision has steps of 1/128.
        Assert.Equal(golden.Mean1[0], parameters[0], 1.0 / 128);
        Assert.Equal(golden.Deviation1[0], parameters[2], 1e-2);
        Assert.Equal(((float)0.1, 1f), (parameters[1], parameters[3]));
        double[] second = [.. parameters.Skip(4 + 24 + 4).Take(8).Select(value => (double)value)];
        Assert.All(golden.Mean2.Concat(golden.Deviation2).Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Other_parameters_and_a_trainers_state_stay()
    {
        Golden golden = Golden.Read();
        AdaptedNet network = new(3);
        golden.Prepare(network);
        double[] before = Parameters(network);
        AdaptedNet.Trainer trainer = new(network);
        byte[] state = new byte[trainer.StateSize];
        trainer.GetState(state);
        network.Adapt(new Dataset<double>(6, golden.Inputs));
        double[] after = Parameters(network);
        foreach (NetworkParameter parameter in AdaptedNet.ParameterLayout)
        {
            bool isBuffer = parameter.Name.StartsWith("normalize", StringComparison.Ordinal);
            Assert.Equal(isBuffer, !before.AsSpan(parameter.Offset, parameter.Length).SequenceEqual(after.AsSpan(parameter.Offset, parameter.Length)));
        }

        byte[] stateAfter = new byte[trainer.StateSize];
        trainer.GetState(stateAfter);
        Assert.Equal(state, stateAfter);

        // Training leaves them alone.
        trainer.Fit(new Dataset<double>(6, 2, golden.Inputs, [.. Enumerable.Range(0, 82).Select(i => i % 2.0)]), new FitOptions { Epochs = 2 });
        double[] trained = Parameters(network);
        Assert.Equal(after.Take(4), trained.Take(4));
        Assert.NotEqual(after.Skip(4).Take(24), trained.Skip(4).Take(24));
    }

    [Fact]
    public void What_gives_no_moments_is_refused_and_nothing_changes()
    {
        AdaptedNet network = new(3);
        double[] before = Parameters(network);
        Refuses("The network takes 6 inputs, but a sample has 5.", new Dataset<double>(5, new double[5]));
        Refuses("The dataset is empty.", new Dataset<double>(6, []));
        Refuses("In the data, input 3 of sample 1 (both counted from 0) is NaN", new Dataset<double>(6, [.. new double[9], double.NaN, 0, 0]));
        Assert.Throws<ArgumentNullException>("data", () => network.Adapt(null!));

        // A layer before the second normalizer that multiplies beyond all doubles.
        int weight = AdaptedNet.ParameterLayout.ToArray().Single(parameter => parameter.Name == "dense1.weight").Offset;
        before[weight] = before[weight + 8] = before[weight + 16] = 1.7e308;
        network.SetParameters(before);
        Refuses(
            "Feature 0 of what 'normalize2' reads is not finite for every sample: the layers before it go beyond what a double can hold.",
            new Dataset<double>(6, [30, 0, 30, 0, -30, 0]));

        void Refuses(string message, Dataset<double> data)
        {
            Assert.StartsWith(message, Assert.Throws<ArgumentException>("data", () => network.Adapt(data)).Message);
            Assert.Equal(before, Parameters(network));
        }
    }

    /// <summary>Whatever is finite has a mean and a deviation that are: their squares are not in the way.</summary>
    [Theory]
    [InlineData(1e300)]
    [InlineData(1.7e308)]
    [InlineData(1e-200)]
    [InlineData(5e-324)]
    public void Values_of_any_size_are_adapted_to(double size)
    {
        AdaptedNet network = new(3);
        network.Adapt(new Dataset<double>(6, [size, 0, size, 0, -size, 0, -size, 0, size, 0, -size, 0]));
        double[] parameters = Parameters(network);
        Assert.Equal((0.0, 0.0, 1.0), (parameters[0], parameters[1], parameters[3]));
        Assert.InRange(parameters[2], Math.BitDecrement(size), Math.BitIncrement(size));
    }

    /// <summary>What is large is no other feature's and no other sample's: the bits are those of the same values 2¹⁰⁰⁰ times smaller, times that.</summary>
    [Fact]
    public void A_power_of_two_changes_no_bit()
    {
        Golden golden = Golden.Read();
        (AdaptedNet plain, AdaptedNet large) = (new(3), new(3));
        plain.Adapt(new Dataset<double>(6, golden.Inputs));
        double factor = Math.ScaleB(1, 1000);
        large.Adapt(new Dataset<double>(6, Array.ConvertAll(golden.Inputs, value => value * factor)));
        double[] expected = [.. Parameters(plain)[..4].Select(value => value * factor)];

        // The second feature is the same everywhere.
        expected[3] = 1;
        Assert.Equal(expected, Parameters(large)[..4]);
    }

    private static double[] Parameters(INetwork<double> network)
    {
        double[] parameters = new double[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private sealed record Golden(double[] Inputs, double[] Weight, double[] Bias, double[] Mean1, double[] Deviation1, double[] Mean2, double[] Deviation2)
    {
        public static Golden Read()
        {
            JsonSerializerOptions options = new() { PropertyNameCaseInsensitive = true };
            return JsonSerializer.Deserialize<Golden>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "adapted.json")), options)!;
        }

        public void Fill(double[] parameters, NetworkInfo info)
        {
            foreach (NetworkParameter parameter in info.ParameterLayout)
            {
                double[]? values = parameter.Name switch { "dense1.weight" => Weight, "dense1.bias" => Bias, _ => null };
                values?.CopyTo(parameters, parameter.Offset);
            }
        }

        public void Prepare(INetwork<double> network)
        {
            double[] parameters = Parameters(network);
            Fill(parameters, network.Info);
            network.SetParameters(parameters);
        }

        public void Check(INetwork<double> network, double tolerance)
        {
            double[] parameters = Parameters(network);
            foreach (NetworkParameter parameter in network.ParameterLayout)
            {
                double[]? expected = parameter.Name switch
                {
                    "normalize1.mean" => Mean1,
                    "normalize1.deviation" => Deviation1,
                    "normalize2.mean" => Mean2,
                    "normalize2.deviation" => Deviation2,
                    _ => null,
                };
                for (int i = 0; i < expected?.Length; i++)
                    Assert.Equal(expected[i], parameters[parameter.Offset + i], tolerance * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }
}
