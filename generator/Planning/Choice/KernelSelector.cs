using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>What was chosen for one dense layer.</summary>
/// <param name="Order">How the weights lie.</param>
/// <param name="InputPanel">What a row of inputs is padded to a multiple of.</param>
/// <param name="Sample">How one sample goes forward.</param>
/// <param name="ForwardTile">Sums in registers of the products over a chunk.</param>
/// <param name="GradientTile">The same of the weight gradient.</param>
internal sealed record DenseKernels(WeightOrder Order, int InputPanel, SampleForm Sample, TileShape ForwardTile, TileShape GradientTile);

/// <summary>
/// Picks the kernels of a dense layer: the cheapest by <see cref="CostModel"/> of those that it can have, unless <c>Unroll</c> says otherwise.
/// Written-out code ends where a loop around an unrolled tile runs as fast, in far less code.
/// </summary>
internal static class KernelSelector
{
    public static DenseKernels Choose(NetworkGraph graph, Layout layout, Gemm gemm, Forced forced)
    {
        int inputs = gemm.Input.Width;
        int outputs = gemm.Output.Width;
        CostModel cost = new(layout);
        int dotPanel = graph is { Profile: EmitProfile.Simd, IsReproducible: false } && !gemm.IsRecurrent && outputs <= Machine.ByOutputs ? DotPanel(layout, gemm.Input) : 0;
        WeightOrder order = WeightOrder.Panels;
        if (dotPanel > 0)
        {
            bool trains = graph.Training is not null && gemm.Weight.IsTrained;
            order = forced.Order ?? (cost.OfOrder(WeightOrder.ByOutput, inputs, outputs, dotPanel, trains)
                < cost.OfOrder(WeightOrder.Panels, inputs, outputs, dotPanel, trains) ? WeightOrder.ByOutput : WeightOrder.Panels);
        }

        int inputPanel = order == WeightOrder.ByOutput ? dotPanel : layout.PanelWidth(inputs);
        int length = order == WeightOrder.ByOutput ? outputs * inputs : inputs * layout.Stride(outputs);
        SampleForm sample = IsUnrolled(inputs, length, graph.Unroll) ? SampleForm.WrittenOut
            : cost.ForwardOne(inputs, outputs, SampleForm.PairLoop) < cost.ForwardOne(inputs, outputs, SampleForm.Loop) ? SampleForm.PairLoop
            : SampleForm.Loop;
        sample = forced.Sample ?? sample;
        if (sample == SampleForm.WrittenOut && length > Machine.MethodMultiplyAdds)
            sample = SampleForm.Loop;
        return new(
            order,
            inputPanel,
            sample,
            forced.ForwardTile ?? Best(tile => cost.ForwardMany(inputs, outputs, tile)),
            forced.GradientTile ?? Best(tile => cost.GradientMany(order, inputs, outputs, inputPanel, tile)));

        static TileShape Best(Func<TileShape, double> cycles) => CostModel.Tiles.OrderBy(cycles).First();
    }

    /// <summary>
    /// Inputs that fill whole vectors: the widest that divides a row of the caller's, who pads nothing, or the panel of a row of ours without
    /// padding; 0 for none.
    /// </summary>
    public static int DotPanel(Layout layout, Tensor input)
    {
        int inputs = input.Width;
        if (input.IsScratch)
            return inputs >= 4 && inputs == layout.Stride(inputs) ? layout.PanelWidth(inputs) : 0;
        return DotPanel(layout, inputs);
    }

    /// <summary>
    /// Whether a window that sees one element has one output, whose weights then lie side by side: dot products of positions, where columns of one weight would leave
    /// lanes empty. Where the order of sums is fixed it is that of columns.
    /// </summary>
    public static bool IsColumn(NetworkGraph graph, Layout layout, Convolve product) =>
        graph is { Profile: EmitProfile.Simd, IsReproducible: false } && product is { Groups: 1, Window: { Taps: 1, Rows.Stride: 1, Columns.Stride: 1 } }
        && product.Output.Shape.Columns == 1 && DotPanel(layout, product.Input.Shape.Columns) > 0;

    /// <summary>The widest vectors that rows of so many elements, end to end, are whole ones of; 0 for none.</summary>
    public static int DotPanel(Layout layout, int inputs)
    {
        for (int panel = layout.Line; panel >= layout.Line / 4; panel /= 2)
        {
            if (inputs % panel == 0)
                return panel;
        }

        return 0;
    }

    /// <summary>Bits of the widest vectors that a step of one sample is written out for.</summary>
    public static int StepBits(IReadOnlyList<DenseWeights> weights) =>
        weights.Sum(layer => (long)layer.Inputs * layer.Outputs) > Machine.WideStepMultiplyAdds ? int.MaxValue : Machine.StepBits;

