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
        List<Placement> placed = [];
        int rowSize = 0;
        for (int i = 0; i < calls.Count; i++)
        {
            foreach (Tensor tensor in calls[i].Results.Where(tensor => tensor.IsScratch && !placed.Any(placement => placement.Tensor == tensor)))
            {
                if (tensor.Element != layout.ElementType)
                    throw new NotSupportedException($"'{tensor.Name}' holds {tensor.Element} elements, and scratch memory holds those of the network's type only.");
                int lastUse = keep.Contains(tensor) ? calls.Count : LastUse(calls, tensor);
                int offset = InPlaceOffset(calls[i], i, tensor, placed) ?? FirstFit(placed, i, lastUse, layout.Align(tensor.Stride), layout);
                placed.Add(new Placement(tensor, offset, i, lastUse));
                rowSize = Math.Max(rowSize, offset + layout.Align(tensor.Stride));
            }
        }

        return new MemoryPlan(new(placed), rowSize);
    }

    private static int LastUse(IReadOnlyList<Operation> calls, Tensor tensor)
    {
        int last = -1;
        for (int i = 0; i < calls.Count; i++)
        {
            if (calls[i].Results.Contains(tensor) || calls[i].Reads.Contains(tensor))
                last = i;
        }

        return last;
    }

    /// <summary>An element-wise call may write over an operand that nothing reads afterwards.</summary>
    private static int? InPlaceOffset(Operation call, int index, Tensor output, List<Placement> placed)
    {
        if (!call.IsElementwise)
            return null;
        foreach (Tensor operand in call.Reads)
        {
            Placement? dying = placed.Find(placement => placement.Tensor == operand && placement.LastUse == index);
            if (dying is not null && operand.Stride == output.Stride)
                return dying.Offset;
        }

        return null;
    }

    private static int FirstFit(List<Placement> placed, int firstUse, int lastUse, int size, Layout layout)
    {
        int offset = 0;
        foreach (Placement other in placed.Where(other => other.LastUse >= firstUse && other.FirstUse <= lastUse).OrderBy(other => other.Offset))
        {
            if (offset + size <= other.Offset)
                break;
            offset = Math.Max(offset, other.Offset + layout.Align(other.Tensor.Stride));
        }

        return offset;
    }
}
