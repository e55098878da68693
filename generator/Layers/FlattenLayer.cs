using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x as one row of numbers: 28×28×1 becomes 784, in the order in which they lie.</summary>
internal sealed record FlattenLayer(string Name) : ReshapeLayer(Name)
{
    public static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        yield return new FlattenLayer(arguments.Name);
    }

    public override Shape InferShape(Shape input) => new(input.Count);
}
