using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Clip and Normalize against loops in double: alone, where they read and write the caller's rows, and between dense layers in training.</summary>
[Trait("Category", "Numeric")]
public sealed class RangeLayerTests
{
    private static readonly int[] Sizes = [1, 3, 7, 8, 9, 17];
    private static readonly int[] Batches = [1, 5, 37];

    public static MatrixTheoryData<EmitProfile, Precision> Targets =>
        new([EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic], [Precision.Single, Precision.Double]);

    [Theory]
    [MemberData(nameof(Targets))]
    public void ClipHoldsBetweenItsBounds(EmitProfile profile, Precision precision)
    {
        (string Source, double Low, double High)[] clips =
        [
            ("[Clip(-0.75, 0.5)]", -0.75, 0.5), ("[Clip(0.25, 1e300)]", 0.25, 1e300), ("[Clip(minimum: -0.25)]", -0.25, double.PositiveInfinity),
            ("[Clip(double.NegativeInfinity, 0.5)]", double.NegativeInfinity, 0.5), ("[Clip]", double.NegativeInfinity, double.PositiveInfinity),
        ];
        NetworkSpec[] specs = [.. clips.SelectMany(clip => Sizes.Select(size => NetworkSpec.Of(size, new SourceSpec(clip.Source)).In(profile, precision)))];
        foreach (((_, double low, double high), TestNetwork[] networks) in clips.Zip(NetworkCompiler.Compile(specs).Chunk(Sizes.Length)))
        {
            foreach (TestNetwork network in networks)
            {
                foreach (int batch in Batches)
                {
                    double[] inputs = network.Round(new Samples(batch).Uniform(batch * network.Spec.InputSize, -1.5, 1.5));

                    // 1e300 is infinite in single precision.
                    double[] special = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.75, 0.5, 0.25, 0];
                    for (int i = 0; i < special.Length && 3 * i < inputs.Length; i++)
                        inputs[3 * i] = special[i];
                    double[] expected = [.. inputs.Select(x => double.IsNaN(x) ? x : x < low ? low : x > high ? high : x)];
                    Assert.Equal(network.Round(expected), network.Forward(inputs));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void ClipHasNoSlopeAtItsBounds(EmitProfile profile, Precision precision)
    {
        NetworkSpec spec = NetworkSpec.Of(1, new DenseSpec(1) { UseBias = false }, new SourceSpec("[Clip(-0.75, 0.5)]")).Train(Loss.SquaredError);
        TestNetwork network = NetworkCompiler.Compile(spec.In(profile, precision));
        network.SetParameters([1]);
        TestTrainer trainer = network.CreateTrainer();
        foreach ((double x, bool passes) in new[] { (-2.0, false), (-0.75, false), (-0.5, true), (0.25, true), (0.5, false), (3.0, false) })
        {
            // y is x but for the clip, and the derivative by the weight (y - t)·x.
            trainer.Backward([x], [2]);
            Assert.Equal([passes ? (x - 2) * x : 0], trainer.GetGradients());
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void NormalizeDividesByTheDeviation(EmitProfile profile, Precision precision)
    {
        (string Source, double Limit)[] forms = [("[Normalize]", 0), ("[Normalize(Clip = 0.75)]", 0.75)];
        NetworkSpec[] specs = [.. forms.SelectMany(form => Sizes.Select(size => new NetworkSpec([2, size], [new SourceSpec(form.Source)]).In(profile, precision)))];
        foreach (((_, double limit), TestNetwork[] networks) in forms.Zip(NetworkCompiler.Compile(specs).Chunk(Sizes.Length)))
        {
            foreach (TestNetwork network in networks)
            {
                int size = network.Spec.InputSize / 2;
                Assert.Equal([.. new double[size], .. Enumerable.Repeat(1.0, size)], network.GetParameters());
                double[] mean = network.Round(new Samples(1).Uniform(size, -1, 1)), deviation = network.Round(new Samples(2).Uniform(size, 0.25, 3));
                network.SetParameters([.. mean, .. deviation]);
                Assert.Equal([.. mean, .. deviation], network.GetParameters());
                foreach (int batch in Batches)
                {
                    double[] inputs = network.Round(new Samples(batch).Uniform(batch * 2 * size, -3, 3));
                    inputs[0] = double.NaN;
                    double[] expected = [.. inputs.Select((x, i) => (x - mean[i % size]) / deviation[i % size])];
                    if (limit > 0)
                        expected = [.. expected.Select(y => double.IsNaN(y) ? y : Math.Clamp(y, -limit, limit))];
                    Approx.Equal(expected, network.Forward(inputs), precision == Precision.Double ? 1e-15 : 2.5e-7, network.Spec.ToString());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void GradientsAreSlopes(EmitProfile profile, Precision precision)
    {
        TestNetwork[] networks = NetworkCompiler.Compile([.. Sizes.Select(size => new NaiveRanges(size).Spec(profile, precision, Optimizer.Sgd))]);
        double tolerance = precision == Precision.Double ? 1e-8 : 2e-5;
        foreach (TestNetwork network in networks)
        {
            NaiveRanges naive = new(network.Spec.InputSize / 2);
            foreach (int batch in Batches)
            {
                (double[] parameters, double[] inputs, double[] targets) = Draw(naive, network, batch);
                network.SetParameters(parameters);
                string what = $"{network.Spec} in batches of {batch}";
                Approx.Equal(naive.Forward(parameters, inputs), network.Forward(inputs), precision == Precision.Double ? 1e-13 : 5e-6, what);

                TestTrainer trainer = network.CreateTrainer();
                double loss = trainer.Backward(inputs, targets, out double[] inputGradients);
                Approx.Equal(naive.LossOf(parameters, inputs, targets), loss, tolerance, "loss of " + what);
                double[] slopes = NaiveRanges.Slopes(parameters, moved => naive.LossOf(moved, inputs, targets));
                ClearBuffers(naive, slopes);
                double[] gradients = trainer.GetGradients();
                Approx.Equal(slopes, gradients, tolerance, "gradient of " + what);
                Approx.Equal(naive.InputSlopes(parameters, inputs, targets), inputGradients, tolerance, "input gradient of " + what);
                if (profile != EmitProfile.Basic)
                {
                    GradientCheck check = trainer.CheckGradients(inputs, targets);
                    Assert.True(check.MaxError <= (precision == Precision.Double ? 1e-7 : 1e-3) && check.CheckedParameters > 0, $"{check}: {what}");
                }

                trainer["LearningRate"] = 0.25;
                trainer.Step(inputs, targets);
                Approx.Equal([.. parameters.Zip(slopes, (p, slope) => p - (0.25 * slope))], network.GetParameters(), tolerance, "step of " + what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainingLeavesMeanAndDeviation(EmitProfile profile, Precision precision)
    {
        Optimizer[] optimizers = [Optimizer.Sgd, Optimizer.Adam, Optimizer.AdamW];
        NaiveRanges[] ranges = [new(3), new(9)];
        NetworkSpec[] specs = [.. ranges.SelectMany(naive => optimizers.Select(optimizer => naive.Spec(profile, precision, optimizer)))];
        foreach ((NaiveRanges naive, TestNetwork[] networks) in ranges.Zip(NetworkCompiler.Compile(specs).Chunk(optimizers.Length)))
        {
            int[] starts = naive.Starts;
            foreach (TestNetwork network in networks)
            {
                foreach (int batch in new[] { 1, 37 })
                {
                    (double[] parameters, double[] inputs, double[] targets) = Draw(naive, network, batch);
                    network.SetParameters(parameters);
                    TestTrainer trainer = network.CreateTrainer();
                    trainer["LearningRate"] = 0.01;
                    foreach (string shrinks in new[] { "WeightDecay", "L1", "L2" })
                    {
                        if (trainer.Has(shrinks))
                            trainer[shrinks] = 0.001;
                    }

                    double before = trainer.Loss(inputs, targets);
                    for (int step = 0; step < 100; step++)
                        trainer.Step(inputs, targets);
                    Assert.True(trainer.Loss(inputs, targets) < before, $"{network.Spec}: {before}, then {trainer.Loss(inputs, targets)}");
                    double[] trained = network.GetParameters();
                    foreach (int block in new[] { 0, 1, 4, 5 })
                        Assert.Equal(parameters[starts[block]..starts[block + 1]], trained[starts[block]..starts[block + 1]]);
                    foreach (int block in new[] { 2, 3, 6, 7 })
                        Assert.NotEqual(parameters[starts[block]..starts[block + 1]], trained[starts[block]..starts[block + 1]]);
                }
            }
        }
    }

    /// <summary>Numbers at which every slope is one of a smooth piece, and some values are held by a bound.</summary>
    private static (double[] Parameters, double[] Inputs, double[] Targets) Draw(NaiveRanges naive, TestNetwork network, int batch)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Samples samples = new((1000 * batch) + seed);
            double[] parameters = network.Round(naive.Draw(samples)), inputs = network.Round(samples.Uniform(batch * naive.Inputs, -1.5, 1.5));
            (double distance, int outside, int all) = naive.Bounds(parameters, inputs);
            if (distance > 5e-5 && outside > 0 && outside < all)
                return (parameters, inputs, network.Round(samples.Uniform(batch * NaiveRanges.Outputs, -1, 1)));
        }

        throw new InvalidOperationException($"No batch of {batch} keeps away from the bounds.");
    }

    private static void ClearBuffers(NaiveRanges naive, double[] slopes)
    {
        int[] starts = naive.Starts;
        foreach (int block in new[] { 0, 1, 4, 5 })
            Array.Clear(slopes, starts[block], starts[block + 1] - starts[block]);
    }
}
