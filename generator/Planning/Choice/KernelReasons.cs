using System;
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
            if (weights.IsRecurrent)
            {
                yield return OfSteps(plan, weights);
                continue;
            }

            Gemm gemm = plan.Inference.Calls.OfType<Gemm>().First(candidate => candidate.Weight == weights.Block);
            bool trains = graph.Training is not null && gemm.Weight.IsTrained;
            CostModel cost = new(plan.Layout);
            yield return new(weights.Layer, "weights", Order(weights), WhyOrder(graph, plan.Layout, gemm.Input, weights, cost, trains));
            yield return OneSample(plan, weights);
            bool simd = graph.Profile == EmitProfile.Simd;
            TileChoice forward = TileChoice.Of(plan.Layout, ForwardWidth(gemm, weights), weights.Panel, weights.ForwardTile);
            yield return new(
                weights.Layer,
                "batch",
                weights.Sums is { Forward: > 1 } sums ? simd ? TileChoice.DescribeOrdered(plan.Layout, ForwardWidth(gemm, weights), weights.Panel, sums.Forward) : ScalarOrdered(ForwardColumns(gemm), sums.Forward)
                    : !simd ? ScalarTile(Machine.ScalarTileRows, ForwardColumns(gemm))
                    : weights.IsByOutput ? weights.Outputs == 1 ? "dot products of 4 rows" : TileChoice.DescribeDots(plan.Layout, weights)
                    : TileChoice.Describe(plan.Layout, forward, ForwardWidth(gemm, weights), weights.Panel),
                weights.Sums is { Forward: > 1 } ? $"up to {Number(Machine.SplitOutputs)} outputs of {Number(Machine.SplitInputs)} inputs or more"
                    : weights.IsByOutput ? "as the weights lie"
                    : simd ? WhyTile(
                        forward,
                        tile => cost.ForwardMany(weights.Inputs, weights.Outputs, tile),
                        weights.ForwardTile,
                        tile => TileChoice.Describe(plan.Layout, TileChoice.Of(plan.Layout, ForwardWidth(gemm, weights), weights.Panel, tile), ForwardWidth(gemm, weights), weights.Panel))
                    : NoVectors);
            if (trains)
            {
                int columns = weights.IsByOutput ? weights.InputStride : weights.Stride, lanes = weights.IsByOutput ? weights.InputPanel : weights.Panel;
                int rows = weights.IsByOutput ? weights.Outputs : weights.Inputs;
                TileChoice gradient = TileChoice.Of(plan.Layout, columns, lanes, weights.GradientTile);
                yield return new(
                    weights.Layer,
                    "gradient",
                    simd ? GradientTiles(gradient, rows) : ScalarTile(rows, columns),
                    !simd ? NoVectors : WhyTile(
                        gradient,
                        tile => cost.GradientMany(weights.Order, weights.Inputs, weights.Outputs, weights.InputPanel, tile),
                        weights.GradientTile,
                        tile => GradientTiles(TileChoice.Of(plan.Layout, columns, lanes, tile), rows)));
            }
        }

        if (plan.Training is { } training && graph.Training is { Optimizer: Optimizer.Sgd } && training.Sample is not null)
        {
            yield return new(
                "network",
                "step of one sample",
                training.Step switch
                {
                    _ when graph.Profile == EmitProfile.Simd && plan.StepWidths.Count == 0 => "as a batch of one",
                    StepForm.OneMethod when graph.Profile == EmitProfile.Simd => $"one method, {string.Join(" and ", plan.StepWidths.Select(Number))} bits",
                    StepForm.OneMethod => "one method",
                    StepForm.Layers => "a method per layer and pass",
                    _ => "as a batch of one",
                },
                graph.IsReproducible && training.Step == StepForm.Chunk ? "the order of its sums is that of a batch" : KernelSelector.WhyStep(plan.Weights));
        }
    }

    /// <summary>The product of the state, once for every step.</summary>
    private static KernelReason OfSteps(NetworkPlan plan, DenseWeights weights)
    {
        Gemm gemm = plan.Inference.Calls.Flat().OfType<Gemm>().First(candidate => candidate.Weight == weights.Block);
        int width = ProductTiles.WidthOf(gemm, weights);
        string tile = weights.Sums is { Forward: > 1 } sums
            ? plan.Graph.Profile == EmitProfile.Simd ? TileChoice.DescribeOrdered(plan.Layout, width, weights.Panel, sums.Forward) : ScalarOrdered(ForwardColumns(gemm), sums.Forward)
            : plan.Graph.Profile != EmitProfile.Simd ? ScalarTile(Machine.ScalarTileRows, ForwardColumns(gemm))
            : TileChoice.Describe(plan.Layout, TileChoice.Of(plan.Layout, width, weights.Panel, weights.ForwardTile), width, weights.Panel);
        if (plan.Inference.Calls.OfType<Recurrence>().Any(recurrence => recurrence.IsByRow && recurrence.Cell.Recurrent == weights.Block))
            return new(weights.Layer, "steps", "row by row, products and gates in one", $"the nearest cache holds the {Number(weights.Length)} weights of the state, and nothing waits for memory between product and gates");
        return new(weights.Layer, "steps", tile, "all samples together, step by step: each waits for the one before");
    }

    public const string NoVectors = "no vectors";

    private static string ScalarOrdered(int columns, int sums) => $"1 row by {Number(Math.Min(Machine.ScalarTileSums, columns))} element{(columns == 1 ? "" : "s")}, {Number(sums)} sums each";

    /// <summary>The largest tile of single numbers.</summary>
    private static string ScalarTile(int rows, int columns) =>
        $"{Number(Math.Min(Machine.ScalarTileRows, rows))} row{(rows == 1 ? "" : "s")} by {Number(Math.Min(Machine.ScalarTileSums, columns))} sum{(columns == 1 ? "" : "s")}";

    /// <summary>Columns that exist: the caller's rows have no padding.</summary>
    private static int ForwardColumns(Gemm gemm) => gemm.Output.IsScratch ? gemm.Output.Stride : gemm.Output.Width;

    private static int ForwardWidth(Gemm gemm, DenseWeights weights) => ProductTiles.WidthOf(gemm, weights);

    /// <summary>Every tile that the rows of a gradient are cut into.</summary>
    private static string GradientTiles(TileChoice choice, int rows)
    {
        IEnumerable<string> Of(int largest, int vectors) =>
            [$"{string.Join(" and ", choice.CutGradient(rows, largest).Select(cut => Number(cut.Rows)).Distinct())} rows by {Number(vectors)} vector{(vectors == 1 ? "" : "s")}"];
        return string.Join(", ", (choice.Columns == ColumnTiles.Singles ? [] : Of(choice.Rows, 2)).Concat(choice.Columns == ColumnTiles.Pairs ? [] : Of(TileChoice.SingleRows, 1)));
    }

    public static KernelReason OneSample(NetworkPlan plan, DenseWeights weights)
    {
        Unroll unroll = plan.Graph.Unroll;
        IReadOnlyList<(int Bits, SampleWriting Writing)> widths = SampleText.Of(plan, weights.Layer);
        if (widths.Count == 0)
            return new(weights.Layer, "one sample", "as a batch of one", KernelSelector.WhyNoSample(plan));
        string kernel = widths.All(width => width.Writing == widths[0].Writing)
            ? Words(widths[0].Writing)
            : string.Join(", ", widths.Select(width => $"{Words(width.Writing)} at {width.Bits} bits"));
        string why = weights.IsByOutput ? WhyDots(widths)
            : weights.Sample != SampleForm.WrittenOut ? KernelSelector.WhyLoop(weights, unroll)
            : widths.Any(width => width.Writing == SampleWriting.Loop) ? SampleText.WhyNot(plan, weights, widths.First(width => width.Writing == SampleWriting.Loop).Bits)
            : widths.Any(width => width.Writing == SampleWriting.Groups) ? $"its outputs take {Number(2 * Machine.Accumulators)} sums or more"
            : KernelSelector.WhyWrittenOut(unroll);
        return new(weights.Layer, "one sample", kernel, why);

        string Words(SampleWriting writing) => writing switch
        {
            SampleWriting.WrittenOut => "written out",
            SampleWriting.Groups => $"a loop over {Number(Machine.Accumulators)} sums at a time",
            _ => weights is { IsByOutput: false, Sample: SampleForm.PairLoop } ? "a loop, two panels at a time" : "a loop",
        };
    }

    /// <summary>Dot products are written out where their inputs stay in registers, whatever is asked for.</summary>
    private static string WhyDots(IReadOnlyList<(int Bits, SampleWriting Writing)> widths)
    {
        int most = Machine.HeldVectors;
        return widths.All(width => width.Writing == SampleWriting.WrittenOut) ? $"a row of inputs is up to {Number(most)} vectors"
            : widths.All(width => width.Writing == SampleWriting.Loop) ? $"a row of inputs is more than {Number(most)} vectors"
            : $"a row of inputs is more than {Number(most)} vectors of {Number(widths.First(width => width.Writing == SampleWriting.Loop).Bits)} bits";
    }

    private static string Order(DenseWeights weights) => weights.IsByOutput ? "output by output" : $"{Number(weights.Panel)} outputs side by side";

    private static string WhyOrder(NetworkGraph graph, Layout layout, Tensor input, DenseWeights weights, CostModel cost, bool trains)
    {
        if (graph.Profile != EmitProfile.Simd)
            return "no vectors to fill";
        if (graph.IsReproducible)
            return "the order of sums may not follow the width of vectors";
        if (weights.Outputs > Machine.ByOutputs)
            return $"more than {Number(Machine.ByOutputs)} outputs";
        int dotPanel = KernelSelector.DotPanel(layout, input);
        if (dotPanel == 0)
            return $"a row of {Number(weights.Inputs)} inputs does not end with a vector";
        double panels = cost.OfOrder(WeightOrder.Panels, weights.Inputs, weights.Outputs, dotPanel, trains);
        double dots = cost.OfOrder(WeightOrder.ByOutput, weights.Inputs, weights.Outputs, dotPanel, trains);
        return weights.IsByOutput
            ? $"{Cycles(dots)} cycles a sample, side by side {Cycles(panels)}"
            : $"{Cycles(panels)} cycles a sample, output by output {Cycles(dots)}";
    }

    private static string WhyTile(TileChoice choice, Func<TileShape, double> cost, TileShape chosen, Func<TileShape, string> tiles)
    {
        double least = cost(chosen);
        if (choice.Columns == ColumnTiles.Singles && chosen.Vectors > 1)
            return $"{Cycles(least)} cycles a sample; a row is one vector";
        TileShape next = CostModel.Tiles.Where(tile => tiles(tile) != tiles(chosen)).OrderBy(cost).FirstOrDefault(tile => cost(tile) > least);
        return next == default
            ? $"{Cycles(least)} cycles a sample, as with any other"
            : $"{Cycles(least)} cycles a sample, {Number(next.Rows)} by {Number(next.Vectors)} {Cycles(cost(next))}";
    }

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Cycles(double value) => value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
