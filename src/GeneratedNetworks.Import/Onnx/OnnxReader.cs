using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Patterns;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Follows the value from the graph's input to its output, and turns each node on the way into steps of the layer chain.</summary>
internal sealed class OnnxReader(OnnxGraph graph, bool rowsAreSamples)
{
    public ImportedModel Read(string format)
    {
        OnnxChain chain = new(graph, rowsAreSamples);
        string value = graph.Input.Name;
        while (true)
        {
            ShapeNodes.Fold(graph, chain, value);
            OnnxNode[] next = [.. graph.Consumers(value).Where(node => node.Operator != ShapeNodes.Operator)];
            if (value == graph.Output)
                return next.Length == 0
                    ? chain.Build(format)
                    : throw next[0].Error($"it reads '{OnnxNode.Shorten(value)}', the output of the graph; {OneChain}");
            if (ExpansionMatcher.TryMatch(graph, chain, value) is { } expansion)
            {
                expansion.Apply(chain);
                value = expansion.Result;
                continue;
            }

            if (next.Length == 0)
            {
                throw graph.Source.Error(
                    $"nothing reads '{OnnxNode.Shorten(value)}', "
                    + $"and the graph's output '{OnnxNode.Shorten(graph.Output)}' does not depend on its input.");
            }

            if (next.Length > 1)
            {
                string readers = string.Join(" and ", next.Take(4).Select(node => node.Description));
                throw graph.Source.Error(
                    $"the graph branches at '{OnnxNode.Shorten(value)}', which is read by {readers}; "
                    + $"{OneChain}, apart from the known expansions of activations.");
            }

            value = Step(next[0], chain);
        }
    }

    private const string OneChain = "a network must be one chain of operations";

    private static string Step(OnnxNode node, OnnxChain chain)
    {
        if (!OperatorTable.ByName.TryGetValue(node.Operator, out OnnxOperator? known))
            throw node.Error($"this operator is not supported. Supported are {OperatorTable.Names}");
        for (int i = 1; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0 && node.Graph.IsLive(node.Outputs[i]))
                throw node.Error($"its output {i}, '{OnnxNode.Shorten(node.Outputs[i])}', is used; {OneChain}");
        }

        if (chain.IsInteger && !known.TakesIntegers)
        {
            throw node.Error(
                "it computes with whole numbers, which a network does not; only a Cast or DequantizeLinear may read an input of whole numbers");
        }

        known.Read(node, chain);
        return node.Output;
    }
}
