namespace GeneratedNetworks.Import;

/// <summary>
/// A path through a <see cref="LayerGraph"/>: the value that it has come to, and what can be computed from it. Shapes are checked here, for all formats alike.
/// </summary>
/// <remarks>
/// The path speaks of what is computed, not of how a format stores it: values are channels last, and the importer turns its own orders of weights into ours
/// first. A problem is thrown as <see cref="ModelFileException"/> by <see cref="ModelSource.Error"/>. The layers with windows are in another part.
/// </remarks>
public sealed partial class LayerChain
{
    private Interval _interval = Interval.Everything;

    internal LayerChain(LayerGraph graph, GraphNode node)
    {
        Graph = graph;
        Node = node;
    }

    /// <summary>The path of a graph of one input without a name.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="inputShape">The extents of one sample.</param>
    public LayerChain(ModelSource source, IReadOnlyList<int> inputShape)
        : this(new LayerGraph(source), inputShape)
    {
    }

    private LayerChain(LayerGraph graph, IReadOnlyList<int> inputShape)
        : this(graph, graph.Input(null, inputShape).Node)
    {
    }

    /// <summary>What it is a path through.</summary>
    public LayerGraph Graph { get; }

    /// <summary>The shape of the value that the next layer reads.</summary>
    public IReadOnlyList<int> Shape => Node.Shape;

    /// <summary>The elements of that value.</summary>
    public int Size => Node.Size;

    internal GraphNode Node { get; private set; }

    private ModelSource Source => Graph.Source;

    /// <summary>A second path from here.</summary>
    public LayerChain Branch() => new(Graph, Node) { _interval = _interval };

    /// <summary>y = x·W + b. It flattens its input unless it works per step.</summary>
    /// <param name="name">What the file calls the layer, or null. It need not be a layer name yet.</param>
    /// <param name="weight">[in, out] row-major.</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="units">How many outputs there are.</param>
    /// <param name="origin">
    /// What the file calls the numbers of the weights. Layers of one origin share them in the file, and are said to be untied here; null: unknown.
    /// </param>
    /// <param name="perStep">Whether it works on the last axis alone, the same at every position.</param>
    public void Dense(string? name, double[] weight, double[]? bias, int units, string? origin = null, bool perStep = false)
    {
        int inputs = perStep ? Shape[^1] : Size;
        if (units < 1 || weight.Length != (long)inputs * units)
        {
            throw Source.Error(
                $"{Describe(name)}: {weight.Length} weights do not fit {inputs} inputs, the shape [{string.Join(", ", Shape)}] of what it reads, and {units} outputs.");
        }

        RequireBias(name, bias, units);
        bool staysFlat = Shape.Count == 1;
        AddAffine(
            new DenseStep(name, [.. weight], bias is null ? null : [.. bias], units) { Origin = origin, PerStep = perStep && !staysFlat },
            perStep ? [.. Shape.SkipLast(1), units] : [units]);
    }

    /// <summary>y = x·scale/divisor + shift, element by element along the last axis: a normalization, or a constant that is added or multiplied.</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="scale">One number for all elements, or one for each of the last axis, or of the whole value.</param>
    /// <param name="shift">As many.</param>
    /// <param name="divisor">As many, none of them 0; null: 1.</param>
    public void Scale(string? name, double[] scale, double[] shift, double[]? divisor = null)
    {
        bool fits = scale.Length == shift.Length && (divisor is null || divisor.Length == scale.Length) && Fits(scale.Length);
        if (!fits)
            throw Source.Error($"{Describe(name)}: {scale.Length} factors and {shift.Length} summands do not fit a value of shape [{string.Join(", ", Shape)}].");
        double[] divisors = divisor ?? Ones(scale.Length);
        double[] means = [.. Enumerable.Range(0, scale.Length).Select(i => shift[i] == 0 && scale[i] != 0 ? 0 : -shift[i] * divisors[i] / scale[i])];
        AddScale(new ScaleStep(name, [.. scale], [.. divisors], [.. shift], means));
    }

    /// <summary>y = x·scale + shift with the same two numbers for all elements.</summary>
    public void Scale(string? name, double scale, double shift) => Scale(name, [scale], [shift]);

