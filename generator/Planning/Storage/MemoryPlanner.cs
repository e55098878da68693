using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A tensor's place: <paramref name="Offset"/> is in elements per row of the chunk, so row r of a chunk of n rows is at n·Offset + r·Stride.</summary>
internal sealed record Placement(Tensor Tensor, int Offset, int FirstUse, int LastUse);

/// <summary>Where the scratch tensors of a pass live.</summary>
/// <param name="Placements">In order of first use.</param>
/// <param name="RowSize">Elements that one row of the chunk takes in all.</param>
internal sealed record MemoryPlan(EquatableArray<Placement> Placements, int RowSize)
{
    public int OffsetOf(Tensor tensor) => Placements.First(placement => placement.Tensor == tensor).Offset;
}

/// <summary>From lifetimes to offsets: a tensor may lie where another lay that is no longer read.</summary>
internal static class MemoryPlanner
{
    /// <param name="calls">The calls in the order in which they run.</param>
    /// <param name="layout">Gives the alignment.</param>
    /// <param name="keep">Tensors that stay live to the end, because code outside the calls reads them.</param>
    public static MemoryPlan Place(IReadOnlyList<Operation> calls, Layout layout, params Tensor[] keep)
    {
        Dictionary<Tensor, int> lastUses = LastUses(calls, keep);
        Dictionary<Tensor, Placement> placed = [];
        List<Placement> placements = [];

        // Those that are still read, by offset.
        List<Placement> live = [];
        int rowSize = 0;
        for (int i = 0; i < calls.Count; i++)
        {
            live.RemoveAll(placement => placement.LastUse < i);
            foreach (Tensor tensor in calls[i].Results.Select(result => result.Whole ?? result).Where(tensor => tensor.IsScratch && !placed.ContainsKey(tensor)))
            {
                if (tensor.Element != layout.ElementType)
                    throw new NotSupportedException($"'{tensor.Name}' holds {tensor.Element} elements, and scratch memory holds those of the network's type only.");
                int offset = InPlaceOffset(calls[i], i, tensor, placed) ?? FirstFit(live, layout.Align(tensor.Stride), layout);
                Placement placement = new(tensor, offset, i, lastUses[tensor]);
                placements.Add(placement);
                placed.Add(tensor, placement);
                int place = live.FindIndex(other => other.Offset > offset);
                live.Insert(place < 0 ? live.Count : place, placement);
                rowSize = Math.Max(rowSize, offset + layout.Align(tensor.Stride));
            }
        }

        return new MemoryPlan(new(placements), rowSize);
    }

    /// <summary>The last call that writes or reads each tensor; past the end for those that are kept.</summary>
    private static Dictionary<Tensor, int> LastUses(IReadOnlyList<Operation> calls, Tensor[] keep)
    {
        Dictionary<Tensor, int> last = [];
        for (int i = 0; i < calls.Count; i++)
        {
            foreach (Tensor tensor in calls[i].Results.Concat(calls[i].Reads))
                last[tensor] = i;
        }

        foreach (Tensor tensor in keep)
            last[tensor] = calls.Count;
        return last;
    }

    /// <summary>An element-wise call may write over an operand that nothing reads afterwards.</summary>
    private static int? InPlaceOffset(Operation call, int index, Tensor output, Dictionary<Tensor, Placement> placed)
    {
        if (!call.IsElementwise)
            return null;
        foreach (Tensor operand in call.Reads)
        {
            if (placed.TryGetValue(operand, out Placement? placement) && placement.LastUse == index && operand.Stride == output.Stride)
                return placement.Offset;
        }

        return null;
    }

    /// <summary>The first gap between what is live, which is ordered by offset.</summary>
    private static int FirstFit(List<Placement> live, int size, Layout layout)
    {
        int offset = 0;
        foreach (Placement other in live)
        {
            if (offset + size <= other.Offset)
                break;
            offset = Math.Max(offset, other.Offset + layout.Align(other.Tensor.Stride));
        }

        return offset;
    }
}
