using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>
/// In a network with embedded parameters that is not trained, a batch normalization directly behind a layer with weights becomes a part of them:
/// W' = W·γ / √(v + ε) for each output, b' = β + (b − m)·γ / √(v + ε).
/// </summary>
/// <remarks>Only behind: one in front of a convolution would have to change the zeros around an image too.</remarks>
internal static class BatchNormFolding
{
    /// <summary>The same network without the normalizations that can go, or as it is.</summary>
    public static NetworkGraph Fold(NetworkGraph graph)
    {
        if (graph.Training is not null || graph.Embedded is not { } embedded || embedded.Tensors.Any(tensor => tensor.Tensor.Elements is null))
            return graph;
        foreach (Node norm in graph.Nodes.Where(node => node.Layer is BatchNormLayer).ToList())
        {
            Node? linear = graph.Nodes.FirstOrDefault(node => node.Outputs.Any(output => output.Name == norm.Input.Name) && node.Layer is DenseLayer or ConvLayer or DepthwiseLayer or ConvTransposeLayer);
            int readers = graph.Nodes.Count(node => node.Inputs.Any(input => input.Name == norm.Input.Name));
            bool isOutput = graph.Outputs.Any(output => output.Value.Name == norm.Output.Name || output.Value.Name == norm.Input.Name);
            if (linear is not null && readers == 1 && !isOutput)
                graph = Fold(graph, norm, linear);
        }

        return graph;
    }

    private static NetworkGraph Fold(NetworkGraph graph, Node norm, Node linear)
    {
        EmbeddedParameters embedded = graph.Embedded!;
        BatchNormLayer layer = (BatchNormLayer)norm.Layer;
        string name = linear.Layer.Name;
        double[] mean = Find(layer.Name, "mean")!, variance = Find(layer.Name, "variance")!;
        double[]? gamma = Find(layer.Name, "gamma"), beta = Find(layer.Name, "beta"), bias = Find(name, "bias");
        double[] weight = Find(name, "weight")!;
        double[] slope = [.. variance.Select((value, channel) => (gamma?[channel] ?? 1) / Math.Sqrt(value + layer.Epsilon))];
        int channels = slope.Length;

        // The outputs are the last axis of a weight; of a transposed convolution the last but one.
        int inner = linear.Layer is ConvTransposeLayer ? linear.Input.Shape.Columns : 1;
        double[] weights = [.. weight.Select((value, index) => value * slope[index / inner % channels])];
        double[] biases = [.. slope.Select((factor, channel) => (beta?[channel] ?? 0) + (((bias?[channel] ?? 0) - mean[channel]) * factor))];

        List<EmbeddedTensor> tensors = [];
        int offset = 0;
        foreach (EmbeddedTensor tensor in embedded.Tensors.Where(tensor => tensor.Parameter.Layer != layer.Name))
        {
            bool isOwn = tensor.Parameter.Layer == name;
            if (isOwn && tensor.Parameter.Kind == "bias")
                continue;
            Add(tensor.Parameter, isOwn ? null : tensor, weights);
            if (isOwn)
                Add(new ParameterBlock(name, "bias", ParameterRole.Bias, new Shape(channels), InitialValue.Zeros, tensor.Parameter.Frozen), null, biases);
        }

        Layer withBias = linear.Layer switch
        {
            DenseLayer dense => dense with { UseBias = true },
            ConvLayer convolution => convolution with { UseBias = true },
            DepthwiseLayer depthwise => depthwise with { UseBias = true },
            var other => (ConvTransposeLayer)other with { UseBias = true },
        };
        Dictionary<Node, Node> renamed = graph.Nodes.Where(node => node != norm).ToDictionary(node => node, node => node with
        {
            Layer = node == linear ? withBias : node.Layer,
            Inputs = new(node.Inputs.Select(Renamed)),
            Outputs = new(node.Outputs.Select(Renamed)),
        });
        string folded = $"{layer.Name} is folded into {name}";
        return graph with
        {
            Model = graph.Model with { Layers = DeclaredLayers.WithoutNorm(graph.Model.Layers, graph.Nodes, norm, linear) },
            Nodes = new(graph.Nodes.Where(node => node != norm).Select(node => renamed[node])),
            Outputs = new(graph.Outputs.Select(output => output with { Node = renamed[output.Node], Value = Renamed(output.Value) })),
            Parameters = new(tensors.Select(tensor => tensor.Parameter)),
            Embedded = embedded with { Tensors = new(tensors), Folded = embedded.Folded is null ? folded : embedded.Folded + ", " + folded },
        };

        double[]? Find(string of, string kind) => embedded.Tensors.FirstOrDefault(tensor => tensor.Parameter.Layer == of && tensor.Parameter.Kind == kind) is { } found ? [.. found.Values] : null;

        void Add(ParameterBlock parameter, EmbeddedTensor? same, double[] values)
        {
            ParameterBlock block = parameter with { Offset = offset };
            offset += block.Shape.Count;
            tensors.Add(same is null ? EmbeddedTensor.Of(block, values) : same with { Parameter = block });
        }

        Value Renamed(Value value) => value.Name == norm.Output.Name ? value with { Name = norm.Input.Name } : value;
    }
}