    /// <summary>y = (x − mean)·factor/deviation, element by element along the last axis.</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="mean">One number for all elements, or one for each of the last axis, or of the whole value.</param>
    /// <param name="deviation">As many, none of them 0; null: 1.</param>
    /// <param name="factor">As many; null: 1.</param>
    public void Normalize(string? name, double[] mean, double[]? deviation, double[]? factor = null)
    {
        double[] divisors = deviation ?? Ones(mean.Length);
        double[] factors = factor ?? Ones(mean.Length);
        if (mean.Length != divisors.Length || mean.Length != factors.Length || !Fits(mean.Length))
        {
            throw Source.Error(
                $"{Describe(name)}: {mean.Length} means, {divisors.Length} deviations and {factors.Length} factors do not fit a value of shape [{string.Join(", ", Shape)}].");
        }

        if (Array.IndexOf(divisors, 0) is >= 0 and int at)
            throw Source.Error($"{Describe(name)}: its deviation of feature {at} is 0, and it would divide by it.");
        double[] shift = [.. mean.Select((value, i) => -value * factors[i] / divisors[i])];
        AddScale(new ScaleStep(name, [.. factors], [.. divisors], shift, [.. mean]));
    }

    /// <summary>y = x, limited to [minimum, maximum].</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="minimum">The lower end, or −∞.</param>
    /// <param name="maximum">The upper end, above the lower one, or ∞.</param>
    public void Clip(string? name, double minimum, double maximum)
    {
        if (!(minimum < maximum))
            throw Source.Error($"{Describe(name)}: it limits its input to [{minimum}, {maximum}], which leaves no interval.");
        if (double.IsNegativeInfinity(minimum) && double.IsPositiveInfinity(maximum))
            return;
        _interval = _interval.Limited(minimum, maximum);

        // Zeros that are limited stay zeros, so that those around the value can be put around what is limited.
        if (Node.Step is PadStep pad && minimum <= 0 && maximum >= 0)
        {
            IReadOnlyList<int> around = Shape;
            Node = Node.Inputs[0];
            Add(new ClipStep(name, minimum, maximum));
            Add(pad, around);
            return;
        }

        Add(new ClipStep(name, minimum, maximum));
    }

    /// <summary>
    /// What a quantized value can stand for, as a limit: y = x within [minimum, maximum]. It is left out only where the layers before show that the
    /// value goes at most one step beyond, which is as much as rounding moves it.
    /// </summary>
    /// <param name="name">What the file calls the value, or null.</param>
    /// <param name="minimum">What the least number of the type stands for.</param>
    /// <param name="maximum">What its greatest number stands for.</param>
    /// <param name="step">The difference that one step of the type makes.</param>
    public void LimitToRange(string? name, double minimum, double maximum, double step)
    {
        if (_interval.Low < minimum - step || _interval.High > maximum + step)
            Clip(name, minimum, maximum);
    }

    /// <summary>y = f(x); a softmax runs over the last axis.</summary>
    public void Activate(string? name, Activation function)
    {
        if (function == Activation.Identity)
            return;
        Add(new ActivationStep(name, function));
        _interval = _interval.Through(function);
    }

    /// <summary>
    /// [1 − p, p], or [p, 1 − p], of one probability p = σ(x·w + b): the softmax over ∓(x·w + b)/2, which is the same and can be trained as two classes.
    /// </summary>
    public void TwoClasses(string? name, bool complementFirst)
    {
        if (Size != 1)
            throw Source.Error($"{Describe(name)}: it joins {Size} probabilities with their complements, and one is supported.");
        Add(new TwoClassStep(name, complementFirst), [2]);
        _interval = new(0, 1);
    }

    /// <summary>Drops elements in training; nothing at inference.</summary>
    /// <param name="name">What the file calls it, or null.</param>
    /// <param name="rate">In [0, 1); 0 adds nothing.</param>
    public void Dropout(string? name, double rate)
    {
        if (!(rate >= 0 && rate < 1))
            throw Source.Error($"{Describe(name)}: a dropout rate is at least 0 and below 1, not {rate}.");
        if (rate > 0)
            Add(new DropoutStep(name, rate));
    }

    /// <summary>The same elements in another shape of as many elements.</summary>
    public void Reshape(string? name, IReadOnlyList<int> shape)
    {
        if (shape.Count == 0 || shape.Any(extent => extent < 1) || Count(Check(Source, shape)) != Size)
            throw Source.Error($"{Describe(name)}: a value of shape [{string.Join(", ", Shape)}] cannot take the shape [{string.Join(", ", shape)}].");
        if (shape.SequenceEqual(Shape))
            return;

        // A shape that is taken back leaves nothing.
        if (Node.Step is ReshapeStep && shape.SequenceEqual(Node.Inputs[0].Shape))
            Node = Node.Inputs[0];
        else if (Node.Step is PadStep pad)
            MovePad(name, pad, shape);
        else
            Add(new ReshapeStep(name, [.. shape]), shape);
    }

