using System;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>The example of every registered layer is put in front of and between dense layers and checked: a new layer needs no new test.</summary>
[Trait("Category", "Numeric")]
public sealed class RegisteredLayerTests
{
    private const int Outputs = 2;

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void GradientsHold(EmitProfile profile)
    {
        Assert.NotEmpty(LayerRegistry.Layers);
        TestNetwork[] networks = NetworkCompiler.Compile([.. LayerRegistry.Layers.Select(layer => Declare(layer).In(profile))]);
        foreach ((LayerRegistration layer, TestNetwork network) in LayerRegistry.Layers.Zip(networks))
        {
            int inputs = network.Spec.InputSize;
            TestTrainer trainer = network.CreateTrainer(3);
            Samples samples = new(1);
            double[] values = samples.Uniform(7 * inputs, -1, 1);

            // Numbers of rows have no slope.
            if (layer.Attribute == "Embedding")
                values = [.. values.Select(value => Math.Floor(2.5 * (value + 1)))];
            double[] targets = samples.Uniform(7 * Outputs, -1, 1);
            GradientCheck check = trainer.CheckGradients(values, targets);
            Assert.True(check.MaxError <= 1e-7 && check.CheckedParameters > 0, $"{layer.Attribute}: {check}");

            // The training loss itself, whatever the layer does in training, moves with the inputs as the input gradients say.
            trainer.Backward(values, targets, out double[] inputGradients);
            const double H = 1e-5;
            for (int i = 0; i < (layer.Attribute == "Embedding" ? 0 : values.Length); i++)
            {
                double slope = (At(i, H) - At(i, -H)) / (2 * H);
                Approx.Equal(slope, inputGradients[i], 1e-7, $"{layer.Attribute}: input gradient {i}");
            }

            double At(int i, double h)
            {
                double[] moved = [.. values];
                moved[i] += h;
                return trainer.Backward(moved, targets);
            }
        }
    }

    [Fact]
    public void EveryLayerAttributeIsRegistered() =>
        Assert.Equal(
            typeof(LayerAttribute).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
                .Select(type => type.Name[..^"Attribute".Length]).Order(),
            LayerRegistry.Layers.Select(layer => layer.Attribute).Order());

    private static NetworkSpec Declare(LayerRegistration layer)
    {
        ExampleSpec example = new(layer.Example);
        int[] shape = [.. layer.ExampleShape];
        int inputs = shape.Aggregate(1, (product, size) => product * size);
        LayerSpec[] again = layer.IsUnary && layer.Attribute != "Embedding" ? [new ExampleSpec($"[Reshape({string.Join(", ", shape)})]"), example] : [];
        return new NetworkSpec(shape, [example, new DenseSpec(inputs, Activation.Tanh), .. again, new DenseSpec(Outputs)])
            .Train(Loss.MeanSquaredError, inputGradients: true);
    }

    private sealed record ExampleSpec(string Source) : LayerSpec
    {
        public override string ToSource() => Source;
    }
}
