using System.Globalization;
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

    public override Shape InferShape(Shape input) => Shape;

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
