using System.Linq;
using System.Text.Json;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>
/// Optimizers with an epsilon of 0, as PyTorch computes them: where a gradient is 0, 0/0 is not a number, and nothing else becomes one. The padding of
/// parameters, where gradients are always 0, must not reach them.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class EpsilonTests
{
    public static TheoryData<EmitProfile, Precision> Targets => ReferenceTests.Targets();

    [Theory]
    [MemberData(nameof(Targets))]
    public void AnEpsilonOfZeroGivesWhatPyTorchGives(EmitProfile profile, Precision precision)
    {
        GoldenRun golden = GoldenRun.Load("epsilon-zero");
        Optimizer[] optimizers = [Optimizer.Adam, Optimizer.AdamW, Optimizer.RmsProp];
        NetworkSpec[] specs =
        [
            .. optimizers.Select(optimizer => NetworkSpec
                .Of(2, new DenseSpec(4, Activation.Tanh), new DenseSpec(1, Activation.Sigmoid))
                .Train(Loss.BinaryCrossEntropy, optimizer).In(profile, precision)),
        ];
        double tolerance = precision == Precision.Double ? 1e-12 : 2e-6;
        foreach ((TestNetwork network, Optimizer optimizer) in NetworkCompiler.Compile(specs).Zip(optimizers))
        {
            JsonElement run = golden.At("runs", optimizer.ToString());
            TestTrainer trainer = Start(network, golden);
            int step = 0;
            foreach (JsonElement expected in run.GetProperty("parameters_after_each_step").EnumerateArray())
            {
                trainer.Step(golden.Inputs, golden.Targets);
                Approx.Equal(Parameters(expected), network.GetParameters(), tolerance, $"{optimizer} after step {++step}");
            }

            double[] withoutSecond = [.. golden.Inputs.Select((value, i) => i % 2 == 1 ? 0 : value)];
            Start(network, golden).Step(withoutSecond, golden.Targets);
            double[] dead = Parameters(run.GetProperty("with_a_dead_input_after_one_step"));
            Assert.Equal(4, dead.Count(double.IsNaN));
            Approx.Equal(dead, network.GetParameters(), tolerance, $"{optimizer} with a dead input");
        }
    }

    private static TestTrainer Start(TestNetwork network, GoldenRun golden)
    {
        network.SetParameters(golden.NumbersAt("initial"));
        TestTrainer trainer = network.CreateTrainer();
        trainer["LearningRate"] = golden.At("learning_rate").GetDouble();
        trainer["Epsilon"] = 0;
        return trainer;
    }

    /// <summary>What is no number stands in the file as null.</summary>
    private static double[] Parameters(JsonElement list) =>
        [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];
}
