using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>What to do where a file's tensor has another shape than the parameter that it is for.</summary>
internal static class ShapeAdvice
{
    private const string OrRetrain = ", or, if the change is meant, delete the file and train again";

    /// <returns>The order of axes in which the tensor would fit; null where it fits in none.</returns>
    public static string? Order(ModelTensor tensor, ParameterBlock parameter, bool isOutIn)
    {
        bool wouldFit = parameter.IsWeight && tensor.Shape.Count == 2 && tensor.Shape.SequenceEqual(EmbeddedParameters.ShapeInFile(parameter, !isOutIn));
        return wouldFit ? $"; Order = WeightOrder.{(isOutIn ? WeightOrder.InOut : WeightOrder.OutIn)} would fit" : null;
    }

    /// <summary>Both shapes, the attribute that would fit, and what to do with a file of layers that are no more.</summary>
    public static string Of(NetworkGraph graph, ModelTensor tensor, ParameterBlock parameter, bool isOutIn)
    {
        string inFile = EmbeddedParameters.Describe(tensor.Shape);
        Node? node = graph.Nodes.FirstOrDefault(node => node.Layer.Name == parameter.Layer);
        if (node?.Layer is not DenseLayer dense || !parameter.IsWeight || tensor.Shape.Count != 2)
        {
            string here = EmbeddedParameters.Describe(EmbeddedParameters.ShapeInFile(parameter, isOutIn));
            return $"'{parameter.Layer}.{parameter.Kind}' is {here} here and {inFile} in the file: give the layer the file's size{OrRetrain}";
        }

        int inputs = parameter.Shape.Dimensions[0];
        int inputsInFile = tensor.Shape[isOutIn ? 1 : 0];
        int unitsInFile = tensor.Shape[isOutIn ? 0 : 1];
        string[] axes = [Count(inputs, "input"), Count(dense.Units, "unit")];
        string shape = string.Join(", ", isOutIn ? axes.Reverse() : axes);
        List<string> writes = [];
        if (inputsInFile != inputs)
            writes.Add(IsFirst(graph, node) ? $"[GeneratedNetwork({Text(inputsInFile)})]" : $"layers above it that give {Text(inputsInFile)} values");
        if (unitsInFile != dense.Units)
            writes.Add($"[Dense({Text(unitsInFile)}{ActivationOf(graph, node)})]");
        return $"'{dense.Name}' is [{shape}] here and {inFile} in the file: write {string.Join(" and ", writes)}{OrRetrain}";
    }

    /// <summary>Whether a layer reads the network's inputs as they come, in one dimension, so that their number alone decides.</summary>
    private static bool IsFirst(NetworkGraph graph, Node node) => node.Input == graph.Input && graph.Input.Shape.Dimensions.Count == 1;

    /// <summary>The activation that the layer's own attribute brings along, as an argument.</summary>
    private static string ActivationOf(NetworkGraph graph, Node node) =>
        graph.Nodes.FirstOrDefault(other => other.Layer is ActivationLayer && other.Layer.Name == node.Layer.Name)?.Layer is ActivationLayer activation
            ? $", Activation.{activation.Function}"
            : string.Empty;

    private static string Count(int count, string unit) => $"{Text(count)} {unit}{(count == 1 ? string.Empty : "s")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
