namespace GeneratedNetworks.Import;

/// <summary>A softmax or log-softmax ends a network. Where a file computes further with one, this says what, and which value to ask for instead.</summary>
internal static class HeadRule
{
    /// <summary>The refusal of steps that go on behind a softmax; null where none do.</summary>
    /// <param name="source">The file.</param>
    /// <param name="steps">All steps, folded.</param>
    /// <param name="values">What the file names, in the order in which it is computed.</param>
    public static ModelFileException? Refusal(ModelSource source, List<FoldedStep> steps, IReadOnlyList<ChainValue> values)
    {
        int at = steps.FindIndex(step => step.Step is ActivationStep { Function: Activation.Softmax or Activation.LogSoftmax });
        if (at < 0 || at == steps.Count - 1)
            return null;
        FoldedStep head = steps[at];
        string function = ((ActivationStep)head.Step).Function.ToString();
        Step next = steps[at + 1].Step;
        string name = next.Name is null ? "an operation without a name" : $"'{OutputSearch.Shorten(next.Name)}'";
        string done = next is ClipStep clip
            ? $"{name} limits the result of a {function} to [{clip.Minimum}, {clip.Maximum}]"
            : $"{name} computes with the result of a {function}";
        string problem = $"{done}, and a network ends in its {function}.";

        // The function's own value, or what it is computed from.
        if (values.LastOrDefault(value => value.Steps > 0 && (value.Steps == head.End || value.Steps <= head.Start)) is not { } value)
            return source.Error(problem);
        OutputCandidate candidate = new(value.Name, value.ShapeText);
        string what = value.Steps == head.End ? $"The {function} alone" : $"The value before the {function}";
        return new ModelFileException(source.Name, $"{problem} {what} is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(value.Name)}.")
        {
            Candidates = [candidate],
        };
    }
}
