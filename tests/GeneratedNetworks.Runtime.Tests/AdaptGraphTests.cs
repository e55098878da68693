namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Means and deviations in a network that branches: those of what the layer reads, and of nothing beside it.</summary>
public class AdaptGraphTests
{
    [Fact]
    public void A_branch_is_adapted_to_what_it_reads()
    {
        BranchedAdaptedNet network = new(5);
        double[] parameters = new double[BranchedAdaptedNet.ParameterCount];
        network.GetParameters(parameters);
        Random random = new(3);
        double[] inputs = [.. Enumerable.Range(0, 40 * 5).Select(_ => random.NextDouble() + 1)];
        network.Adapt(new Dataset<double>(5, inputs));
        double[] after = new double[parameters.Length];
        network.GetParameters(after);

        // left is the first two elements of a sample, and right the other three.
        ReadOnlySpan<double> weight = Of(parameters, "steps.weight"), bias = Of(parameters, "steps.bias");
        for (int unit = 0; unit < 2; unit++)
        {
            (double w0, double w1, double b) = (weight[unit], weight[2 + unit], bias[unit]);
            Check("hidden", unit, [.. inputs.Chunk(5).Select(sample => Math.Tanh((sample[0] * w0) + (sample[1] * w1) + b))]);
        }

        for (int feature = 0; feature < 3; feature++)
            Check("first", feature, [.. inputs.Chunk(5).Select(sample => sample[2 + feature])]);

        void Check(string layer, int feature, double[] values)
        {
            double mean = values.Average();
            Assert.Equal(mean, Of(after, layer + ".mean")[feature], 1e-12);
            Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), Of(after, layer + ".deviation")[feature], 1e-12);
        }
    }

    private static ReadOnlySpan<double> Of(double[] parameters, string name)
    {
        NetworkParameter found = BranchedAdaptedNet.ParameterLayout.ToArray().Single(parameter => parameter.Name == name);
        return parameters.AsSpan(found.Offset, found.Length);
    }
}

/// <summary>Two inputs, one of which is normalized as it is and the other behind a layer, before a layer of the other branch.</summary>
[GeneratedNetwork(Precision = Precision.Double)]
[Input("left", 2)]
[Input("right", 3)]
[Dense(2, Activation.Tanh, From = "left", Name = "steps")]
[Normalize(Name = "first", From = "right")]
[Dense(2, Name = "others")]
[Normalize(Name = "hidden", From = "steps")]
[Add("hidden", "others")]
internal sealed partial class BranchedAdaptedNet;
