using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A choice in words: for which layer and pass, what was taken, and why.</summary>
internal sealed record KernelReason(string Layer, string Pass, string Kernel, string Why);

/// <summary>Says for every dense layer and pass what was chosen and why, in the terms of the cost model.</summary>
internal static class KernelReasons
{
    public static IEnumerable<KernelReason> Of(NetworkPlan plan)
    {
        NetworkGraph graph = plan.Graph;
        foreach (DenseWeights weights in plan.Weights)
        {
            Gemm gemm = plan.Inference.Calls.OfType<Gemm>().First(candidate => candidate.Weight == weights.Block);
            bool trains = graph.Training is not null && gemm.Weight.IsTrained;
            CostModel cost = new(plan.Layout);
            yield return new(weights.Layer, "weights", Order(weights), WhyOrder(graph, plan.Layout, gemm.Input, weights, cost, trains));
            yield return new(weights.Layer, "one sample", Sample(weights), WhySample(graph, weights));
            bool simd = graph.Profile == EmitProfile.Simd;
            yield return new(
                weights.Layer,
                "batch",
                weights.IsByOutput ? "dot products" : Tile(weights.ForwardTile, simd),
                weights.IsByOutput ? "as the weights lie"
                    : simd ? WhyTile(tile => cost.ForwardMany(weights.Inputs, weights.Outputs, tile), weights.ForwardTile)
                    : NoVectors);
            if (trains)
            {
                yield return new(
                    weights.Layer,
                    "gradient",
                    Tile(weights.GradientTile, simd),
                    !simd ? NoVectors : WhyTile(
                        tile => cost.GradientMany(weights.Order, weights.Inputs, weights.Outputs, weights.InputPanel, tile), weights.GradientTile));
            }
        }

        if (plan.Training is { } training && graph.Training is { Optimizer: Optimizer.Sgd } && training.Sample is not null)
        {
            yield return new(
                "network",
                "step of one sample",
                training.Step switch
                {
                    StepForm.OneMethod => "one method",
                    StepForm.Layers => "a method per layer and pass",
                    _ => "as a batch of one",
                },
                KernelSelector.WhyStep(plan.Weights));
        }
    }

    private const string NoVectors = "no vectors";

    private static string Order(DenseWeights weights) => weights.IsByOutput ? "output by output" : $"{Number(weights.Panel)} outputs side by side";

    private static string WhyOrder(NetworkGraph graph, Layout layout, Tensor input, DenseWeights weights, CostModel cost, bool trains)
    {
        if (graph.Profile != EmitProfile.Simd)
            return "no vectors to fill";
        if (weights.Outputs > KernelSelector.ByOutputs)
            return $"more than {Number(KernelSelector.ByOutputs)} outputs";
        int dotPanel = KernelSelector.DotPanel(layout, input);
        if (dotPanel == 0)
            return $"a row of {Number(weights.Inputs)} inputs does not end with a vector";
        double panels = cost.OfOrder(WeightOrder.Panels, weights.Inputs, weights.Outputs, dotPanel, trains);
        double dots = cost.OfOrder(WeightOrder.ByOutput, weights.Inputs, weights.Outputs, dotPanel, trains);
        return weights.IsByOutput
            ? $"{Cycles(dots)} cycles a sample, side by side {Cycles(panels)}"
            : $"{Cycles(panels)} cycles a sample, output by output {Cycles(dots)}";
    }

    private static string Sample(DenseWeights weights) => weights.Sample switch
    {
        SampleForm.WrittenOut => "written out",
        SampleForm.PairLoop => "a loop, two panels at a time",
        SampleForm.Loop => "a loop",
        _ => "as a batch of one",
    };

    private static string WhySample(NetworkGraph graph, DenseWeights weights) => weights.Sample == SampleForm.WrittenOut
        ? KernelSelector.WhyWrittenOut(graph.Unroll)
        : KernelSelector.WhyLoop(weights, graph.Unroll)
            + (weights.Sample == SampleForm.PairLoop
                ? $"; {Number(weights.Length / 1000)} thousand weights come from a farther cache in two straight lines"
                : string.Empty);

    private static string Tile(TileShape tile, bool simd) =>
        simd ? $"{Number(tile.Rows)} rows by {Number(tile.Vectors)} vectors of sums" : "2 rows by 4 sums";

    private static string WhyTile(System.Func<TileShape, double> cost, TileShape chosen)
    {
        double least = cost(chosen);
        TileShape next = CostModel.Tiles.Where(tile => tile != chosen).OrderBy(cost).FirstOrDefault(tile => cost(tile) > least);
        return next == default
            ? $"{Cycles(least)} cycles a sample, as with any other: a row is one vector"
            : $"{Cycles(least)} cycles a sample, {Number(next.Rows)} by {Number(next.Vectors)} {Cycles(cost(next))}";
    }

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Cycles(double value) => value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
