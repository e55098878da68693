using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Tells what a pass computes for whom.</summary>
internal static class Liveness
{
    /// <summary>Operations that no parameter's gradient depends on: they only lead to the gradients of the inputs.</summary>
    public static HashSet<Operation> OnlyForInputs(IReadOnlyList<Operation> backward)
    {
        HashSet<Tensor> needed = [];
        HashSet<Operation> optional = [];
        foreach (Operation operation in backward.Reverse())
        {
            if (operation.Gradients.Any() || operation.Results.Any(needed.Contains))
                needed.UnionWith(operation.Reads);
            else
                optional.Add(operation);
        }

        return optional;
    }
}
