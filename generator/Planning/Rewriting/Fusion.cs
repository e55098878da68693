using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// Moves an activation into the epilogue of the matrix product before it, so that its operand never goes through memory, and lets a convolution write where the
/// next wants its input to be: inside a border.
/// </summary>
internal static class Fusion
{
    /// <param name="calls">The calls of one pass, rewritten.</param>
    /// <param name="everything">All calls that share tensors with the pass: a tensor that any other call reads has to exist.</param>
    /// <param name="layout">Tells how many elements a vector can hold.</param>
    /// <param name="kept">Values that are outputs, and have to exist whoever reads them.</param>
    public static List<Operation> Fuse(IReadOnlyList<Operation> calls, IReadOnlyList<Operation> everything, Layout layout, IReadOnlyList<Tensor> kept)
    {
        IEnumerable<Operation> outside = kept.Select(value => new CopyRows(value, value));
        ILookup<Tensor, Operation> readers = everything.Concat(outside).SelectMany(call => call.Reads.Select(tensor => (tensor, call))).ToLookup(pair => pair.tensor, pair => pair.call);
        List<Operation> fused = [];

        // Which of them writes a tensor. Calls between the two may stay: no tensor is written twice.
        Dictionary<Tensor, int> writers = [];
        foreach (Operation call in calls)
        {
            int writer = Operand(call) is { } operand && writers.TryGetValue(operand, out int index) ? index : -1;
            Operation? merged = writer < 0 ? null : Merge(fused[writer], call, readers, layout);
            if (merged is null)
            {
                writer = fused.Count;
                fused.Add(call);
            }
            else
            {
                foreach (Tensor hidden in fused[writer].Results)
                    writers.Remove(hidden);
                fused[writer] = merged;
            }

            foreach (Tensor result in fused[writer].Results)
                writers[result] = writer;
        }

        return fused;
    }

    /// <summary>What it goes on from.</summary>
    private static Tensor? Operand(Operation call) => call is BatchNormBackward norm ? norm.OutputGradient : call.Reads.FirstOrDefault();

    /// <summary>Both in one, the activation in the product's epilogue, or null.</summary>
    private static Operation? Merge(Operation product, Operation activation, ILookup<Tensor, Operation> readers, Layout layout) => (product, activation) switch
    {
        (Gemm { Function: Activation.Identity } gemm, Map map) when IsReadOnlyBy(map.Input, map, readers) && !PaysAlone(map, layout) =>
            gemm with { Output = map.Output, Function = map.Function },
        (Convolve { Function: Activation.Identity } sum, Map map) when IsReadOnlyBy(map.Input, map, readers) && !PaysAlone(map, layout) =>
            sum with { Output = map.Output, Function = map.Function },
        (Deconvolve { Function: Activation.Identity } sum, Map map) when IsReadOnlyBy(map.Input, map, readers) && !PaysAlone(map, layout) =>
            sum with { Output = map.Output, Function = map.Function },
        (NormalizeBatch { IsRectified: false } norm, Map { Function: Activation.Relu } map) when layout.Profile == EmitProfile.Simd && IsReadOnlyBy(map.Input, map, readers) =>
            norm with { Output = map.Output, IsRectified = true },
        (BatchNorm { IsRectified: false } norm, Map { Function: Activation.Relu } map) when layout.Profile == EmitProfile.Simd && IsReadOnlyBy(map.Input, map, readers) =>
            norm with { Output = map.Output, IsRectified = true },
        (MapBackward { Function: Activation.Relu } map, BatchNormBackward { IsRectified: false } norm)
            when layout.Profile == EmitProfile.Simd && map.InputGradient == norm.OutputGradient && IsReadOnlyBy(map.InputGradient, norm, readers) =>
            norm with { OutputGradient = map.OutputGradient, IsRectified = true },
        (ConvolveTransposed { Crop: null } whole, Frame crop) when IsReadOnlyBy(crop.Input, crop, readers) && IsWithin(crop) =>
            whole with { InputGradient = crop.Output, Crop = (-crop.Top, -crop.Left) },
        (Convolve { Border: null } inner, Frame frame) when IsReadOnlyBy(frame.Input, frame, readers) && IsAround(frame, inner.Output.Shape, layout) =>
            inner with { Output = frame.Output, Border = (frame.Top, frame.Left) },
        (GemmTransposed { Saved: null } gemm, MapBackward map) when IsReadOnlyBy(map.OutputGradient, map, readers) =>
            gemm with { InputGradient = map.InputGradient, Function = map.Function, Saved = map.Function == Activation.Identity ? null : map.Saved },
        (MaxPoolBackward { Function: Activation.Identity } pool, MapBackward map)
            when layout.Profile == EmitProfile.Simd && pool.Window.IsPairs && map.Saved == pool.Input && map.OutputGradient == pool.InputGradient && IsReadOnlyBy(map.OutputGradient, map, readers) =>
            pool with { InputGradient = map.InputGradient, Function = map.Function },
        _ => null,
    };

    /// <summary>
    /// A costly function pays in a pass of its own. Rows end to end fill its vectors, however narrow they are, and its constants stay in registers:
    /// written out for every vector of an epilogue's tile, they drive what is computed there out into memory.
    /// </summary>
    private static bool PaysAlone(Map map, Layout layout) => layout.Profile == EmitProfile.Simd && !ActivationFunction.Of(map.Function).HasKinks;

    /// <summary>Whether it takes a border away and nothing else.</summary>
    private static bool IsWithin(Frame frame)
    {
        (int rows, int columns, int channels) = frame.Input.Shape.Plane;
        (int toRows, int toColumns, int toChannels) = frame.Output.Shape.Plane;
        return channels == toChannels && frame.Top <= 0 && frame.Left <= 0 && toRows - frame.Top <= rows && toColumns - frame.Left <= columns;
    }

    /// <summary>Whether it puts a border around a whole value of that shape.</summary>
    private static bool IsAround(Frame frame, Shape inner, Layout layout)
    {
        (int rows, int columns, int channels) = inner.Plane;
        (int toRows, int toColumns, int toChannels) = frame.Output.Shape.Plane;
        return layout.Profile == EmitProfile.Simd && frame.Input.Shape.Plane == inner.Plane && channels == toChannels
            && frame.Top >= 0 && frame.Left >= 0 && frame.Top + rows <= toRows && frame.Left + columns <= toColumns;
    }

    private static bool IsReadOnlyBy(Tensor tensor, Operation reader, ILookup<Tensor, Operation> readers) => readers[tensor].All(call => call.Equals(reader));
}
