using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>A part of the graph that computes one activation.</summary>
/// <param name="Result">The value that it ends in.</param>
/// <param name="Function">What it computes.</param>
/// <param name="Factor">By what the function is multiplied.</param>
/// <param name="Node">Its last node, for names and messages.</param>
internal sealed record Expansion(string Result, Activation Function, double Factor, OnnxNode Node)
{
    public void Apply(OnnxChain chain)
    {
        chain.Activate(Node, Function);
        chain.Scale(Node, Factor, 0);
    }
}

/// <summary>
/// Finds an activation written in simpler operators: walks the nodes behind a value in order, keeps their formulas, and looks the formula up wherever
/// all
/// branches have come together again. The longest part that matches is taken.
/// </summary>
internal static class ExpansionMatcher
{
    private const int MostNodes = 64;

    // Of all formulas of a file: large graphs without expansions need some millions.
    private const long MostCharacters = 100_000_000;

    public static Expansion? TryMatch(OnnxGraph graph, OnnxChain chain, string value)
    {
        // Behind a node that only passes the value on, it begins anew; otherwise long rows of them would be walked from each.
        if (chain.IsInteger || chain.Quantized is not null || graph.Consumers(value) is [{ Operator: "Identity" }])
            return null;
        Expansion? best = null;
        Dictionary<string, Expression> formulas = new(StringComparer.Ordinal) { [value] = Expression.X };
        SortedDictionary<int, OnnxNode> waiting = [];
        Dictionary<string, int> unread = new(StringComparer.Ordinal);
        if (!Open(value))
            return null;
        for (int count = 0; count < MostNodes && waiting.Count > 0; count++)
        {
            OnnxNode node = waiting.First().Value;
            waiting.Remove(node.Index);
            if (NodeExpression.Of(node, chain, input => Formula(node, input)) is not { IsTooLong: false } formula)
                break;
            foreach (string input in node.Inputs.Distinct())
            {
                if (unread.TryGetValue(input, out int readers) && (unread[input] = readers - 1) == 0)
                    unread.Remove(input);
            }

            if ((graph.FormulaCharacters += formula.Text.Length) > MostCharacters)
                break;
            string result = node.Output;
            formulas[result] = formula;
            bool isEnd = unread.Count == 0;
            bool isExpanded = count > 0 || !OperatorTable.ByName.ContainsKey(node.Operator);
            if (isEnd && isExpanded && Expansions.ByKernel.TryGetValue(formula.Kernel, out (Activation Function, double Factor) known))
                best = new Expansion(result, known.Function, Ratio(formula.Factor, known.Factor), node);
            if (graph.Outputs.Contains(result) || !Open(result))
                break;
        }

        return best;

        // False where something else than nodes of an expansion could read the value.
        bool Open(string name)
        {
            if (graph.Consumers(name).Count > MostNodes)
                return false;
            IReadOnlyList<OnnxNode> readers = graph.Consumers(name);
            if (readers.Count == 0)
                return false;
            foreach (OnnxNode reader in readers)
                waiting[reader.Index] = reader;
            unread[name] = readers.Count;
            return true;
        }

        Expression? Formula(OnnxNode node, int input)
        {
            if (formulas.TryGetValue(node.Inputs[input], out Expression? formula))
                return formula;

            // More axes than the value has would give the result more axes.
            return node.TryConstant(input) is { Values: [double number] } constant && constant.IsFloat && constant.Shape.Length <= chain.Shape.Rank ? number : null;
        }
    }

    // Files write the constants of an activation with 7 digits or more; what is left beside 1 is their rounding.
    private static double Ratio(double found, double expected) => Math.Abs((found / expected) - 1) < 1e-5 ? 1 : found / expected;
}
