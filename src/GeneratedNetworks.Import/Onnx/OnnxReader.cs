using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Patterns;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Follows the value from the graph's input to its output, and turns each node on the way into steps of the layer chain.</summary>
internal sealed class OnnxReader(OnnxGraph graph)
{
    private const string OneChain = "a network must be one chain of operations";

    public ImportedModel Read(string format)
    {
        RefuseNoise();
        RefuseUnknown();
        OnnxChain chain = new(graph);
        string value = graph.Input.Name;
        while (value != graph.Output)
        {
            OnnxNode[] readers = [.. graph.Consumers(value)];
            try
            {
                value = Follow(chain, value, readers);
            }
            catch (ModelFileException exception) when (graph.Inputs.Count > 1 || IsLabel(readers))
            {
                throw Explain(exception, chain, value);
            }

            chain.Value(value);
        }

        return chain.Build(format);
    }

    private string Follow(OnnxChain chain, string value, OnnxNode[] readers)
    {
        if (ExpansionMatcher.TryMatch(graph, chain, value) is { } expansion)
        {
            expansion.Apply(chain);
            return expansion.Result;
        }

        if (TwoClassHead.TryMatch(graph, value) is { } head)
            return head.Apply(chain);
        if (DynamicQuantization.TryMatch(graph, value) is { } product)
            return product.Apply(chain);
        if (readers.Length == 0)
        {
            throw graph.Source.Error(
                $"nothing reads '{OnnxNode.Shorten(value)}', and the graph's output '{OnnxNode.Shorten(graph.Output)}' does not depend on its input.");
        }

        if (readers.Length > 1)
        {
            string listed = string.Join(" and ", readers.Take(4).Select(node => node.Description));
            throw graph.Source.Error($"the graph branches at '{OnnxNode.Shorten(value)}', which is read by {listed}; {OneChain}, apart from the known expansions of activations.");
        }

        return Step(readers[0], chain);
    }

    private static string Step(OnnxNode node, OnnxChain chain)
    {
        if (RandomOperators.GivesLabels(node.Operator))
            throw node.Error("it gives classes, and a network gives numbers");
        if (!OperatorTable.ByName.TryGetValue(node.Operator, out OnnxOperator? known))
            throw Unknown(node);
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

        if (chain.Quantized is not null && !known.TakesQuantized)
            throw node.Error($"it reads the quantized result of {chain.QuantizedBy}; only a DequantizeLinear or a quantized product may, or what moves elements alone");
        known.Read(node, chain);
        return node.Output;
    }

    private static ModelFileException Unknown(OnnxNode node) => node.Error($"this operator is not supported. Supported are {OperatorTable.Names}");

    private static bool IsLabel(OnnxNode[] readers) => readers.Length == 1 && RandomOperators.GivesLabels(readers[0].Operator);

    /// <summary>Names the value before the noise.</summary>
    private void RefuseNoise()
    {
        if (graph.Nodes.FirstOrDefault(node => RandomOperators.IsRandom(node.Operator)) is not { } random)
            return;
        string? before = RandomOperators.Before(graph.Nodes, name => graph.TryConstant(name) is not null);
        string problem = $"its output '{OnnxNode.Shorten(graph.Output)}' is random: {random.Description} draws numbers.";
        if (before is null || graph.Input.Name == before)
            throw graph.Source.Error(problem);
        OutputCandidate candidate = new(before, graph.Shapes.Text(before));
        throw new ModelFileException(graph.Source.Name, $"{problem} The value before the noise is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(before)}.")
        {
            Candidates = [candidate],
        };
    }

    /// <summary>An operator that nobody knows stands in the way wherever the chain breaks first, and is what helps to know.</summary>
    private void RefuseUnknown()
    {
        foreach (OnnxNode node in graph.Nodes)
        {
            bool isKnown = OperatorTable.ByName.ContainsKey(node.Operator) || RandomOperators.GivesLabels(node.Operator)
                || NodeExpression.Knows(node.Operator) || ConstantFolding.Knows(node.Operator) || DynamicQuantization.Knows(node.Operator);
            if (!isKnown)
                throw Unknown(node);
        }
    }

    /// <summary>Says up to where the graph is one chain, since that value can be asked for.</summary>
    private ModelFileException Explain(ModelFileException exception, OnnxChain chain, string value)
    {
        string inputs = graph.Inputs.Count < 2
            ? ""
            : $"its output '{OnnxNode.Shorten(graph.Output)}' needs the inputs {string.Join(" and ", graph.Inputs.Take(4).Select(input => $"'{OnnxNode.Shorten(input.Name)}'"))}, and a network has one: ";
        if (chain.IsAtInput || !chain.IsPlain)
            return graph.Source.Error(inputs + exception.Problem, exception);
        OutputCandidate candidate = new(value, chain.Shape.Text);
        return new ModelFileException(graph.Source.Name, $"{inputs}{exception.Problem} The value before it is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(value)}.", exception)
        {
            Candidates = [candidate],
        };
    }
}
