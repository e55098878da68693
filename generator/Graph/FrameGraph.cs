using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The same network over a single frame: what a stream runs for each, with the memory of those before.</summary>
internal static class FrameGraph
{
    /// <summary>Null where the network does not stream, or when <paramref name="issues"/> received an error.</summary>
    public static NetworkGraph? Of(NetworkGraph graph, List<Issue> issues)
    {
        return graph.Model.Streaming ? Create(graph, issues) : null;
    }

    /// <summary>The steps of a network in which a sequence may end before its window does.</summary>
    public static int LengthStepsOf(NetworkGraph graph)
    {
        if (!graph.Nodes.Any(node => node.Layer is RecurrentLayer) || graph.BatchNorms.Any())
            return 0;
        List<Issue> issues = [];
        return Create(graph, issues) is null ? 0 : graph.Inputs[0].Value.Shape.Dimensions[0];
    }

    private static NetworkGraph? Create(NetworkGraph graph, List<Issue> issues)
    {
        int steps = graph.Inputs[0].Value.Shape.Dimensions[0];
        foreach (GraphInput input in graph.Inputs)
        {
            bool isEmbedded = graph.Nodes.Where(node => node.Inputs.Contains(input.Value)).All(node => node.Layer is EmbeddingLayer);
            Shape shape = input.Value.Shape;
            if ((shape.Dimensions.Count < 2 && !isEmbedded) || shape.Dimensions[0] != steps)
            {
                string why = shape.Dimensions.Count < 2 && !isEmbedded ? $"is {shape}, without an axis of time" : $"has {Text(shape.Dimensions[0])} steps, and '{graph.Inputs[0].Value.Name}' has {Text(steps)}";
                issues.Add(Issue.Create(IssueIds.NotStreaming, graph.Model.AttributeIndex, $"the input '{input.Value.Name}'", why + ": a stream takes inputs of the shape [time, features], all of the same time"));
                return null;
            }
        }

        HashSet<string> timed = new(graph.Inputs.Select(input => input.Value.Name), StringComparer.Ordinal);
        Dictionary<string, Value> values = graph.Inputs.ToDictionary(input => input.Value.Name, input => input.Value with { Shape = FrameOf(input.Value.Shape) }, StringComparer.Ordinal);
        List<Node> nodes = [];
        foreach (Node node in graph.Nodes)
        {
            Layer layer = node.Layer;
            if (node.Inputs.Any(input => timed.Contains(input.Name)))
            {
                StreamRule rule = layer.InStream([.. node.Inputs.Select(input => input.Shape)]);
                int given = node.Outputs[0].Shape.Dimensions[0];
                string? fault = rule.Fault ?? (rule.KeepsTime && layer is not FrameLayer && given != steps
                    ? $"gives {Text(given)} steps of {Text(steps)}, and each frame has to give one: write Padding = Padding.Causal"
                    : null);
                if (fault is not null)
                {
                    issues.Add(Issue.Create(IssueIds.NotStreaming, node.AttributeIndex, $"'{layer.Name}'", fault));
                    return null;
                }

                layer = layer.OfFrame();
                if (rule.KeepsTime)
                    timed.UnionWith(node.Outputs.Select(output => output.Name));
                else
                    timed.ExceptWith(node.Outputs.Select(output => output.Name));
            }

            Value[] inputs = [.. node.Inputs.Select(input => values[input.Name])];
            IReadOnlyList<Shape> shapes = layer.InferShapes([.. inputs.Select(input => input.Shape)]);
            Value[] outputs = [.. node.Outputs.Select((output, number) => output with { Shape = shapes[number] })];
            foreach (Value output in outputs)
                values[output.Name] = output;
            nodes.Add(node with { Layer = layer, Inputs = new(inputs), Outputs = new(outputs) });
        }

        List<GraphInput> parts = [];
        foreach (GraphInput input in graph.Inputs)
            parts.Add(new(values[input.Value.Name], parts.Sum(part => part.Value.Shape.Count)));
        List<GraphOutput> results = [];
        foreach (GraphOutput output in graph.Outputs)
            results.Add(output with { Value = values[output.Value.Name], Offset = results.Sum(result => result.Value.Shape.Count), Node = nodes.First(node => node.Outputs.Any(value => value.Name == output.Node.Output.Name) && node.Layer.Name == output.Node.Layer.Name && node.Layer is not ShapeLayer) });
        Value row = graph.Inputs.Count == 1 ? parts[0].Value : graph.Input with { Shape = new(parts.Sum(part => part.Value.Shape.Count)) };
        return graph with { Input = row, Nodes = new(nodes), Inputs = new(parts), Outputs = new(results), Training = null, Frame = null };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Shape FrameOf(Shape shape) => new(new EquatableArray<int>(shape.Dimensions.Skip(1).Prepend(1)));
}
