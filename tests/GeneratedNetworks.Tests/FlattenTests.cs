using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>A new shape of the same elements changes no number, wherever it stands.</summary>
[Trait("Category", "Numeric")]
public sealed class FlattenTests
{
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void ChangesNoBit(EmitProfile profile)
    {
        Flatten flatten = new();
        NetworkSpec[] flattened =
        [
            Spec(flatten, new DropoutSpec(0.3), flatten, new DenseSpec(4, Activation.Tanh), flatten, new DenseSpec(2, Activation.Sigmoid), flatten)
                .Train(Loss.BinaryCrossEntropy, Optimizer.Adam, inputGradients: true),
            Spec(flatten, new ActivationSpec(Activation.Gelu), flatten, flatten, new DenseSpec(3, Activation.Softmax), flatten)
                .Train(Loss.Huber, inputGradients: true),
        ];
        NetworkSpec[] plain = [.. flattened.Select(spec => spec with { Layers = [.. spec.Layers.Where(layer => layer is not Flatten)] })];
        TestNetwork[] networks = NetworkCompiler.Compile([.. flattened, .. plain]);
        for (int i = 0; i < plain.Length; i++)
        {
            (TestNetwork network, TestNetwork expected) = (networks[i], networks[plain.Length + i]);
            (TestTrainer trainer, TestTrainer expectedTrainer) = (network.CreateTrainer(5), expected.CreateTrainer(5));
            (double[] inputs, double[] targets) = new Samples(i).Batch(expected, 37);
            for (int step = 0; step < 5; step++)
                Assert.Equal(expectedTrainer.Step(inputs, targets), trainer.Step(inputs, targets));
            expectedTrainer.Backward(inputs, targets, out double[] expectedGradients);
            trainer.Backward(inputs, targets, out double[] gradients);
            Assert.Equal(expectedGradients, gradients);
            Assert.Equal(expected.GetParameters(), network.GetParameters());
            Assert.Equal(expected.Forward(inputs), network.Forward(inputs));
            Assert.Equal(expected.Forward(inputs[..8]), network.Forward(inputs[..8]));
        }

        NetworkSpec Spec(params LayerSpec[] layers) => new NetworkSpec([4, 2, 1], layers).In(profile);
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void AloneCopiesItsInput(EmitProfile profile)
    {
        double[] inputs = new Samples(1).Uniform(5 * 8, -1, 1);
        TestNetwork network = NetworkCompiler.Compile(new NetworkSpec([4, 2, 1], [new Flatten()]).In(profile));
        Assert.Equal(inputs, network.Forward(inputs));
    }

    private sealed record Flatten : LayerSpec
    {
        public override string ToSource() => "[Flatten]";
    }
}
