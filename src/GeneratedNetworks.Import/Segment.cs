namespace GeneratedNetworks.Import;

/// <summary>Operations of which each reads the one before it and nothing else does: a part of the graph without a branch.</summary>
internal sealed class Segment(IReadOnlyList<GraphNode> inputs)
{
    private readonly List<GraphNode> _nodes = [];

    /// <summary>What its first operation reads: several values of a join.</summary>
    public IReadOnlyList<GraphNode> Inputs { get; } = inputs;

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>What they became.</summary>
    public IReadOnlyList<FoldedStep> Steps { get; set; } = [];

    /// <summary>What reads its last value; none of an output.</summary>
    public List<GraphNode> Readers { get; } = [];

    /// <summary>Whether a layer with weights stands before it.</summary>
    public bool IsBehindWeights { get; private init; }

    public GraphNode Last => _nodes[^1];

    /// <summary>Divides a graph; the segments stand in an order in which they can be computed.</summary>
    /// <param name="nodes">All operations, in order.</param>
    /// <param name="outputs">Those whose results the network gives.</param>
    public static List<Segment> Of(IEnumerable<GraphNode> nodes, IReadOnlyCollection<GraphNode> outputs)
    {
        GraphNode[] all = [.. nodes];
        ILookup<GraphNode, GraphNode> readers = all.SelectMany(node => node.Inputs.Select(input => (Input: input, Reader: node))).ToLookup(pair => pair.Input, pair => pair.Reader);
        Dictionary<GraphNode, Segment> endsIn = [];
        HashSet<GraphNode> behindWeights = [];
        List<Segment> segments = [];
        foreach (GraphNode node in all)
        {
            if (node.Step is AffineStep or RecurrentStep or EmbeddingStep || node.Inputs.Any(behindWeights.Contains))
                behindWeights.Add(node);
            if (node.Step is InputStep)
                continue;
            GraphNode? before = node.Inputs.Count == 1 ? node.Inputs[0] : null;
            bool continues = before is not null && endsIn.ContainsKey(before) && readers[before].Count() == 1 && !outputs.Contains(before);
            Segment segment;
            if (continues)
            {
                segment = endsIn[before!];
                endsIn.Remove(before!);
            }
            else
            {
                segment = new Segment(node.Inputs) { IsBehindWeights = node.Inputs.Any(behindWeights.Contains) };
                segments.Add(segment);
            }

            segment._nodes.Add(node);
            endsIn.Add(node, segment);
        }

        foreach (Segment segment in segments)
            segment.Readers.AddRange(readers[segment.Last]);
        return segments;
    }
}
