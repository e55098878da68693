using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>
/// In a static class, where nothing can be trained or replaced, a normalizer in front of the first product becomes a part of its weights:
/// W' = W / deviation, b' = b − mean / deviation · W.
/// </summary>
/// <remarks>
/// Only where the numbers stay what they are. The folded product adds up terms of x, which are larger than those of (x − mean) / deviation by |mean| / deviation,
/// and what rounding takes from them stays behind when they cancel: that ratio is held small. A limit on the normalized values, or a product without a bias,
/// leaves no room for it.
/// </remarks>
internal static class NormalizerFolding
{
    /// <summary>The largest |mean| / deviation of a feature: terms grow at most so much, and errors with them.</summary>
    private const double LargestRatio = 4;

    /// <summary>Deviations beyond these would bring weights near the ends of single precision.</summary>
    private const double LeastDeviation = 1e-6, LargestDeviation = 1e6;

    /// <summary>The same network without the normalizer, or as it is.</summary>
    public static NetworkGraph Fold(NetworkGraph graph)
    {
        if (!graph.Model.Type.IsStatic || graph.Embedded is not { } embedded || embedded.Tensors.Any(tensor => tensor.Tensor.Elements is null))
            return graph;
        Node[] operations = [.. graph.Operations.Take(2)];
        if (operations.Length < 2 || operations[0].Layer is not NormalizeLayer normalizer || operations[1].Layer is not DenseLayer { UseBias: true } dense)
            return graph;
        string normalized = operations[0].Output.Name;
        bool isReadByOne = graph.Operations.Count(node => node.Inputs.Any(input => input.Name == normalized)) == 1;
        if (operations[1].Input.Name != normalized || !isReadByOne || graph.Outputs.Any(output => output.Value.Name == normalized))
            return graph;
        double[] mean = Values(embedded, normalizer, "mean"), deviation = Values(embedded, normalizer, "deviation");
        for (int i = 0; i < mean.Length; i++)
        {
            if (!(deviation[i] >= LeastDeviation && deviation[i] <= LargestDeviation && Math.Abs(mean[i]) / deviation[i] <= LargestRatio))
                return graph;
        }

        EmbeddedTensor weight = Find(embedded, dense, "weight"), bias = Find(embedded, dense, "bias");
        double[] weights = [.. weight.Values], biases = [.. bias.Values];
        for (int i = 0; i < weights.Length; i++)
        {
            int feature = i / biases.Length % mean.Length;
            weights[i] /= deviation[feature];
            biases[i % biases.Length] -= mean[feature] * weights[i];
        }

        List<ParameterBlock> parameters = [];
        List<EmbeddedTensor> tensors = [];
        int offset = 0;
        foreach (EmbeddedTensor tensor in embedded.Tensors.Where(tensor => tensor.Parameter.Layer != normalizer.Name))
        {
            ParameterBlock block = tensor.Parameter with { Offset = offset };
            offset += block.Shape.Count;
            parameters.Add(block);
            tensors.Add(tensor == weight ? EmbeddedTensor.Of(block, weights) : tensor == bias ? EmbeddedTensor.Of(block, biases) : tensor with { Parameter = block });
        }

        // What reads the normalized value reads the input, in whatever shape.
        string from = operations[0].Output.Name, to = operations[0].Input.Name;
        IEnumerable<Node> nodes = graph.Nodes.Where(node => node != operations[0]).Select(node => node with
        {
            Inputs = new(node.Inputs.Select(Renamed)),
            Outputs = new(node.Outputs.Select(Renamed)),
        });
        int layer = graph.Model.Layers.ToList().FindIndex(declared => declared.Attribute == "Normalize");
        return graph with
        {
            Model = graph.Model with { Layers = new(graph.Model.Layers.Where((_, index) => index != layer)) },
            Nodes = new(nodes),
            Parameters = new(parameters),
            Embedded = embedded with { Tensors = new(tensors), Folded = string.Join(", ", new[] { embedded.Folded, $"{normalizer.Name} is folded into {dense.Name}" }.Where(text => text is not null)) },
        };

        Value Renamed(Value value) => value.Name == from ? value with { Name = to } : value;
    }

    private static double[] Values(EmbeddedParameters embedded, Layer layer, string kind) => [.. Find(embedded, layer, kind).Values];

    private static EmbeddedTensor Find(EmbeddedParameters embedded, Layer layer, string kind) =>
        embedded.Tensors.First(tensor => tensor.Parameter.Layer == layer.Name && tensor.Parameter.Kind == kind);
}
