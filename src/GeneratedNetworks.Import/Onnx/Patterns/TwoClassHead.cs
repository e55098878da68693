namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>The probabilities of two classes from that of one: Concat(1 − p, p) or Concat(p, 1 − p), as scikit-learn's classifiers are written.</summary>
/// <param name="Node">The Concat.</param>
/// <param name="ComplementFirst">Whether 1 − p comes first.</param>
internal sealed record TwoClassHead(OnnxNode Node, bool ComplementFirst)
{
    public static TwoClassHead? TryMatch(OnnxGraph graph, string value)
    {
        if (graph.Consumers(value) is not [{ } first, { } second])
            return null;
        (OnnxNode complement, OnnxNode joined) = first.Operator == "Concat" ? (second, first) : (first, second);
        bool isComplement = complement is { Operator: "Sub", Inputs.Count: 2, Outputs.Count: 1 } && complement.Inputs[1] == value
            && complement.TryConstant(0) is { Values: [1] };
        bool isJoined = isComplement && joined is { Operator: "Concat", Inputs.Count: 2 } && graph.Consumers(complement.Output).Count == 1
            && joined.Inputs.Contains(value) && joined.Inputs.Contains(complement.Output);
        return isJoined ? new TwoClassHead(joined, joined.Inputs[0] == complement.Output) : null;
    }

    public string Apply(OnnxChain chain)
    {
        Node.AllowAttributes("axis");
        if (chain.Shape.Axis(Node, Node.Int("axis", 1)) != chain.Shape.Rank - 1 || chain.Shape.Sample is not [1])
            throw Node.Error($"it joins a value of shape {chain.Shape.Text} and its complement; one probability a sample is supported");
        chain.TwoClasses(Node, ComplementFirst);
        return Node.Output;
    }
}
