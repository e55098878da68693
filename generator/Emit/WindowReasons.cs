using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>Says for every window and pool which kernel runs and why, as <see cref="KernelReasons"/> does for dense layers.</summary>
internal static class WindowReasons
{
    private const string Forward = "forward", InputGradient = "input gradient", Gradient = "gradient", ByItself = "each channel is seen by itself";

    public static IEnumerable<KernelReason> Of(NetworkPlan plan)
    {
        IEnumerable<Operation> calls = plan.Training is { } training ? plan.Inference.Calls.Concat(training.Backward) : plan.Inference.Calls;
        return calls.Select(call => Of(plan, call)).OfType<KernelReason>();
    }

    private static KernelReason? Of(NetworkPlan plan, Operation call)
    {
        DenseWeights At(ParameterBlock block) => plan.Parameters.PatchesOf(block);
        switch (call)
        {
            case Convolve product:
                DenseWeights weights = At(product.Weight);
                PatchWalk walk = PatchWalk.Of(product, weights);
                return weights.IsDepthwise ? Channels(plan, weights.Layer, Forward, walk) : Product(plan, weights.Layer, Forward, "output", weights.Panel, [walk]);
            case Deconvolve product:
                weights = At(product.Weight);
                return Product(plan, weights.Layer, Forward, "output", weights.Panel, [.. PatchWalk.Of(product, weights)]);
            case ConvolveTransposed product:
                weights = At(product.Weight);
                PatchWalk[] walks = [.. PatchWalk.Transposed(product, weights)];
                return weights.IsDepthwise ? Channels(plan, weights.Layer, InputGradient, walks) : Product(plan, weights.Layer, InputGradient, "input", weights.InputPanel, walks);
            case DeconvolveBackward product:
                weights = At(product.Weight);
                return Product(plan, weights.Layer, InputGradient, "input", weights.InputPanel, [PatchWalk.Of(product, weights)]);
            case ConvolveGradient product:
                weights = At(product.Weight);
                walk = PatchWalk.Of(product, weights);
                return weights.IsDepthwise ? ChannelGradient(plan, weights.Layer, walk) : WeightGradient(plan, weights, walk, "");
            case DeconvolveGradient product:
                weights = At(product.Weight);
                return WeightGradient(plan, weights, PatchWalk.Of(product, weights), "; tap by tap");
            case MaxPool pool:
                return Pool(plan, pool.Output.Name, pool.Channels);
            case AveragePool pool:
                return Pool(plan, pool.Output.Name, pool.Channels);
            default:
                return null;
        }
    }

    /// <summary>Tiles of positions by vectors of what is written.</summary>
    private static KernelReason Product(NetworkPlan plan, string layer, string pass, string noun, int lanes, PatchWalk[] walks)
    {
        int columns = walks[0].Panel.Columns, positions = walks.Max(walk => walk.Rows * walk.Columns);
        if (plan.Graph.Profile != EmitProfile.Simd)
            return new(layer, pass, $"1 position by {Count(Math.Min(walks[0].Panel.Width, columns), "sum")}", KernelReasons.NoVectors);
        if (walks.All(PlaneUnits.Fits))
            return Plane(plan, layer, pass, "weights", noun, walks);
        string parts = walks.Length == 1 ? "" : $"; {Number(walks.Length)} parts that see the same elements of the window";
        return new(layer, pass, Tiles(plan, columns, lanes, positions, "position"), WhyVectors(plan, columns, lanes, noun, walks[0].Groups) + Few(positions, "position") + parts);
    }

    /// <summary>Tiles of elements of the window by vectors of outputs.</summary>
    private static KernelReason WeightGradient(NetworkPlan plan, DenseWeights weights, PatchWalk walk, string how)
    {
        int columns = walk.Panel.Columns, elements = walk.Taps.Rows * walk.Taps.Columns * walk.Taps.Run;
        if (plan.Graph.Profile == EmitProfile.Simd && how.Length == 0 && PlaneUnits.HasGradient(walk, plan.Graph.IsReproducible))
            return Plane(plan, weights.Layer, Gradient, "sums", "output", walk);
        return plan.Graph.Profile != EmitProfile.Simd
            ? new(weights.Layer, Gradient, $"1 element by {Count(Math.Min(walk.Panel.Width, columns), "sum")}", KernelReasons.NoVectors)
            : new(weights.Layer, Gradient, Tiles(plan, columns, weights.Panel, elements, "element"), WhyVectors(plan, columns, weights.Panel, "output", walk.Groups) + Few(elements, "element") + how);
    }

