using System;
using System.Linq;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Every kernel that the cost model chooses among computes the same, also where it would not be chosen.</summary>
public sealed class ForcedKernelTests
{
    private static readonly TileShape[] Tiles = [.. CostModel.Tiles];

    private static readonly NetworkSpec[] Networks =
    [
        NetworkSpec.Of(48, new DenseSpec(3)).Train(Loss.MeanSquaredError, Optimizer.Sgd, inputGradients: true),
        NetworkSpec.Of(100, new DenseSpec(1, Activation.Tanh)).Train(Loss.MeanSquaredError, Optimizer.Sgd),
        NetworkSpec.Of(19, new DenseSpec(64, Activation.Relu), new DenseSpec(12)).Train(Loss.Huber, Optimizer.Sgd),
        NetworkSpec.Of(6, new DenseSpec(131, Activation.Sigmoid), new DenseSpec(37)).Train(Loss.MeanSquaredError, Optimizer.Sgd),
    ];

    /// <summary>Order of the weights and form of one sample.</summary>
    public static TheoryData<int, int> Choices()
    {
        TheoryData<int, int> data = [];
        foreach (int order in Enumerable.Range(0, Enum.GetValues<Generator.Planning.WeightOrder>().Length))
        {
            foreach (int sample in Enumerable.Range(0, Enum.GetValues<SampleForm>().Length))
                data.Add(order, sample);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public void EveryCandidateAgreesWithTheReference(int order, int sample)
    {
        Forced forced = new()
        {
            Order = (Generator.Planning.WeightOrder)order,
            Sample = (SampleForm)sample,
            Step = (StepForm)((order + sample) % 3),
            ForwardTile = Tiles[sample % 3],
            GradientTile = Tiles[(order + sample) % 3],
            InferenceRows = 5 + sample,
            TrainingRows = 8 * (1 + sample),
        };
        foreach (TestNetwork network in NetworkCompiler.CompileForced(Networks, forced))
            VectorWidthTests.Agrees(network);
    }
}
