namespace GeneratedNetworks.Import;

/// <summary>A softmax or log-softmax ends a network. Where a file computes further with one, this says what, and which value to ask for instead.</summary>
internal static class HeadRule
{
    /// <summary>The refusal of steps that go on behind a softmax; null where none do.</summary>
    /// <param name="source">The file.</param>
    /// <param name="segments">All of the graph, folded.</param>
    /// <param name="values">What the file names, in the order in which it is computed.</param>
    public static ModelFileException? Refusal(ModelSource source, IReadOnlyList<Segment> segments, IReadOnlyList<NamedNode> values)
    {
        foreach (Segment segment in segments)
        {
            for (int at = 0; at < segment.Steps.Count; at++)
            {
                if (segment.Steps[at].Step is not ActivationStep { Function: Activation.Softmax or Activation.LogSoftmax })
                    continue;
                Step? next = at + 1 < segment.Steps.Count ? segment.Steps[at + 1].Step : segment.Readers.FirstOrDefault()?.Step;
                if (next is not null)
                    return Refusal(source, segment, at, next, values);
            }
        }

        return null;
    }

    private static ModelFileException Refusal(ModelSource source, Segment segment, int at, Step next, IReadOnlyList<NamedNode> values)
    {
        FoldedStep head = segment.Steps[at];
        string function = ((ActivationStep)head.Step).Function.ToString();
        string name = next.Name is null ? "an operation without a name" : $"'{OutputSearch.Shorten(next.Name)}'";
        string done = next is ClipStep clip
            ? $"{name} limits the result of a {function} to [{clip.Minimum}, {clip.Maximum}]"
            : $"{name} computes with the result of a {function}";
        string problem = $"{done}, and a network ends in its {function}.";

        // The function's own value, or what it is computed from.
        int place = -1;
        NamedNode? value = null;
        foreach (NamedNode named in values)
        {
            int steps = segment.Nodes.TakeWhile(node => node != named.Node).Count() + 1;
            if (steps <= segment.Nodes.Count && (steps == head.End || steps <= head.Start))
                (place, value) = (steps, named);
        }

        if (value is null)
            return source.Error(problem);
        OutputCandidate candidate = new(value.Name, value.ShapeText);
        string what = place == head.End ? $"The {function} alone" : $"The value before the {function}";
        return new ModelFileException(source.Name, $"{problem} {what} is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(value.Name)}.")
        {
            Candidates = [candidate],
        };
    }
}
