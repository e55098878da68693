using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Networks that this project declares itself: the public surface as user code meets it, under the real compiler.</summary>
public sealed class DeclaredNetworkTests
{
    [Fact]
    public void TheSurfaceOfATrainedNetwork()
    {
        Assert.Equal((64, 10, (64 * 32) + 32 + (32 * 10) + 10), (DigitNet.InputSize, DigitNet.OutputSize, DigitNet.ParameterCount));
        Assert.Equal("dense1.weight", DigitNet.ParameterLayout[0].Name);
        Assert.Equal([32, 10], DigitNet.ParameterLayout[2].Shape.ToArray());

        DigitNet network = new(seed: 1);
        DigitNet.Trainer trainer = new(network) { LearningRate = 0.5f };
        float[] pixels = new float[2 * DigitNet.InputSize];
        pixels.AsSpan(0, 32).Fill(1);
        pixels.AsSpan(96, 32).Fill(1);
        float[] labels = new float[2 * DigitNet.OutputSize];
        labels[3] = labels[17] = 1;
        float first = trainer.Loss(pixels, labels);
        for (int step = 0; step < 200; step++)
            trainer.Step(pixels, labels);
        Assert.True(trainer.Loss(pixels, labels) < first / 10);
        Span<float> probabilities = stackalloc float[20];
        network.Forward(pixels, probabilities);
        Assert.Equal(3, probabilities[..10].IndexOf(probabilities[..10].ToArray().Max()));
        Assert.Equal(7, probabilities[10..].IndexOf(probabilities[10..].ToArray().Max()));
    }

    [Fact]
    public void GenericCodeReachesTheSameMembers()
    {
        DigitNet network = new();
        INetwork<float> surface = network;
        ITrainer<float> trainer = new DigitNet.Trainer(network, seed: 2);
        Assert.Same(network, trainer.Network);
        Assert.Equal(DigitNet.ParameterCount, surface.ParameterCount);
        Assert.Equal(DigitNet.ParameterLayout.Length, surface.ParameterLayout.Length);
    }

    [Fact]
    public void NothingOfTrainingWithoutTheAttribute()
    {
        Assert.Null(typeof(InferenceNet).GetNestedType("Trainer", BindingFlags.Public | BindingFlags.NonPublic));
        Assert.Equal("features.weight", InferenceNet.ParameterLayout[0].Name);
        InferenceNet network = new();
        double[] parameters = new double[InferenceNet.ParameterCount];
        network.GetParameters(parameters);
        Assert.Equal(16 * 3, parameters.Count(value => value != 0) - 3);
        string[] members = typeof(InferenceNet)
            .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
            .Select(member => member.Name)
            .ToArray();
        Assert.Contains("Forward", members);
        foreach (string word in new[] { "Backward", "Gradient", "Update", "Loss" })
            Assert.DoesNotContain(members, name => name.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void NetworksInsideOtherTypes()
    {
        Outer.Middle.NestedNet network = new(seed: 3);
        Outer.Middle.NestedNet.Trainer trainer = new(network, seed: 4)
        {
            LearningRate = 0.01,
            Beta1 = 0.8,
            Beta2 = 0.99,
            Epsilon = 1e-7,
            WeightDecay = 0.1,
            L1 = 0.001,
            L2 = 0.002,
            ClipNorm = 1,
        };
        double[] inputGradients = new double[4];
        double loss = trainer.Backward([0.1, 0.2, 0.3, 0.4], [1, -1], inputGradients);
        trainer.Update();
        Assert.True(loss > 0);
        Assert.All(inputGradients, gradient => Assert.NotEqual(0, gradient));
    }
}