    /// <summary>Where the order of sums is fixed, only single precision and vectors have a form of one sample's step that keeps it.</summary>
    public static StepForm StepOf(NetworkGraph graph, IReadOnlyList<DenseWeights> weights, SamplePlan? sample) =>
        graph is { IsReproducible: true } and not { Profile: EmitProfile.Simd, Precision: Precision.Single } ? StepForm.Chunk :
        graph.Training!.Optimizer == Optimizer.Sgd && sample is not null && sample.Layers.Count <= Machine.StepLayers
        && weights.Sum(layer => (long)layer.Length) <= Machine.StepMultiplyAdds ? StepForm.OneMethod : StepForm.Layers;

    /// <summary>The two widest vectors that some layer fills, where a network is so small that one sample gains from text of its own.</summary>
    public static IEnumerable<int> SampleWidths(NetworkGraph graph, Layout layout, IReadOnlyList<DenseWeights> weights, SamplePlan? sample, Forced forced)
    {
        bool isSmall = weights.Count <= Machine.StepLayers && weights.Sum(layer => (long)layer.Length) <= Machine.StepMultiplyAdds;
        if (graph.Profile != EmitProfile.Simd || sample is null || !(isSmall || forced.SampleText))
            yield break;
        int bits = 8 * layout.ElementBytes * weights.Max(layer => layer.IsByOutput ? layer.InputPanel : layer.Panel);
        yield return bits;
        if (bits > 128)
            yield return bits / 2;
    }

    private static bool IsUnrolled(int inputs, int length, Unroll unroll) => unroll switch
    {
        Unroll.None => false,
        Unroll.Full => length <= Machine.MethodMultiplyAdds,
        _ => inputs <= Machine.UnrolledInputs && length <= Machine.UnrolledMultiplyAdds,
    };

    /// <summary>An info for each layer that is not written out in some text that is emitted, unless loops were asked for.</summary>
    public static IEnumerable<Issue> Notes(NetworkPlan plan)
    {
        if (plan.Graph.Unroll == Unroll.None)
            yield break;
        foreach (DenseWeights layer in plan.Weights.Where(weights => !weights.IsRecurrent))
        {
            IReadOnlyList<(int Bits, SampleWriting Writing)> widths = SampleText.Of(plan, layer.Layer);
            if (widths.Count > 0 && widths.All(width => width.Writing == SampleWriting.WrittenOut))
                continue;
            KernelReason reason = KernelReasons.OneSample(plan, layer);
            int attribute = plan.Graph.Nodes.First(node => node.Layer.Name == layer.Layer).AttributeIndex;
            yield return Issue.Create(IssueIds.NotUnrolled, attribute, layer.Layer, "forward", reason.Kernel == "a loop" ? "a loop over its inputs" : reason.Kernel, reason.Why);
        }
    }

    /// <summary>Why one sample has no text of its own.</summary>
    public static string WhyNoSample(NetworkPlan plan) => plan.Weights.Count > Machine.StepLayers
        ? $"more than {Number(Machine.StepLayers)} layers"
        : plan.Weights.Sum(layer => (long)layer.Length) > Machine.StepMultiplyAdds
            ? $"more than {Number(Machine.StepMultiplyAdds)} multiply-adds"
            : "its layers are no chain of products";

    public static string WhyWrittenOut(Unroll unroll) => unroll == Unroll.Full
        ? "as Unroll.Full asks"
        : $"up to {Number(Machine.UnrolledInputs)} inputs and {Number(Machine.UnrolledMultiplyAdds)} multiply-adds";

    public static string WhyStep(IReadOnlyList<DenseWeights> weights) => weights.Count > Machine.StepLayers
        ? $"more than {Number(Machine.StepLayers)} layers"
        : weights.Sum(layer => (long)layer.Length) > Machine.StepMultiplyAdds
            ? $"more than {Number(Machine.StepMultiplyAdds)} multiply-adds"
            : $"up to {Number(Machine.StepMultiplyAdds)} multiply-adds and {Number(Machine.StepLayers)} layers";

    /// <summary>Why a layer's products are not written out.</summary>
    public static string WhyLoop(DenseWeights layer, Unroll unroll) => unroll switch
    {
        Unroll.None => "as Unroll.None asks",
        Unroll.Full => $"its {Number(layer.Length)} multiply-adds exceed the {Number(Machine.MethodMultiplyAdds)} that one method can hold",
        _ when layer.Inputs > Machine.UnrolledInputs => $"with more than {Number(Machine.UnrolledInputs)} inputs a loop is as fast",
        _ => $"with more than {Number(Machine.UnrolledMultiplyAdds)} multiply-adds a loop is as fast",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
