using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Functions;
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
            if (layer is ActivationLayer { Function: Activation.Softmax or Activation.LogSoftmax } softmax && !isLast)
                issues.Add(Issue.Create(IssueIds.SoftmaxBeforeOutput, attribute, softmax.Function.ToString(), softmax.Name));
            if (layer is DropoutLayer && isLast)
                issues.Add(Issue.Create(IssueIds.DropoutLast, attribute));
        }
    }

    public static void CheckTraining(NetworkModel model, List<(Layer Layer, int Attribute)> layers, TrainingSpec training, List<Issue> issues)
    {
        int attribute = model.Training!.AttributeIndex;
        if (layers.Count == 0)
            return;
        Activation output = layers[layers.Count - 1].Layer is ActivationLayer layer ? layer.Function : Activation.Identity;
        LossFunction loss = LossFunction.Of(training.Loss);
        if (!loss.Fits(output))
        {
            string needed = string.Join(" or ", loss.Outputs);
            issues.Add(Issue.Create(IssueIds.LossNeedsActivation, attribute, loss.Name, needed, output.ToString()));
        }

        if (!layers.Any(candidate => candidate.Layer.IsTrainable))
            issues.Add(Issue.Create(IssueIds.AllFrozen, attribute, model.Type.Name));
    }
}
