using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>What the text for one sample computes a layer by.</summary>
internal enum SampleWriting
{
    /// <summary>A statement for every multiply-add.</summary>
    WrittenOut,

    /// <summary>A loop over groups of outputs, each of whose multiply-adds over all inputs is written out.</summary>
    Groups,

    /// <summary>A loop over inputs.</summary>
    Loop,
}

/// <summary>Which layers of the methods for one sample have every multiply-add written out, within what one method can take at a width.</summary>
internal static class SampleText
{
    /// <param name="layers">In order.</param>
    /// <param name="widest">Lanes of the widest vector; 1 for single numbers.</param>
    public static bool[] WrittenOut(IReadOnlyList<SampleLayer> layers, int widest)
    {
        int written = 0;
        bool[] result = new bool[layers.Count];
        for (int i = 0; i < layers.Count; i++)
        {
            int work = Work(layers[i], widest);
            result[i] = layers[i].Weights.IsByOutput ? HoldsInputs(layers[i].Weights, widest) : layers[i].Unrolled && (widest == 1
                ? work <= Math.Min(Machine.UnrolledScalars, Machine.MethodScalars - written)
                : work <= Machine.MethodVectors - written);
            if (result[i])
                written += work;
        }

        return result;
    }

    /// <summary>The widths that the methods are written for, in bits; 0 where there are no vectors.</summary>
    public static IReadOnlyList<int> Widths(NetworkPlan plan) => plan.Graph.Profile == EmitProfile.Simd ? plan.SampleWidths : [0];

    /// <summary>How a layer is written at each width, widest first.</summary>
    public static IReadOnlyList<(int Bits, SampleWriting Writing)> Of(NetworkPlan plan, string layer)
    {
        if (plan.Inference.Sample is not { } sample)
            return [];
        int index = sample.Layers.ToList().FindIndex(candidate => candidate.Weights.Layer == layer);
        return [.. Widths(plan).Select(bits => (bits, At(LanesOf(plan, bits))))];

        SampleWriting At(int lanes) => !WrittenOut(sample.Layers, lanes)[index] ? SampleWriting.Loop
            : HasGroups(sample.Layers[index].Weights, lanes) ? SampleWriting.Groups
            : SampleWriting.WrittenOut;
    }

    /// <summary>Whether dot products need no loop: their inputs are in registers all together. Written out or not is no choice there.</summary>
    private static bool HoldsInputs(DenseWeights weights, int widest)
    {
        int lanes = Math.Min(widest, weights.InputPanel);
        return lanes > 1 && weights.InputStride / lanes <= Machine.HeldVectors;
    }

    /// <summary>Whether a row of outputs takes more than one turn of as many sums as hide the latency of an addition.</summary>
    private static bool HasGroups(DenseWeights weights, int widest) =>
        !weights.IsByOutput && weights.Stride / Math.Min(widest, weights.Panel) >= 2 * Machine.Accumulators;

    /// <summary>Why a layer that asks for it is not written out at some width.</summary>
    public static string WhyNot(NetworkPlan plan, DenseWeights weights, int bits)
    {
        SampleLayer layer = plan.Inference.Sample!.Layers.First(candidate => candidate.Weights.Layer == weights.Layer);
        int lanes = LanesOf(plan, bits), work = Work(layer, lanes);
        int budget = lanes == 1 ? Machine.UnrolledScalars : Machine.MethodVectors;
        return work > budget
            ? $"its {Number(work)} {(lanes == 1 ? "multiply-adds" : $"multiply-adds of {bits} bits")} exceed the {Number(budget)} that gain from it"
            : $"with the layers before it one method would hold more than {Number(lanes == 1 ? Machine.MethodScalars : Machine.MethodVectors)}";
    }

    private static int LanesOf(NetworkPlan plan, int bits) => bits == 0 ? 1 : bits / (8 * plan.Layout.ElementBytes);

    private static int Work(SampleLayer layer, int widest)
    {
        int limit = layer.Weights.IsByOutput ? layer.Weights.InputPanel : layer.Weights.Panel;
        return layer.Weights.Length / Math.Min(widest, limit);
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
