using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The values that the caller gets, and what they are trained by.</summary>
internal static class GraphOutputs
{
    /// <param name="model">The declaration.</param>
    /// <param name="nodes">All layers, of which the last one's output is the network's where none is declared.</param>
    /// <param name="issues">Receives what is wrong.</param>
    public static EquatableArray<GraphOutput> Of(NetworkModel model, IReadOnlyList<Node> nodes, List<Issue> issues)
    {
        if (model.Outputs.Count == 0)
        {
            if (nodes.Count == 0)
                return default;
            if (model.Training is { Loss: null } training)
                issues.Add(Issue.Create(IssueIds.OutputMisused, training.AttributeIndex, "[Training] has no loss, and no [Output] has one: write the loss, such as [Training(Loss.MeanSquaredError)]"));
            Node last = nodes[nodes.Count - 1];
            return new([new(last.Output, 0, Producer(last, nodes)) { Loss = LossOf(model.Training?.Loss, model.Training?.AttributeIndex ?? -1, issues) }]);
        }

        List<GraphOutput> outputs = [];
        int offset = 0;
        foreach (OutputModel declared in model.Outputs)
        {
            if (nodes.LastOrDefault(node => node.Layer.Name == declared.Name) is not { } node)
            {
                string[] names = [.. nodes.Select(other => other.Layer.Name).Distinct()];
                string meant = Spelling.Nearest(declared.Name, names) is { } near ? $"'{near}' may be meant" : $"there are {NameList.Of(names)}";
                Report(declared, $"[Output] names '{declared.Name}', and no layer is called so: {meant}");
                continue;
            }

            if (outputs.Exists(other => other.Value.Name == node.Output.Name))
            {
                Report(declared, $"'{declared.Name}' is an output twice: remove one of them");
                continue;
            }

            if (!(declared.Weight > 0) || double.IsInfinity(declared.Weight))
                Report(declared, $"Weight must be positive and finite, not {declared.Weight.ToString("R", CultureInfo.InvariantCulture)}");
            if (declared.Loss is null && model.Training is { Loss: null })
                Report(declared, $"'{declared.Name}' has no loss, and [Training] has none: write one, such as [Output(\"{declared.Name}\", Loss.MeanSquaredError)]");
            if (declared.Loss is not null && model.Training is { Loss: not null })
                Report(declared, $"'{declared.Name}' has a loss, and [Training] has one: leave one of the two out");
            Loss? loss = LossOf(model.Training is null ? null : declared.Loss ?? model.Training.Loss, declared.Loss is null ? model.Training?.AttributeIndex ?? -1 : declared.AttributeIndex, issues);
            outputs.Add(new(node.Output, offset, Producer(node, nodes)) { Loss = loss, Weight = declared.Weight });
            offset += node.Output.Shape.Count;
        }

        return new(outputs);

        void Report(OutputModel output, string why) => issues.Add(Issue.Create(IssueIds.OutputMisused, output.AttributeIndex, why));
    }

    /// <summary>The node that computes a value which a new shape may be seen of.</summary>
    private static Node Producer(Node node, IReadOnlyList<Node> nodes) =>
        nodes.LastOrDefault(other => other.Layer is not Layers.ShapeLayer && other.Outputs.Any(output => output.Name == node.Output.Name)) ?? node;

    private static Loss? LossOf(int? loss, int attribute, List<Issue> issues)
    {
        if (loss is not { } value)
            return null;
        if (Enum.IsDefined(typeof(Loss), value))
            return (Loss)value;
        issues.Add(Issue.Create(IssueIds.UnknownEnumValue, attribute, nameof(Loss), value.ToString(CultureInfo.InvariantCulture)));
        return null;
    }
}
