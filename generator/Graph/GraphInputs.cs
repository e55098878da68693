using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The values that the caller passes in: one of a given shape, or several by name, one behind the other.</summary>
internal static class GraphInputs
{
    /// <returns>The caller's row and its parts; null when <paramref name="issues"/> received an error.</returns>
    public static (Value Row, EquatableArray<GraphInput> Parts)? Of(NetworkModel model, List<Issue> issues)
    {
        if (model.Inputs.Count == 0)
            return Checked(model.InputShape, model.AttributeIndex, "inputShape", issues) is { } shape && new Value(FreeName(model), shape) is var single ? (single, new([new(single, 0)])) : null;
        if (model.InputShape.Count > 0)
        {
            issues.Add(Issue.Create(IssueIds.InputMisused, model.Inputs[0].AttributeIndex, "The shape of the input stands in [GeneratedNetwork], and there are inputs by name: leave one of the two out"));
            return null;
        }

        List<GraphInput> inputs = [];
        long offset = 0;
        foreach (InputModel input in model.Inputs)
        {
            if (!LayerNames.IsValid(input.Name))
                return Misused(input, $"'{input.Name}' is no name of an input: write up to 256 letters, digits and _, starting with a letter");
            if (inputs.Exists(other => string.Equals(other.Value.Name, input.Name, System.StringComparison.OrdinalIgnoreCase)))
                return Misused(input, $"Two inputs are called '{input.Name}' (upper and lower case count as equal): give one of them another name");
            if (Checked(input.Shape, input.AttributeIndex, "shape", issues) is not { } shape)
                return null;
            inputs.Add(new(new Value(input.Name, shape), (int)offset));
            offset += shape.Count;
            if (offset > SizeLimits.MaximumWidth)
            {
                issues.Add(SizeLimits.TooLargeInput(new Shape((int)System.Math.Min(offset, int.MaxValue)), input.AttributeIndex));
                return null;
            }
        }

        // One input by name is as good as one without.
        return (inputs.Count == 1 ? inputs[0].Value : new Value(FreeName(model), new Shape((int)offset)), new(inputs));

        (Value, EquatableArray<GraphInput>)? Misused(InputModel input, string why)
        {
            issues.Add(Issue.Create(IssueIds.InputMisused, input.AttributeIndex, why));
            return null;
        }
    }

    /// <summary>"x", unless a layer took that name: what nobody named gives way.</summary>
    private static string FreeName(NetworkModel model)
    {
        HashSet<string> taken = new(model.Layers.Select(layer => LayerNames.Given(layer) ?? ""), System.StringComparer.OrdinalIgnoreCase);
        string name = NetworkGraph.InputName;
        while (taken.Contains(name))
            name += "_";
        return name;
    }

    private static Shape? Checked(EquatableArray<int> sizes, int attribute, string argument, List<Issue> issues)
    {
        if (sizes.Count == 0)
        {
            string hint = argument == "shape" ? ": say how many numbers it has: [Input(\"speed\", 3)]" : ": say how many inputs there are: [GeneratedNetwork(64)]";
            issues.Add(Issue.Create(IssueIds.NonPositiveSize, attribute, argument, hint));
            return null;
        }

        foreach (int size in sizes.Where(size => size <= 0))
        {
            issues.Add(Issue.Create(IssueIds.NonPositiveSize, attribute, argument, ", not " + size.ToString(CultureInfo.InvariantCulture)));
            return null;
        }

        Shape shape = new(sizes);
        if (shape.LongCount <= int.MaxValue)
            return shape;
        issues.Add(SizeLimits.TooLargeInput(shape, attribute));
        return null;
    }
}
