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
    private const int Inputs = 8;
    private const int Outputs = 2;

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    public void GradientsHold(EmitProfile profile)
    {
        Assert.NotEmpty(LayerRegistry.Layers);
        foreach (LayerRegistration layer in LayerRegistry.Layers)
        {
            ExampleSpec example = new(layer.Example);
            NetworkSpec spec = new NetworkSpec([2, 4, 1], [example, new DenseSpec(5, Activation.Tanh), example, new DenseSpec(Outputs)])
                .Train(Loss.MeanSquaredError, inputGradients: true).In(profile);
            TestNetwork network = NetworkCompiler.Compile(spec);
            TestTrainer trainer = network.CreateTrainer(3);
            Samples samples = new(1);
            double[] inputs = samples.Uniform(7 * Inputs, -1, 1);
            double[] targets = samples.Uniform(7 * Outputs, -1, 1);
            GradientCheck check = trainer.CheckGradients(inputs, targets);
            Assert.True(check.MaxError <= 1e-7 && check.CheckedParameters > 0, $"{layer.Attribute}: {check}");

            // The training loss itself, whatever the layer does in training, moves with the inputs as the input gradients say.
            trainer.Backward(inputs, targets, out double[] inputGradients);
            const double H = 1e-5;
            for (int i = 0; i < inputs.Length; i++)
            {
                double slope = (At(i, H) - At(i, -H)) / (2 * H);
                Approx.Equal(slope, inputGradients[i], 1e-7, $"{layer.Attribute}: input gradient {i}");
            }

            double At(int i, double h)
            {
                double[] moved = [.. inputs];
                moved[i] += h;
                return trainer.Backward(moved, targets);
            }
        }
    }

    [Fact]
    public void EveryLayerAttributeIsRegistered() =>
        Assert.Equal(
            typeof(LayerAttribute).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(LayerAttribute)))
                .Select(type => type.Name[..^"Attribute".Length]).Order(),
            LayerRegistry.Layers.Select(layer => layer.Attribute).Order());

    private sealed record ExampleSpec(string Source) : LayerSpec
    {
        public override string ToSource() => Source;
    }
}
