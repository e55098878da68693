using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What may follow what, and which loss fits which output.</summary>
internal static class LayerRules
{
    public static void Check(IReadOnlyList<Node> nodes, EquatableArray<GraphInput> inputs, EquatableArray<GraphOutput> outputs, List<Issue> issues)
    {
        foreach (Node node in nodes)
        {
            if (node.Layer.ReadsNumbers && !inputs.Any(input => input.Value.Name == node.Input.Name))
                issues.Add(Issue.Create(IssueIds.ShapesDoNotFit, node.AttributeIndex, node.Layer.Name, "reads numbers of rows, which only an input holds: put it first, or name an input in From"));
            bool isOutput = outputs.Any(output => output.Node == node), isRead = nodes.Any(other => other.Layer is not ShapeLayer && other.Inputs.Any(input => input.Name == node.Output.Name));
            if (node.Layer.OnlyAsOutput && (!isOutput || isRead))
                issues.Add(Issue.Create(IssueIds.SoftmaxBeforeOutput, node.AttributeIndex, node.Layer.Kind, node.Layer.Name));
            if (node.Layer.FaultAsOutput is { } fault && isOutput)
                issues.Add(Issue.Create(fault, node.AttributeIndex));
        }
    }

    /// <summary>What works, and is hardly what was meant.</summary>
    public static IEnumerable<Issue> Notes(NetworkGraph graph)
    {
        if (ProfileChoice.NoteOn(graph.Model) is { } profile)
            yield return profile;
        if (FunctionCheck.NoteOn(graph) is { } functions)
            yield return functions;
        if (SquareWeights.NoteOn(graph) is { } order)
            yield return order;
        foreach (Node node in graph.Nodes.Where(node => node.Layer is DenseLayer { PerStep: false } && node.Input.Shape.Rows > 1))
        {
            // A new shape between the two has another shape, and says what is meant.
            Node? above = graph.Nodes.FirstOrDefault(other => other.Outputs.Contains(node.Input));
            if (above is not null && graph.Nodes.Any(other => other.Layer.Name == above.Layer.Name && other.Layer.ReturnsSteps))
                yield return Issue.Create(IssueIds.FlattensSteps, node.AttributeIndex, node.Layer.Name, node.Input.Shape.Rows.ToString(CultureInfo.InvariantCulture), above.Layer.Name);
        }

        foreach (GraphOutput output in graph.Outputs.Where(output => output.Function is Activation.Softmax or Activation.LogSoftmax && output.Value.Shape.Columns == 1))
            yield return Issue.Create(IssueIds.SoftmaxOfOneOutput, output.Node.AttributeIndex, output.Function.ToString(), output.Function == Activation.Softmax ? "1" : "0");
    }

    public static void CheckTraining(
        NetworkModel model, List<(Layer Layer, int Attribute)> layers, EquatableArray<GraphOutput> outputs, bool hasParameters, List<Issue> issues)
    {
        int attribute = model.Training!.AttributeIndex;
        if (model.Layers.Count == 0)
            return;
        foreach (GraphOutput output in outputs.Where(output => output.Loss is not null))
        {
            LossFunction loss = LossFunction.Of(output.Loss!.Value);
            if (loss.Fits(output.Function))
                continue;
            int declared = model.Outputs.Where(other => other.Loss is not null && other.Name == output.Node.Layer.Name).Select(other => (int?)other.AttributeIndex).FirstOrDefault() ?? attribute;
            issues.Add(Issue.Create(IssueIds.LossNeedsActivation, declared, loss.Name, string.Join(" or ", loss.Outputs), output.Function.ToString(), Remedy(loss, output.Function, model)));
        }

        if (layers.Any(candidate => candidate.Layer.IsTrainable))
            return;
        string why = hasParameters
            ? "every layer that has parameters is frozen: remove Frozen from one, or remove [Training]"
            : "none of its layers has parameters: add a layer such as [Dense(1)], or remove [Training]";
        issues.Add(Issue.Create(IssueIds.AllFrozen, attribute, model.Type.Name, why));
    }

    /// <summary>Another loss where one is made for this output, otherwise the output that this loss is made for.</summary>
    private static string Remedy(LossFunction loss, Activation output, NetworkModel model)
    {
        string needed = $"Activation.{loss.Outputs[0]}";
        string activation = model.Architecture is null ? $"write {needed} on the last layer"
            : output == Activation.Identity && model.Outputs.Count == 0 ? $"write [Activation({needed})] below [GeneratedNetwork], which then stands behind the file's last layer"
            : $"let 'gennet import' write the layers of '{model.Architecture.Path}' as attributes, and {needed} on the last of them";
        LossFunction? other = LossFunction.All.FirstOrDefault(candidate => candidate.Outputs.Contains(output));
        return other is null ? activation + ", or take another loss" : $"write Loss.{other.Name} for that output, or {activation}";
    }
}
