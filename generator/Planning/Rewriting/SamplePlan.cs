using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>One dense layer of a pass over a single sample: z = x·W + b, h = f(z).</summary>
/// <param name="Weights">The layer.</param>
/// <param name="Function">f, Identity for none.</param>
/// <param name="Input">Where its input lies in scratch, or −1 for the caller's input.</param>
/// <param name="Sum">Where z is kept for backward, or −1.</param>
/// <param name="Output">Where h goes in scratch, or −1 for the caller's output, which has no padding.</param>
/// <param name="Unrolled">Whether every multiply-add is written out.</param>
internal sealed record SampleLayer(DenseWeights Weights, Activation Function, int Input, int Sum, int Output, bool Unrolled);

/// <summary>A forward pass of a single sample: products of a vector and a matrix, in one method.</summary>
/// <param name="Layers">In order.</param>
/// <param name="Last">What follows the last product row by row, or null.</param>
/// <param name="ScratchLength">Elements of scratch.</param>
internal sealed record SamplePlan(EquatableArray<SampleLayer> Layers, Softmax? Last, int ScratchLength);

/// <summary>Recognises passes that are a chain of dense layers, which is where a method for one sample pays.</summary>
internal static class SamplePlanner
{
    /// <summary>Plans a sample of <c>Forward</c>, or null where the pass has other calls.</summary>
    public static SamplePlan? PlanInference(IReadOnlyList<Operation> calls, IReadOnlyList<DenseWeights> weights, Layout layout)
    {
        List<SampleLayer> layers = [];
        Dictionary<Tensor, int> places = [];
        int scratch = 0;
        for (int i = 0; i < calls.Count; i++)
        {
            switch (calls[i])
            {
                case Gemm { Function: Activation.Identity } sum when i + 1 < calls.Count && calls[i + 1] is Map map && map.Input == sum.Output:
                    bool isLast = i + 2 < calls.Count && calls[i + 2] is CopyRows;
                    Gemm fused = sum with { Function = map.Function, Output = map.Output };
                    layers.Add(Layer(weights, fused, InputPlace(fused, places), -1, isLast ? -1 : Place(map.Output)));
                    i++;
                    break;
                case Gemm { Output.Whole: null } gemm:
                    bool isOutput = !gemm.Output.IsScratch || (i + 1 < calls.Count && calls[i + 1] is CopyRows);
                    layers.Add(Layer(weights, gemm, InputPlace(gemm, places), -1, isOutput ? -1 : Place(gemm.Output)));
                    break;
                case Softmax softmax when i == calls.Count - 1 && layers.Count > 0:
                    return Result(softmax);
                case CopyRows when i == calls.Count - 1 && layers.Count > 0 && calls[i - 1] is Gemm or Map:
                    break;
                default:
                    return null;
            }
        }

        return Result(null);

        SamplePlan? Result(Softmax? last) => scratch > Machine.SampleScratch || !HasForm(layers) ? null : new SamplePlan(new(layers), last, scratch);

        int Place(Tensor tensor)
        {
            int place = scratch;
            places.Add(tensor, place);
            scratch += layout.Align(tensor.Stride);
            return place;
        }
    }

    /// <summary>Plans a sample of training's forward pass in the memory of a chunk of some rows, or null where the pass has other calls.</summary>
    public static SamplePlan? PlanTraining(IReadOnlyList<Operation> calls, IReadOnlyList<DenseWeights> weights, MemoryPlan memory, int chunkRows)
    {
        List<SampleLayer> layers = [];
        for (int i = 0; i < calls.Count; i++)
        {
            if (calls[i] is not Gemm gemm)
                return null;
            int input = gemm.Input.IsScratch ? memory.OffsetOf(gemm.Input) * chunkRows : -1;
            int output = memory.OffsetOf(gemm.Output) * chunkRows;
            if (i + 1 < calls.Count && calls[i + 1] is Map map && map.Input == gemm.Output && gemm.Function == Activation.Identity)
            {
                // Where the activation runs in place, nobody reads the sum: it need not be stored.
                int result = memory.OffsetOf(map.Output) * chunkRows;

                // In two passes the activation may lie where the layer's input was, if nobody reads that again; one that does both would overwrite what it reads.
                if (input >= 0 && result < input + gemm.Input.Stride && input < result + map.Output.Stride)
                    return null;
                layers.Add(Layer(weights, gemm with { Function = map.Function }, input, result == output ? -1 : output, result));
                i++;
            }
            else
            {
                layers.Add(Layer(weights, gemm, input, -1, output));
            }
        }

        return !HasForm(layers) ? null : new SamplePlan(new(layers), null, memory.RowSize * chunkRows);
    }

    /// <summary>
    /// The sample of <c>Forward</c> in the places of training's, so that a step can begin with it: a step written out for two widths has the text of forward
    /// only once each. Null where they differ, or where the loss would wait for parts of the output.
    /// </summary>
    /// <param name="value">Where the loss reads its row.</param>
    public static SamplePlan? Share(SamplePlan inference, SamplePlan training, int value, Layout layout)
    {
        List<SampleLayer> layers = [.. training.Layers];
        SampleLayer last = layers[layers.Count - 1];
        bool isSame = layers.Count == inference.Layers.Count && inference.Layers.Zip(layers, (one, other) => one.Weights == other.Weights && one.Function == other.Function).All(same => same);
        if (!isSame || last.Output != value || (inference.Last is null && !last.Weights.IsByOutput))
            return null;
        if (inference.Last is null)
            layers[layers.Count - 1] = last with { Output = -1 };
        int scratch = layers.Max(layer => Math.Max(layer.Sum, layer.Output) + layout.Align(layer.Weights.Stride));
        return scratch > Machine.SampleScratch ? null : new(new(layers), inference.Last, scratch);
    }

    /// <summary>One method holds all layers, or none does.</summary>
    private static bool HasForm(List<SampleLayer> layers) =>
        layers.Count > 0 && layers.TrueForAll(layer => layer.Weights.Sample != SampleForm.Chunk);

    private static int InputPlace(Gemm gemm, Dictionary<Tensor, int> places) => places.TryGetValue(gemm.Input, out int place) ? place : -1;

    private static SampleLayer Layer(IReadOnlyList<DenseWeights> weights, Gemm gemm, int input, int sum, int output)
    {
        DenseWeights place = weights.Of(gemm.Weight);
        return new(place, gemm.Function, input, sum, output, place.Sample == SampleForm.WrittenOut);
    }
}
