using System;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Planning costs in proportion to the layers. What it allocates stands for its time, and is the same on every machine.</summary>
public sealed class PlanningCostTests
{
    [Fact]
    public void FourTimesTheLayersAllocateFourTimesAsMuch()
    {
        long some = Allocated(50), many = Allocated(200);
        Assert.InRange(many / (double)some, 3, 5);
    }

    private static long Allocated(int layers)
    {
        string source = GeneratorHarness.Usings + "[GeneratedNetwork(8)] " + string.Concat(Enumerable.Repeat("[Dense(8, Activation.Tanh)] ", layers))
            + "[Training(Loss.MeanSquaredError)] public partial class Net { }";
        NetworkGraph graph = ((Outcome)GeneratorHarness.Run(source).Result.Results[0].TrackedSteps[TrackingNames.Plan].Single().Outputs.Single().Value).Plan!.Graph;
        Planner.Plan(graph, TestContext.Current.CancellationToken);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Planner.Plan(graph, TestContext.Current.CancellationToken);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
