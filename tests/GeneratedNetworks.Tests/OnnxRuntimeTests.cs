using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>A second opinion on forward from an engine that shares no line with this project.</summary>
public sealed class OnnxRuntimeTests
{
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void EveryActivationAgreesWithOnnxRuntime(EmitProfile profile)
    {
        NetworkSpec[] specs = Enum.GetValues<Activation>()
            .Select(activation => NetworkSpec.Of(
                9,
                new DenseSpec(33, NaiveActivation.IsElementwise(activation) ? activation : Activation.Tanh),
                new DenseSpec(7, activation)).In(profile, Precision.Single))
            .ToArray();
        TestNetwork[] networks = NetworkCompiler.Compile(specs);
        for (int i = 0; i < networks.Length; i++)
        {
            Samples samples = new(i);
            samples.Randomize(networks[i]);

            // Inputs wide enough to reach both sides of every clip.
            double[] inputs = networks[i].Round(samples.Uniform(20 * 9, -5, 5));
            using OnnxModel onnx = new(networks[i].ToNaive());
            Approx.Equal(onnx.Forward(inputs), networks[i].Forward(inputs), 1e-5, specs[i].ToString());
        }
    }

    /// <summary>The naive reference is held to the same engine, so that both oracles stand behind each other.</summary>
    [Fact]
    public void TheNaiveReferenceAgreesWithOnnxRuntime()
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            NaiveNetwork naive = new(NetworkSpec.Of(9, new DenseSpec(7, activation)));
            Samples samples = new((int)activation);
            samples.Uniform(naive.Parameters.Length, -1, 1).Select(value => (double)(float)value).ToArray().CopyTo(naive.Parameters, 0);
            double[] inputs = samples.Uniform(20 * 9, -3, 3).Select(value => (double)(float)value).ToArray();
            using OnnxModel onnx = new(naive);
            Approx.Equal(naive.Forward(inputs), onnx.Forward(inputs), 1e-5, activation.ToString());
        }
    }
}
