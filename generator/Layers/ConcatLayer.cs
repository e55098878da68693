using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = [a, b, …] along the last axis. Backward: each part of dh goes to its own.</summary>
internal sealed record ConcatLayer(string Name, EquatableArray<string> Parts) : Layer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Concat",
        JoinLayer.Arguments,
        arguments => JoinLayer.Create(arguments, from => [new ConcatLayer(arguments.Name, new(from))]),
        "[Concat(\"x\", \"x\")]",
        "y = f([a, b, …]), side by side along the last axis");

    public override IReadOnlyList<string?> Sources => [.. Parts];

    public override string Kind => "Concat";

    public override LayerFault? FaultOf(IReadOnlyList<Shape> inputs) => inputs.Any(input => !Leading(input).SequenceEqual(Leading(inputs[0])))
        ? new(IssueIds.ShapesDoNotFit, Name, $"joins values that differ in the last axis alone, and they are {string.Join(" and ", inputs)}")
        : null;

    public override IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs) =>
        [new(new EquatableArray<int>(Leading(inputs[0]).Append(inputs.Sum(input => input.Columns))))];

    public override void Forward(ForwardPass pass) => pass.Add(new Concatenate(new(pass.Inputs), pass.Output));

    public override void Backward(BackwardPass pass)
    {
        List<SplitPart> parts = [];
        int at = 0;
        for (int i = 0; i < pass.Inputs.Count; i++)
        {
            if (pass.InputGradients[i] is { } gradient)
                parts.Add(new(gradient, at));
            at += pass.Inputs[i].Shape.Columns;
        }

        if (parts.Count > 0)
            pass.Add(new Split(pass.OutputGradient, new(parts)));
    }

    private static IEnumerable<int> Leading(Shape shape) => shape.Dimensions.Take(shape.Dimensions.Count - 1);
}
