namespace GeneratedNetworks.Import;

/// <content>Layers that go through sequences, [time, features].</content>
public sealed partial class LayerChain
{
    /// <summary>A recurrent layer, which starts from zeros.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="recurrence">Its form.</param>
    /// <param name="kernel">[in, gates·units] row-major, its gates in the order of <see cref="RecurrenceKind"/>.</param>
    /// <param name="recurrent">[units, gates·units], likewise.</param>
    /// <param name="bias">Of <see cref="Recurrence.BiasShape"/>, or null.</param>
    /// <param name="returnSequences">Whether it gives every step's state, not that of the last alone.</param>
    /// <param name="origin">See <see cref="Dense"/>.</param>
    public void Recur(string? name, Recurrence recurrence, double[] kernel, double[] recurrent, double[]? bias, bool returnSequences, string? origin = null)
    {
        if (Shape.Count != 2 || Shape[1] != recurrence.Inputs || recurrence.Units < 1)
        {
            throw Source.Error(
                $"{Describe(name)}: a recurrent layer of {recurrence.Inputs} features and {recurrence.Units} units does not fit a value of shape [{string.Join(", ", Shape)}], which should be [time, features].");
        }

        long width = (long)recurrence.Gates * recurrence.Units;
        int biases = recurrence.Kind == RecurrenceKind.GruResetAfter ? 2 : 1;
        if (kernel.Length != recurrence.Inputs * width || recurrent.Length != recurrence.Units * width || (bias is not null && bias.Length != biases * width))
        {
            throw Source.Error(
                $"{Describe(name)}: {kernel.Length} and {recurrent.Length} weights and {bias?.Length ?? 0} biases do not fit {recurrence.Inputs} features and {recurrence.Units} units.");
        }

        if (recurrence.Function is Activation.Softmax or Activation.LogSoftmax)
            throw Source.Error($"{Describe(name)}: its function is {recurrence.Function}, and one of each element alone is supported.");
        if (!(recurrence.CellClip >= 0 && double.IsFinite(recurrence.CellClip)))
            throw Source.Error($"{Describe(name)}: its cell is held within {recurrence.CellClip}, and a limit is 0, for none, or a number above 0.");
        RecurrentStep step = new(name, recurrence, [.. kernel], [.. recurrent], bias is null ? null : [.. bias], returnSequences) { Origin = origin };
        int[] shape = returnSequences ? [Shape[0], recurrence.Units] : [recurrence.Units];
        Add(step, Check(Source, shape));
        _interval = recurrence.Kind == RecurrenceKind.Simple ? Interval.Everything.Through(recurrence.Function) : new(-1, 1);
    }

    /// <summary>Rows of a table, one for each whole number of a sequence of them.</summary>
    /// <param name="name">What the file calls the layer, or null.</param>
    /// <param name="weight">[vocabulary, dimensions] row-major.</param>
    /// <param name="dimensions">Elements of a row.</param>
    /// <param name="origin">See <see cref="Dense"/>.</param>
    public void Embed(string? name, double[] weight, int dimensions, string? origin = null)
    {
        if (Node.Step is not InputStep)
            throw Source.Error($"{Describe(name)}: it takes rows of a table by numbers that are computed, and only the numbers of an input are supported.");
        if (Shape.Count != 1 || dimensions < 1 || weight.Length == 0 || weight.Length % dimensions != 0)
        {
            throw Source.Error(
                $"{Describe(name)}: a table of {weight.Length} numbers, {dimensions} in a row, does not fit an input of shape [{string.Join(", ", Shape)}], which should be [time].");
        }

        Add(new EmbeddingStep(name, [.. weight], dimensions) { Origin = origin }, Check(Source, Shape, dimensions));
        _interval = new(weight.Min(), weight.Max());
    }

    /// <summary>
    /// The last step of a sequence: what works step by step before it does so on the last one alone, and the recurrent layer before that gives its last
    /// state. What other paths read stays as it is.
    /// </summary>
    /// <returns>False where no recurrent layer gives the sequence, or something that sees several steps stands between.</returns>
    public bool TryLastStep()
    {
        Stack<GraphNode> above = new();
        GraphNode node = Node;
        while (node.Step is not RecurrentStep { ReturnSequences: true })
        {
            bool isStepwise = node.Inputs.Count == 1 && node.Shape.Count > 1 && node.Inputs[0].Shape.Count > 1 && node.Shape[0] == node.Inputs[0].Shape[0] && node.Step switch
            {
                DenseStep { PerStep: true } or ActivationStep or ClipStep or DropoutStep or ReshapeStep => true,
                ScaleStep scale => scale.Factors.Length == 1 || node.Shape[^1] % scale.Factors.Length == 0,
                _ => false,
            };
            if (!isStepwise)
                return false;
            above.Push(node);
            node = node.Inputs[0];
        }

        RecurrentStep sequence = (RecurrentStep)node.Step;
        GraphNode last = Graph.Add(sequence with { ReturnSequences = false }, node.Inputs, [sequence.Shape.Units]);
        foreach (GraphNode next in above)
        {
            int[] shape = [.. next.Shape.Skip(1)];
            Step step = next.Step switch
            {
                DenseStep dense => dense with { PerStep = shape.Length > 1 },
                ReshapeStep reshape => reshape with { Shape = shape },
                var other => other,
            };
            if (step is not ReshapeStep || !shape.SequenceEqual(last.Shape))
                last = Graph.Add(step, [last], shape);
        }

        Node = last;
        return true;
    }
}