    /// <summary>Windows of three runs of three elements, of which nine vectors stay in registers.</summary>
    private static KernelReason Plane(NetworkPlan plan, string layer, string pass, string held, string noun, params PatchWalk[] walks)
    {
        (int panel, int columns) = (walks[0].Panel.Width, walks[0].Panel.Columns);
        string kernel = TileChoice.AtWidths(plan.Layout, 2 * panel, lanes => $"nine {held} held; {(walks.All(walk => PlaneUnits.PositionsAt(walk, lanes) == 2) ? "2 positions in 1 vector" : "1 position by 1 vector")}");
        string parts = walks.Length == 1 ? "" : $"; {Number(walks.Length)} parts that see the same elements of the window";
        return new(layer, pass, kernel, WhyVectors(plan, columns, panel, noun, 1) + "; three runs of three elements" + parts);
    }

    private static KernelReason Channels(NetworkPlan plan, string layer, string pass, params PatchWalk[] walks)
    {
        if (walks.All(walk => DepthwiseSquareUnits.StrideOf(walk.AlongTaps()) > 0))
            return Square(plan, layer, pass, "weights", walks[0]);
        int positions = walks.Max(walk => walk.Rows * walk.Columns);
        return ByChannels(plan, layer, pass, walks[0].Groups, Count(Largest(DepthwiseUnits.Tiles, positions), "position") + " by ", Few(positions, "position"));
    }

    private static KernelReason ChannelGradient(NetworkPlan plan, string layer, PatchWalk walk)
    {
        if (DepthwiseSquareUnits.StrideOf(walk) > 0)
            return Square(plan, layer, Gradient, "sums", walk);
        int elements = walk.Taps.Rows * walk.Taps.Columns;
        return ByChannels(plan, layer, Gradient, walk.Groups, Count(Largest(DepthwiseUnits.Tiles, elements), "element") + " by ", Few(elements, "element"));
    }

    /// <summary>Windows of 3×3, of which nine vectors stay in registers.</summary>
    private static KernelReason Square(NetworkPlan plan, string layer, string pass, string held, PatchWalk walk) =>
        ByChannels(plan, layer, pass, walk.Groups, $"nine {held} held; {Count(Largest(DepthwiseSquareUnits.Tiles, walk.Columns), "position")} by ", "; 3×3");

    private static KernelReason Pool(NetworkPlan plan, string layer, int channels) => ByChannels(plan, layer, Forward, channels, "1 position by ", "");

    /// <summary>Vectors of channels, and those that fill none one by one.</summary>
    private static KernelReason ByChannels(NetworkPlan plan, string layer, string pass, int channels, string tile, string few)
    {
        if (plan.Graph.Profile != EmitProfile.Simd)
            return new(layer, pass, "channel by channel", KernelReasons.NoVectors);
        int most = RowLoop.Lanes(channels, plan.Layout.Line);
        if (most < plan.Layout.Line / 4)
            return new(layer, pass, tile + "1 channel", $"{Count(channels, "channel")}, less than a vector{few}");
        string kernel = TileChoice.AtWidths(plan.Layout, most, lanes => tile + "1 vector" + (channels % lanes == 0 ? "" : $" and {Count(channels % lanes, "channel")} alone"));
        return new(layer, pass, kernel, ByItself + few);
    }

    private static string Tiles(NetworkPlan plan, int columns, int lanes, int count, string noun) => TileChoice.AtWidths(plan.Layout, lanes, width =>
    {
        int vectors = columns > width ? 2 : 1;
        return $"{Count(PatchUnits.LargestTile(vectors, count), noun)} by {Count(vectors, "vector")}";
    });

    private static string WhyVectors(NetworkPlan plan, int columns, int lanes, string noun, int groups) =>
        $"{Count(columns, noun)}{(groups == 1 ? "" : " of a group")}, {TileChoice.AtWidths(plan.Layout, lanes, width => columns > width ? "more than a vector" : "one vector")}";

    /// <summary>What there is, where it is less than the largest tile takes.</summary>
    private static string Few(int count, string noun) => count < DepthwiseUnits.Tiles[0] ? $"; {Count(count, noun)}" : "";

    /// <summary>The largest tile that is filled; the smallest is of one.</summary>
    private static int Largest(IReadOnlyList<int> tiles, int count) => tiles.First(tile => tile <= Math.Max(count, 1));

    private static string Count(int number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : "s")}";

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
