using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Moves an activation into the epilogue of the matrix product before it, so that its operand never goes through memory.</summary>
internal static class Fusion
{
    /// <param name="calls">The calls of one pass, rewritten.</param>
    /// <param name="everything">All calls that share tensors with the pass: a tensor that any other call reads has to exist.</param>
    public static List<KernelCall> Fuse(IReadOnlyList<KernelCall> calls, IReadOnlyList<KernelCall> everything)
    {
        List<KernelCall> fused = [];
        foreach (KernelCall call in calls)
        {
            KernelCall? merged = fused.Count == 0 ? null : Merge(fused[fused.Count - 1], call, everything);
            if (merged is null)
                fused.Add(call);
            else
                fused[fused.Count - 1] = merged;
        }

        return fused;
    }

    private static KernelCall? Merge(KernelCall first, KernelCall second, IReadOnlyList<KernelCall> everything) => (first, second) switch
    {
        (Gemm { Function: Activation.Identity } gemm, Map map)
            when map.Input == gemm.Output && IsReadOnlyBy(map.Input, map, everything) =>
            gemm with { Output = map.Output, Function = map.Function },
        (GemmTransposed { Saved: null } gemm, MapBackward map)
            when map.OutputGradient == gemm.InputGradient && IsReadOnlyBy(map.OutputGradient, map, everything) =>
            gemm with { InputGradient = map.InputGradient, Function = map.Function, Saved = map.Saved },
        _ => null,
    };

    private static bool IsReadOnlyBy(Tensor tensor, KernelCall reader, IReadOnlyList<KernelCall> everything) =>
        everything.All(call => call.Equals(reader) || !call.Reads.Contains(tensor));
}
