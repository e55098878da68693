using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>What references do not tell of layer normalization and of slopes: what they start as, equal inputs, and rows of every width.</summary>
[Trait("Category", "Numeric")]
public sealed class NormalizationTests
{
    public static MatrixTheoryData<EmitProfile, Precision> Targets =>
        new([EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic], [Precision.Single, Precision.Double]);

    [Theory]
    [MemberData(nameof(Targets))]
    public void ScalesStartAtOneOffsetsAtZeroAndSlopesAtAQuarter(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = new NetworkSpec([2, 3], [new SourceSpec("[LayerNorm]"), new SourceSpec("[PRelu]"), new SourceSpec("[PRelu(Shared = true)]")]).In(profile, precision);
        Assert.Equal([1, 1, 1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25], NetworkCompiler.Compile(spec).GetParameters());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void RowsOfAnyWidthHaveMeanZeroAndVarianceOne(EmitProfile profile, Precision precision)
    {
        int[] widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100];
        NetworkSpec[] specs = [.. widths.Select(width => new NetworkSpec([3, width], [new SourceSpec("[LayerNorm(Epsilon = 1e-12)]")]).In(profile, precision))];
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            int width = network.Spec.InputShape[1];
            double[] inputs = network.Round(new Samples(width).Uniform(5 * 3 * width, -2, 6)), outputs = network.Forward(inputs);
            for (int row = 0; row < 15; row++)
            {
                double[] x = inputs[(row * width)..((row + 1) * width)], y = outputs[(row * width)..((row + 1) * width)];
                double mean = x.Average(), deviation = System.Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-12);
                Approx.Equal([.. x.Select(value => (value - mean) / deviation)], y, precision == Precision.Double ? 1e-12 : 2e-5, $"row of {width}");
            }
        }
    }

    /// <summary>A variance of 0 has ε alone below the root.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void EqualInputsBecomeZero(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = NetworkSpec.Of(7, new SourceSpec("[LayerNorm]")).Train(Loss.SquaredError, inputGradients: true).In(profile, precision);
        TestNetwork network = NetworkCompiler.Compile(spec);
        double[] inputs = [.. Enumerable.Repeat(3.0, 7)];
        Assert.Equal(new double[7], network.Forward(inputs));
        network.CreateTrainer().Backward(inputs, [1, 0, 0, 0, 0, 0, 0], out double[] gradients);
        Assert.All(gradients, gradient => Assert.True(double.IsFinite(gradient)));
        Approx.Equal(0, gradients.Sum(), 1e-3, "sum of the gradients");
    }
}
