using System;
using System.Collections.Concurrent;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Random architectures compiled by the generator agree with the naive reference in outputs, loss and gradients.</summary>
[Trait("Category", "Numeric")]
public sealed class ReferenceTests
{
    private const int NetworksPerTarget = 24;
    private static readonly ConcurrentDictionary<(EmitProfile, Precision), (NetworkSpec Spec, Type Type, string Seed)[]> Compiled = new();
    private static readonly int[] BatchSizes = [1, 2, 3, 5, 6, 7, 8, 12, 13, 31, 32, 33, 130];

    public static TheoryData<EmitProfile, Precision> Targets()
    {
        TheoryData<EmitProfile, Precision> data = [];
        foreach (EmitProfile profile in new[] { EmitProfile.Simd, EmitProfile.Scalar, EmitProfile.Basic })
        {
            data.Add(profile, Precision.Double);
            data.Add(profile, Precision.Single);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void OutputsLossAndGradients(EmitProfile profile, Precision precision)
    {
        double tolerance = precision == Precision.Double ? 1e-12 : 1e-5;
        ForRandomNetworks(profile, precision, (network, samples, batchSizes) =>
        {
            NaiveNetwork naive = network.ToNaive();
            TestTrainer trainer = network.CreateTrainer();
            foreach (int size in batchSizes)
            {
                (double[] inputs, double[] targets) = samples.Batch(network, size);
                Gradients expected = naive.Backward(inputs, targets);
                double loss = naive.Loss(inputs, targets);

                // A sum over n samples is n means, and in single precision its terms may cancel down to their rounding.
                bool isLargeSum = precision == Precision.Single && network.Spec.Training!.Reduction == Reduction.Sum;
                double bound = isLargeSum ? tolerance * size : tolerance;

                Approx.Equal(naive.Forward(inputs), network.Forward(inputs), tolerance, $"outputs of {size}");
                Approx.Equal(loss, trainer.Loss(inputs, targets), bound, $"loss of {size}");
                Approx.Equal(loss, trainer.Backward(inputs, targets), bound, $"training loss of {size}");
                Approx.Equal(expected.Parameters, trainer.GetGradients(), bound, $"gradients of {size}");
                if (network.Spec.Training!.InputGradients)
                {
                    double again = trainer.Backward(inputs, targets, out double[] inputGradients);
                    Approx.Equal(loss, again, bound, $"loss with input gradients of {size}");
                    Approx.Equal(expected.Inputs, inputGradients, bound, $"input gradients of {size}");
                    Approx.Equal(expected.Parameters, trainer.GetGradients(), bound, $"gradients with input gradients of {size}");
                }

                double[] outputGradients = network.Round(samples.Uniform(targets.Length, -1.0 / size, 1.0 / size));
                trainer.BackwardFrom(inputs, outputGradients);
                Gradients fromOutputs = naive.BackwardFrom(inputs, outputGradients);
                Approx.Equal(fromOutputs.Parameters, trainer.GetGradients(), tolerance, $"gradients from the outputs of {size}");
            }
        });
    }

    /// <summary>In double, where rounding is far below the bound but behind a division by the root of a gradient that nearly cancelled.</summary>
    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    public void Steps(EmitProfile profile) =>
        ForRandomNetworks(profile, Precision.Double, (network, samples, batchSizes) =>
        {
            NaiveTrainer naive = new(network.ToNaive()) { L1 = 0.003, L2 = 0.02, ClipNorm = samples.Chance(0.3) ? 0.5 : 0 };
            TestTrainer trainer = network.CreateTrainer();
            trainer["L1"] = naive.L1;
            trainer["L2"] = naive.L2;
            trainer["ClipNorm"] = naive.ClipNorm;
            for (int step = 1; step <= 5; step++)
            {
                (double[] inputs, double[] targets) = samples.Batch(network, batchSizes[step % batchSizes.Length]);
                double tolerance = step == 1 ? 1e-12 : 1e-10;
                Approx.Equal(naive.Step(inputs, targets), trainer.Step(inputs, targets), tolerance, $"loss of step {step}");
                double[] parameters = network.GetParameters();
                for (int p = 0; p < parameters.Length; p++)
                {
                    double expected = naive.Network.Parameters[p];
                    double slack = naive.Slack[p] / Math.Max(1, Math.Abs(expected));
                    Approx.Equal(expected, parameters[p], tolerance + slack, $"parameter {p} after step {step}");
                }

                // From a parameter that rounding has moved that far, the others' next steps differ.
                if (naive.Slack.Max() > 1e-11)
                    return;
            }
        });

    /// <summary>What a step of one sample leaves in the padding of parameters shows in the next one.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void StepsOfOneSample(EmitProfile profile, Precision precision)
    {
        LayerSpec[] withIdentities = [new ActivationSpec(Activation.Identity), new DenseSpec(5), new ActivationSpec(Activation.Identity), new DenseSpec(4, Activation.Tanh), new DenseSpec(2), new ActivationSpec(Activation.Identity)];

        // Nobody reads the input of a frozen layer again, so that its place is taken early.
        LayerSpec[] withFrozen = [new DenseSpec(33, Activation.Relu), new DenseSpec(17, Activation.Gelu), new DenseSpec(15, Activation.Mish) { Frozen = true }, new DenseSpec(12)];
        NetworkSpec[] specs =
        [
            .. (from hidden in new[] { 1, 3, 4, 8, 17 }
                from outputs in new[] { 1, 2, 3, 4, 5, 9 }
                select new LayerSpec[] { new DenseSpec(hidden, Activation.Tanh), new DenseSpec(outputs, Activation.Identity) })
                .Append(withIdentities)
                .Append(withFrozen)
                .Select(layers => new NetworkSpec([3], layers) { Profile = profile, Precision = precision }
                    .Train(Loss.MeanSquaredError, Optimizer.Sgd, Reduction.Mean, inputGradients: false)),
        ];
        double tolerance = precision == Precision.Double ? 1e-11 : 1e-4;
        foreach (TestNetwork network in NetworkCompiler.Compile(specs))
        {
            Samples samples = new(network.ParameterCount);
            samples.Randomize(network);
            NaiveTrainer naive = new(network.ToNaive());
            TestTrainer trainer = network.CreateTrainer();
            for (int step = 1; step <= 20; step++)
            {
                (double[] inputs, double[] targets) = samples.Batch(network, 1);
                string place = $"step {step} of {network.Spec}";
                Approx.Equal(naive.Step(inputs, targets), trainer.Step(inputs, targets), tolerance, "loss, " + place);
                Approx.Equal(naive.Network.Forward(inputs), network.Forward(inputs), tolerance, "outputs, " + place);
            }

            Approx.Equal(naive.Network.Parameters, network.GetParameters(), tolerance, $"parameters of {network.Spec}");
        }
    }

    /// <summary>
    /// Step promises the result of Backward then Update: within bounds, since it may sum in another order. Without penalties it updates as it goes, and
    /// one sample takes a way of its own.
    /// </summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void StepIsBackwardThenUpdate(EmitProfile profile, Precision precision) =>
        ForRandomNetworks(profile, precision, (network, samples, batchSizes) =>
        {
            TestNetwork twin = TestNetwork.Create(network.Spec, network.Instance.GetType());
            double[] start = network.GetParameters();
            foreach ((int size, double penalty) in batchSizes.Append(1).SelectMany(size => new[] { (size, 0.0), (size, 0.125) }))
            {
                network.SetParameters(start);
                twin.SetParameters(start);
                TestTrainer stepping = network.CreateTrainer();
                TestTrainer updating = twin.CreateTrainer();
                stepping["L2"] = updating["L2"] = penalty;
                (double[] inputs, double[] targets) = samples.Batch(network, size);

                double loss = updating.Backward(inputs, targets);
                double[] gradients = updating.GetGradients();
                updating.Update();
                Approx.Equal(loss, stepping.Step(inputs, targets), precision == Precision.Double ? 1e-12 : 1e-5, $"loss of {size}");

                double[] expected = twin.GetParameters();
                double[] actual = network.GetParameters();
                bool divides = network.Spec.Training!.Optimizer is Optimizer.RmsProp or Optimizer.Adam or Optimizer.AdamW;
                for (int p = 0; p < expected.Length; p++)
                {
                    // Dividing by the root of a gradient that nearly cancelled amplifies its rounding without bound.
                    bool isDouble = precision == Precision.Double;
                    if (!divides || Math.Abs(gradients[p] + (penalty * start[p])) > (isDouble ? 1e-4 : 1e-3))
                        Approx.Equal(expected[p], actual[p], isDouble ? 1e-12 : 1e-5, $"parameter {p} after a step of {size}");
                }
            }
        });

    /// <summary>Drawn and compiled once for all tests, of which each takes fresh instances. Every second one is reproducible.</summary>
    private static (NetworkSpec Spec, Type Type, string Seed)[] RandomTypes((EmitProfile Profile, Precision Precision) target)
    {
        int stream = ((int)target.Profile * 2) + (int)target.Precision;
        (NetworkSpec Value, string Seed)[] cases = RandomNetworks.Draw(RandomNetworks.Networks, NetworksPerTarget, stream);
        NetworkSpec[] specs = cases.Select((drawn, i) => drawn.Value with { Profile = target.Profile, Precision = target.Precision, Numerics = (Numerics)(i % 2) }).ToArray();
        return NetworkCompiler.CompileTypes(specs).Select((type, i) => (specs[i], type, cases[i].Seed)).ToArray();
    }

    private static void ForRandomNetworks(EmitProfile profile, Precision precision, Action<TestNetwork, Samples, int[]> test)
    {
        foreach ((NetworkSpec spec, Type type, string seed) in Compiled.GetOrAdd((profile, precision), RandomTypes))
        {
            RandomNetworks.Run(seed, spec, () =>
            {
                Random random = new(seed.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
                Samples samples = new(random.Next());
                TestNetwork network = TestNetwork.Create(spec, type);
                samples.Randomize(network);
                int[] sizes = [.. BatchSizes];
                random.Shuffle(sizes);
                test(network, samples, sizes[..4]);
            });
        }
    }
}
