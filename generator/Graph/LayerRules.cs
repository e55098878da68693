using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What may follow what, and which loss fits which output.</summary>
internal static class LayerRules
{
    public static void Check(NetworkModel model, List<(Layer Layer, int Attribute)> layers, List<Issue> issues)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            bool isLast = i == layers.Count - 1;
            (Layer layer, int attribute) = layers[i];
            if (layer.OnlyAsOutput && !isLast)
                issues.Add(Issue.Create(IssueIds.SoftmaxBeforeOutput, attribute, layer.Kind, layer.Name));
            if (layer.FaultAsOutput is { } fault && isLast)
                issues.Add(Issue.Create(fault, attribute));
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
        if (graph.OutputActivation is Activation.Softmax or Activation.LogSoftmax && graph.Output.Shape.Count == 1)
        {
            string constant = graph.OutputActivation == Activation.Softmax ? "1" : "0";
            int attribute = graph.Operations.Last().AttributeIndex;
            yield return Issue.Create(IssueIds.SoftmaxOfOneOutput, attribute, graph.OutputActivation.ToString(), constant);
        }
    }

    public static void CheckTraining(
        NetworkModel model, List<(Layer Layer, int Attribute)> layers, bool hasParameters, TrainingSpec training, List<Issue> issues)
    {
        int attribute = model.Training!.AttributeIndex;
        if (model.Layers.Count == 0)
            return;
        Activation output = layers.LastOrDefault().Layer is ActivationLayer layer ? layer.Function : Activation.Identity;
        LossFunction loss = LossFunction.Of(training.Loss);
        if (!loss.Fits(output))
        {
            string needed = string.Join(" or ", loss.Outputs);
            issues.Add(Issue.Create(IssueIds.LossNeedsActivation, attribute, loss.Name, needed, output.ToString(), Remedy(loss, output)));
        }

        if (layers.Any(candidate => candidate.Layer.IsTrainable))
            return;
        string why = hasParameters
            ? "every layer that has parameters is frozen: remove Frozen from one, or remove [Training]"
            : "none of its layers has parameters: add a layer such as [Dense(1)], or remove [Training]";
        issues.Add(Issue.Create(IssueIds.AllFrozen, attribute, model.Type.Name, why));
    }

    /// <summary>Another loss where one is made for this output, otherwise the output that this loss is made for.</summary>
    private static string Remedy(LossFunction loss, Activation output)
    {
        string activation = $"write Activation.{loss.Outputs[0]} on the last layer";
        LossFunction? other = LossFunction.All.FirstOrDefault(candidate => candidate.Outputs.Contains(output));
        return other is null ? activation + ", or take another loss" : $"write Loss.{other.Name} for that output, or {activation}";
    }
}
