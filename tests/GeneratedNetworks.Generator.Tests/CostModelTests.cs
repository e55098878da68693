using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>The cost model ranks candidates as the sweep measured them, at points that leave no doubt, and the planner follows it.</summary>
public sealed class CostModelTests
{
    private static CostModel Cost { get; } = new(new Layout(Model.EmitProfile.Simd, Model.Precision.Single));

    [Theory]
    [InlineData(64, 1, 16, true)]
    [InlineData(1024, 3, 16, true)]
    [InlineData(256, 8, 16, true)]
    [InlineData(100, 1, 4, true)]
    [InlineData(8, 8, 8, false)]
    [InlineData(100, 8, 4, false)]
    [InlineData(8, 12, 8, false)]
    public void FewOutputsOfManyInputsLieOutputByOutput(int inputs, int outputs, int panel, bool byOutput)
    {
        foreach (bool trains in new[] { false, true })
        {
            double panels = Cost.OfOrder(Planning.WeightOrder.Panels, inputs, outputs, panel, trains);
            double dots = Cost.OfOrder(Planning.WeightOrder.ByOutput, inputs, outputs, panel, trains);
            Assert.True(dots < panels == byOutput, $"trains: {trains}; side by side {panels}, output by output {dots}");
        }
    }

    [Theory]
    [InlineData(17, 1024, true)]
    [InlineData(64, 1024, true)]
    [InlineData(64, 64, false)]
    [InlineData(17, 100, false)]
    [InlineData(256, 256, false)]
    [InlineData(784, 128, false)]
    public void WeightsFromAFartherCacheAreReadInFewLines(int inputs, int outputs, bool pairs) =>
        Assert.Equal(pairs, Cost.ForwardOne(inputs, outputs, SampleForm.PairLoop) < Cost.ForwardOne(inputs, outputs, SampleForm.Loop));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 100)]
    [InlineData(64, 64)]
    public void OneSampleIsNoBatch(int inputs, int outputs) =>
        Assert.True(Cost.ForwardOne(inputs, outputs, SampleForm.Loop) < Cost.ForwardOne(inputs, outputs, SampleForm.Chunk));

    [Theory]
    [InlineData(64, 100)]
    [InlineData(784, 128)]
    public void TilesFillTheRegisters(int inputs, int outputs)
    {
        Assert.Equal(CostModel.WideTile, CostModel.Tiles.MinBy(tile => Cost.ForwardMany(inputs, outputs, tile)));
        Assert.Equal(CostModel.WideTile, CostModel.Tiles.MinBy(tile => Cost.GradientMany(Planning.WeightOrder.Panels, inputs, outputs, 16, tile)));
    }

    /// <summary>With one input a tile is over before its call is paid for: tiles of four rows make up batches of 4 and 32 alone.</summary>
    [Fact]
    public void FewInputsTakeTilesThatBatchesDivideInto() =>
        Assert.Equal(CostModel.LowTile, CostModel.Tiles.MinBy(tile => Cost.ForwardMany(1, 64, tile)));

    /// <summary>The scalar profiles have no lanes; nothing in them may depend on any.</summary>
    [Fact]
    public void WithoutVectorsThereAreCostsToo()
    {
        CostModel scalar = new(new Layout(Model.EmitProfile.Scalar, Model.Precision.Double));
        Assert.True(scalar.ForwardOne(4, 4, SampleForm.Loop) < scalar.ForwardOne(64, 64, SampleForm.Loop));
    }

    [Fact]
    public void ThePlannerPicksTheCheapestAndCanBeForced()
    {
        const string Source = GeneratorHarness.Usings
            + "[GeneratedNetwork(64)] [Dense(32, Activation.Relu)] [Dense(10)] [Training(Loss.MeanSquaredError)] public partial class Net { }";
        NetworkPlan plan = GeneratorHarness.Run(Source).Result.Results.Single().TrackedSteps[TrackingNames.Plan]
            .SelectMany(step => step.Outputs).Select(output => ((Outcome)output.Value).Plan!).Single();
        Assert.Equal([Planning.WeightOrder.Panels, Planning.WeightOrder.ByOutput], plan.Weights.Select(weights => weights.Order));
        Assert.Equal(StepForm.OneMethod, plan.Training!.Step);
        Assert.Equal(plan, Planner.Plan(plan.Graph, CancellationToken.None, new Forced()));

        Forced forced = new()
        {
            Order = Planning.WeightOrder.Panels,
            Sample = SampleForm.Chunk,
            Step = StepForm.Chunk,
            ForwardTile = CostModel.NarrowTile,
            GradientTile = CostModel.LowTile,
            InferenceRows = 7,
            TrainingRows = 12,
        };
        NetworkPlan other = Planner.Plan(plan.Graph, CancellationToken.None, forced);
        Assert.All(other.Weights, weights => Assert.Equal(
            (Planning.WeightOrder.Panels, SampleForm.Chunk, CostModel.NarrowTile, CostModel.LowTile),
            (weights.Order, weights.Sample, weights.ForwardTile, weights.GradientTile)));
        Assert.Null(other.Inference.Sample);
        Assert.Equal((7, 12, StepForm.Chunk), (other.Inference.ChunkRows, other.Training!.ChunkRows, other.Training.Step));
    }
}
