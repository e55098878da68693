using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x in the shape that is asked for.</summary>
internal sealed record ReshapeLayer(string Name, Shape Shape) : ShapeLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Reshape",
        [ArgumentSchema.Sizes("shape")],
        arguments => [new ReshapeLayer(arguments.Name, new(new EquatableArray<int>(arguments.Sizes("shape"))))],
        "[Reshape(4, 2)]",
        "y = x in another shape of as many elements; no code at run time");

    public override LayerFault? FaultOf(Shape input) => input.LongCount == Shape.LongCount
        ? null
        : new(IssueIds.ShapesDoNotFit, Name, $"makes {Shape} of {input}, which has {Text(input.LongCount)} elements and not {Text(Shape.LongCount)}");

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => Shape.Dimensions[0] == inputs[0].Dimensions[0]
        ? StreamRule.EachStep
        : StreamRule.Wrong($"makes {Shape} of {inputs[0]}, and so mixes time with other axes: keep the first axis as it is");

    public override Layer OfFrame() => this with { Shape = new(new EquatableArray<int>(Shape.Dimensions.Skip(1).Prepend(1))) };

    public override Shape InferShape(Shape input) => Shape;

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
