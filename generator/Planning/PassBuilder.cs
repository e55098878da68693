using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Collects the kernel calls of one pass as the layers add them.</summary>
internal sealed class PassBuilder(IReadOnlyList<DenseWeights> weights)
{
    public List<KernelCall> Calls { get; } = [];

    public void Add(KernelCall call) => Calls.Add(call);

    public DenseWeights Weights(string layer) => weights.First(candidate => candidate.Layer == layer);
}
