using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What layers of several inputs have in common: their names, and an activation behind them.</summary>
internal static class JoinLayer
{
    public static IReadOnlyList<ArgumentSchema> Arguments => [ArgumentSchema.Names("from"), ArgumentSchema.Choice("Activation", Activation.Identity)];

    /// <param name="arguments">The attribute's.</param>
    /// <param name="create">Makes the layers of the values that are read, of which there are two at least.</param>
    public static IEnumerable<Layer> Create(LayerArguments arguments, Func<IReadOnlyList<string>, IEnumerable<Layer>> create)
    {
        IReadOnlyList<string> from = arguments.Names("from");
        if (from.Count < 2)
        {
            arguments.Report(IssueIds.ShapesDoNotFit, arguments.Name, "joins two values or more, and is given " + (from.Count == 0 ? "none" : "one") + ": write the names of layers or inputs above it");
            yield break;
        }

        foreach (Layer layer in create(from))
            yield return layer;
        Activation activation = arguments.Choice<Activation>("Activation");
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    /// <summary>The first two, then what they make and the next.</summary>
    public static IEnumerable<Layer> InPairs(IReadOnlyList<string> from, Func<string?, string, Layer> create) =>
        from.Skip(1).Select((name, number) => create(number == 0 ? from[0] : null, name));

    public static LayerFault? FaultOfEqual(string name, string verb, IReadOnlyList<Shape> inputs) => inputs.Any(input => input != inputs[0])
        ? new(IssueIds.ShapesDoNotFit, name, $"{verb} values of one shape, and they are {string.Join(" and ", inputs)}")
        : null;
}
