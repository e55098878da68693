namespace GeneratedNetworks.Import;

/// <content>Another order of elements, which a dense layer before them can give.</content>
public sealed partial class LayerChain
{
    /// <summary>
    /// Makes element i of the value what element <paramref name="from"/>[i] was: the columns of the dense layer that gives it are in another order. What other
    /// paths read stays as it is.
    /// </summary>
    /// <returns>False where no dense layer gives the value, or something that sees more than single elements stands between.</returns>
    internal bool TryRenumber(int[] from)
    {
        Stack<GraphNode> above = new();
        GraphNode node = Node;
        while (node.Step is not DenseStep)
        {
            bool isElementwise = node.Step is ActivationStep { Function: not (Activation.Softmax or Activation.LogSoftmax) } or ClipStep or DropoutStep or ReshapeStep or ScaleStep;
            if (!isElementwise || node.Inputs.Count != 1)
                return false;
            above.Push(node);
            node = node.Inputs[0];
        }

        DenseStep dense = (DenseStep)node.Step;
        if (dense.PerStep)
            return false;
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        for (int i = 0; i < weight.Length; i++)
            weight[i] = dense.Weight[(i / units * units) + from[i % units]];
        GraphNode moved = Graph.Add(dense with { Weight = weight, Bias = dense.Bias is null ? null : Ordered(dense.Bias) }, node.Inputs, node.Shape);
        foreach (GraphNode next in above)
        {
            Step step = next.Step is ScaleStep { Factors.Length: > 1 } scale
                ? scale with { Factors = Ordered(scale.Factors), Divisors = Ordered(scale.Divisors), Summands = Ordered(scale.Summands), Means = Ordered(scale.Means) }
                : next.Step;
            moved = Graph.Add(step, [moved], next.Shape);
        }

        Node = moved;
        return true;

        double[] Ordered(double[] values) => Array.ConvertAll(from, element => values[element % values.Length]);
    }
}