    /// <summary>The value inside the zeros takes the shape, and the zeros their places around that.</summary>
    private void MovePad(string? name, PadStep pad, IReadOnlyList<int> shape)
    {
        (PadStep moved, int[] inside) = pad.Moved(Node.Inputs[0].Shape, Shape, shape) ?? throw Source.Error(
            $"{Describe(name)}: it makes the shape [{string.Join(", ", shape)}] of a value with zeros around it, of shape [{string.Join(", ", Shape)}]; only axes of extent 1 may come and go before the convolution or pool that takes the zeros up.");
        Node = Node.Inputs[0];
        Reshape(name, inside);
        Add(moved, shape);
    }

    /// <summary>The value of several paths: their sum, their product, or one beside the other along the last axis.</summary>
    /// <param name="kind">Which of these.</param>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="values">Two or more, of equal shapes but for the last axis of <see cref="JoinKind.Concat"/>; they stay what they are.</param>
    public static LayerChain Join(JoinKind kind, string? name, IReadOnlyList<LayerChain> values)
    {
        LayerGraph graph = values[0].Graph;
        IReadOnlyList<int> first = values[0].Shape;
        int compared = kind == JoinKind.Concat ? first.Count - 1 : first.Count;
        if (values.FirstOrDefault(value => value.Shape.Count != first.Count || !value.Shape.Take(compared).SequenceEqual(first.Take(compared))) is { } other)
        {
            throw graph.Source.Error(
                $"{Describe(name)}: values of the shapes [{string.Join(", ", first)}] and [{string.Join(", ", other.Shape)}] cannot be {(kind == JoinKind.Concat ? "joined along the last axis" : "computed with element by element")}.");
        }

        int[] shape = kind == JoinKind.Concat ? Check(graph.Source, [.. first.SkipLast(1)], values.Sum(value => (long)value.Shape[^1])) : [.. first];
        GraphNode node = graph.Add(new JoinStep(name, kind), [.. values.Select(value => value.Node)], shape);
        return new LayerChain(graph, node) { _interval = Interval.Of(kind, values.Select(value => value._interval)) };
    }

    /// <summary>Says what the file calls the value that is there now, so that the network can be made to end in it.</summary>
    public void Value(string name) => Graph.Name(name, Node);

    /// <summary>See <see cref="LayerGraph.Note"/>.</summary>
    public void Note(string note) => Graph.Note(note);

    /// <summary>See <see cref="LayerGraph.MarkInferenceOnly"/>.</summary>
    public void MarkInferenceOnly(string reason) => Graph.MarkInferenceOnly(reason);

    /// <summary>The model that gives this value alone: see <see cref="LayerGraph.Build"/>.</summary>
    /// <param name="format">For <see cref="ImportedModel.Format"/>.</param>
    public ImportedModel Build(string format) => Graph.Build(format, [(null, this)]);

    internal static string Describe(string? name) => name is null ? "an operation without a name" : $"'{name}'";

    internal static int[] Check(ModelSource source, IReadOnlyList<int> shape)
    {
        long count = 1;
        foreach (int extent in shape)
        {
            if (extent < 1)
                throw source.Error($"the shape [{string.Join(", ", shape)}] has an extent that is not positive.");
            count *= extent;
            if (count > int.MaxValue)
                throw source.Error($"a value of shape [{string.Join(", ", shape)}] has more than {int.MaxValue} elements.");
        }

        return shape.Count == 0 ? throw source.Error("a sample has no axis: the first axis of a model's input is the batch.") : [.. shape];
    }

    private static int[] Check(ModelSource source, IReadOnlyList<int> leading, long last) => last > int.MaxValue
        ? throw source.Error($"a value has {last} elements along its last axis; the most is {int.MaxValue}.")
        : Check(source, [.. leading, (int)last]);

    private bool Fits(int numbers) => numbers == 1 || numbers == Shape[^1] || numbers == Size;

    private void RequireBias(string? name, double[]? bias, int outputs)
    {
        if (bias is not null && bias.Length != outputs)
            throw Source.Error($"{Describe(name)}: {bias.Length} biases do not fit {outputs} outputs.");
    }

    private void Add(Step step, IReadOnlyList<int>? shape = null) => Node = Graph.Add(step, [Node], shape ?? Shape);

    private void AddAffine(AffineStep step, IReadOnlyList<int> shape, bool readsZeros = false)
    {
        Add(step, shape);
        _interval = (readsZeros ? _interval.With(0) : _interval).Affine(step);
    }

    private void AddScale(ScaleStep step)
    {
        Graph.Budget.Take(4L * step.Factors.Length, Describe(step.Name));
        Add(step);
        _interval = _interval.Scaled(step);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);
}
