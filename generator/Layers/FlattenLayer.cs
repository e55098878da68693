using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x as one row of numbers: 28×28×1 becomes 784, in the order in which they lie.</summary>
internal sealed record FlattenLayer(string Name) : ShapeLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Flatten",
        [],
        arguments => [new FlattenLayer(arguments.Name)],
        "[Flatten]",
        "y = x in one dimension: 28×28×1 becomes 784; no code at run time");

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.Wrong("makes one row of all steps: remove it, or return the last step alone before it");

    public override Shape InferShape(Shape input) => new(input.Count);
}
