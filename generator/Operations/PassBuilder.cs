using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>Collects the operations of one pass as the layers add them.</summary>
internal sealed class PassBuilder(IReadOnlyList<ParameterBlock> parameters)
{
    public List<Operation> Operations { get; } = [];

    public void Add(Operation operation) => Operations.Add(operation);

    /// <summary>A layer's parameters of the given kind.</summary>
    public ParameterBlock Block(string layer, string kind) => parameters.First(block => block.Layer == layer && block.Kind == kind);

    /// <summary>The same, or null where the layer has none.</summary>
    public ParameterBlock? FindBlock(string layer, string kind) => parameters.FirstOrDefault(block => block.Layer == layer && block.Kind == kind);
}
