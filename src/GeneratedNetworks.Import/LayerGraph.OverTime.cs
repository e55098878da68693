namespace GeneratedNetworks.Import;

/// <content>A file that computes one frame of a stream becomes the network of many.</content>
public sealed partial class LayerGraph
{
    /// <summary>
    /// The same operations on every frame of a window, the axis of time being the first of each value: recurrent layers, of one step so far, go through all of
    /// them.
    /// </summary>
    /// <param name="outputs">Each output, and the path that ends in it.</param>
    /// <param name="steps">Frames of a window.</param>
    internal (LayerGraph Graph, IReadOnlyList<(string? Name, LayerChain Value)> Outputs) OverTime(IReadOnlyList<(string? Name, LayerChain Value)> outputs, int steps)
    {
        LayerGraph graph = new(Source) { _inferenceOnly = _inferenceOnly };
        graph._notes.AddRange(_notes);
        bool[] isNeeded = Needed(outputs.Select(output => output.Value.Node));
        ILookup<GraphNode, GraphNode> readers = _nodes.SelectMany(node => node.Inputs.Select(input => (Input: input, Reader: node))).ToLookup(pair => pair.Input, pair => pair.Reader);
        Dictionary<GraphNode, LayerChain> paths = [];
        Dictionary<(GraphNode, string), LayerChain> recurrent = [];
        foreach (GraphNode input in _inputs)
        {
            bool isTable = input.Size == 1 && readers[input].Any() && readers[input].All(reader => reader.Step is EmbeddingStep);
            paths[input] = graph.Input(input.Step.Name, isTable ? [steps] : OverTime(input.Shape, steps));
        }

        foreach (GraphNode node in _nodes.Where(node => isNeeded[node.Index] && node.Step is not InputStep))
        {
            LayerChain before = paths[node.Inputs[0]];
            int[] shape = OverTime(node.Shape, steps);
            switch (node.Step)
            {
                case JoinStep join:
                    paths[node] = LayerChain.Join(join.Kind, join.Name, [.. node.Inputs.Select(input => paths[input])]);
                    break;

                // All states and the last one are the same of one step.
                case RecurrentStep { Origin: { } origin } when recurrent.TryGetValue((before.Node, origin), out LayerChain? known):
                    paths[node] = known.Branch();
                    break;
                case RecurrentStep step:
                    paths[node] = Added(before, step with { ReturnSequences = true }, shape);
                    if (step.Origin is { } weights)
                        recurrent[(before.Node, weights)] = paths[node];
                    break;
                default:
                    paths[node] = OverTime(node, before.Branch(), shape);
                    break;
            }
        }

        foreach (NamedNode value in _values.Where(value => paths.ContainsKey(value.Node)))
            graph.Name(value.Name, paths[value.Node].Node);
        return (graph, [.. outputs.Select(output => (output.Name, paths[output.Value.Node]))]);
    }

    private LayerChain OverTime(GraphNode node, LayerChain before, int[] shape)
    {
        int steps = shape[0];
        switch (node.Step)
        {
            case DenseStep { PerStep: false } dense:
                before.Reshape(null, [steps, before.Size / steps]);
                return Added(before, dense with { PerStep = true }, [steps, dense.Units]);
            case ReshapeStep reshape:
                before.Reshape(reshape.Name, shape);
                return before;
            case ScaleStep { Factors.Length: > 1 } scale when scale.Factors.Length != shape[^1]:
                before.Reshape(null, [steps, before.Size / steps]);
                LayerChain scaled = Added(before, scale, [.. before.Shape]);
                scaled.Reshape(null, shape);
                return scaled;
            case LayerNormStep norm:
                int axes = Math.Min(norm.LastAxes, shape.Length - 1);
                return Added(before, norm with { LastAxes = axes, Extents = [.. shape.TakeLast(axes)] }, shape);
            case DenseStep or EmbeddingStep or ScaleStep or ActivationStep or ClipStep or DropoutStep or PReluStep or BatchNormStep or NormalizeStep:
                return Added(before, node.Step, shape);
            default:
                throw Source.Error($"{LayerChain.Describe(node.Step.Name)}: the file computes one frame of a stream, and a window that slides inside of a frame is a layer that no stream has.");
        }
    }

    private static LayerChain Added(LayerChain before, Step step, IReadOnlyList<int> shape) =>
        new(before.Graph, before.Graph.Add(step, [before.Node], LayerChain.Check(before.Graph.Source, shape)));

    // Axes of 1 in front are what the file made of its one step.
    private static int[] OverTime(IReadOnlyList<int> shape, int steps)
    {
        int front = 0;
        while (front < shape.Count - 1 && shape[front] == 1)
            front++;
        return [steps, .. shape.Skip(front)];
    }
}
