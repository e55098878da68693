using GeneratedNetworks.Import.Numbers;

namespace GeneratedNetworks.Import;

/// <summary>
/// Builds a model layer by layer from what an importer finds: names and shapes are checked here, and scalings folded, for all formats alike.
/// </summary>
/// <remarks>
/// The chain speaks of what is computed, not of how a format stores it: the importer turns its own orders into [in, out] first. A problem is thrown as
/// <see cref="ModelFileException"/> by <see cref="ModelSource.Error"/>.
/// </remarks>
/// <param name="source">The file, for messages.</param>
/// <param name="inputShape">The extents of one sample.</param>
public sealed class LayerChain(ModelSource source, IReadOnlyList<int> inputShape)
{
    private readonly List<Step> _steps = [];
    private readonly List<ChainValue> _values = [];
    private readonly List<string> _notes = [];
    private readonly ElementBudget _budget = new(source);
    private Interval _interval = Interval.Everything;
    private string? _inferenceOnly;

    /// <summary>The shape of the value that the next layer reads.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = Check(source, inputShape);

    /// <summary>The elements of that value.</summary>
    public int Size => Count(Shape);

    /// <summary>y = x·W + b; flattens its input.</summary>
    /// <param name="name">What the file calls the layer, or null. It need not be a layer name yet.</param>
    /// <param name="weight">[in, out] row-major.</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="units">How many outputs there are.</param>
    /// <param name="origin">
    /// What the file calls the numbers of the weights. Layers of one origin share them in the file, and are said to be untied here; null: unknown.
    /// </param>
    public void Dense(string? name, double[] weight, double[]? bias, int units, string? origin = null)
    {
        if (units < 1 || weight.Length != (long)Size * units)
        {
            throw source.Error(
                $"{Describe(name)}: {weight.Length} weights do not fit {Size} inputs, the shape [{string.Join(", ", Shape)}] of what it reads, and {units} outputs.");
        }

        if (bias is not null && bias.Length != units)
            throw source.Error($"{Describe(name)}: {bias.Length} biases do not fit {units} outputs.");
        DenseStep step = new(name, [.. weight], bias is null ? null : [.. bias], units) { Origin = origin };
        _steps.Add(step);
        _interval = _interval.Dense(step);
        Shape = [units];
    }

    /// <summary>y = x·scale/divisor + shift, element by element along the last axis: a normalization, or a constant that is added or multiplied.</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="scale">One number for all elements, or one for each of the last axis, or of the whole value.</param>
    /// <param name="shift">As many.</param>
    /// <param name="divisor">As many, none of them 0; null: 1.</param>
    public void Scale(string? name, double[] scale, double[] shift, double[]? divisor = null)
    {
        int size = Size;
        bool fits = scale.Length == shift.Length && (divisor is null || divisor.Length == scale.Length) && Fits(scale.Length);
        if (!fits)
            throw source.Error($"{Describe(name)}: {scale.Length} factors and {shift.Length} summands do not fit a value of shape [{string.Join(", ", Shape)}].");
        double[] divisors = divisor ?? [.. Enumerable.Repeat(1.0, scale.Length)];
        double[] means = [.. Enumerable.Range(0, scale.Length).Select(i => shift[i] == 0 && scale[i] != 0 ? 0 : -shift[i] * divisors[i] / scale[i])];
        AddScale(name, size, scale, divisors, shift, means);
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
        double[] divisors = deviation ?? [.. Enumerable.Repeat(1.0, mean.Length)];
        double[] factors = factor ?? [.. Enumerable.Repeat(1.0, mean.Length)];
        if (mean.Length != divisors.Length || mean.Length != factors.Length || !Fits(mean.Length))
        {
            throw source.Error(
                $"{Describe(name)}: {mean.Length} means, {divisors.Length} deviations and {factors.Length} factors do not fit a value of shape [{string.Join(", ", Shape)}].");
        }

        if (Array.IndexOf(divisors, 0) is >= 0 and int at)
            throw source.Error($"{Describe(name)}: its deviation of feature {at} is 0, and it would divide by it.");
        double[] shift = [.. mean.Select((value, i) => -value * factors[i] / divisors[i])];
        AddScale(name, Size, factors, divisors, shift, mean);
    }

    /// <summary>y = x, limited to [minimum, maximum].</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="minimum">The lower end, or −∞.</param>
    /// <param name="maximum">The upper end, above the lower one, or ∞.</param>
    public void Clip(string? name, double minimum, double maximum)
    {
        if (!(minimum < maximum))
            throw source.Error($"{Describe(name)}: it limits its input to [{minimum}, {maximum}], which leaves no interval.");
        if (double.IsNegativeInfinity(minimum) && double.IsPositiveInfinity(maximum))
            return;
        _steps.Add(new ClipStep(name, minimum, maximum));
        _interval = _interval.Limited(minimum, maximum);
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

    /// <summary>y = f(x).</summary>
    public void Activate(string? name, Activation function)
    {
        if (function == Activation.Identity)
            return;
        _steps.Add(new ActivationStep(name, function));
        _interval = _interval.Through(function);
    }

    /// <summary>
    /// [1 − p, p], or [p, 1 − p], of one probability p = σ(x·w + b): the softmax over ∓(x·w + b)/2, which is the same and can be trained as two classes.
    /// </summary>
    public void TwoClasses(string? name, bool complementFirst)
    {
        if (Size != 1)
            throw source.Error($"{Describe(name)}: it joins {Size} probabilities with their complements, and one is supported.");
        _steps.Add(new TwoClassStep(name, complementFirst));
        Shape = [2];
        _interval = new(0, 1);
    }

    /// <summary>Drops elements in training; nothing at inference.</summary>
    /// <param name="name">What the file calls it, or null.</param>
    /// <param name="rate">In [0, 1); 0 adds nothing.</param>
    public void Dropout(string? name, double rate)
    {
        if (!(rate >= 0 && rate < 1))
            throw source.Error($"{Describe(name)}: a dropout rate is at least 0 and below 1, not {rate}.");
        if (rate > 0)
            _steps.Add(new DropoutStep(name, rate));
    }

    /// <summary>The same elements in another shape of as many elements.</summary>
    public void Reshape(string? name, IReadOnlyList<int> shape)
    {
        if (shape.Count == 0 || shape.Any(extent => extent < 1) || Count(Check(source, shape)) != Size)
            throw source.Error($"{Describe(name)}: a value of shape [{string.Join(", ", Shape)}] cannot take the shape [{string.Join(", ", shape)}].");
        if (shape.Count == 1 && Shape.Count > 1)
            _steps.Add(new FlattenStep(name));
        Shape = [.. shape];
    }

    /// <summary>Says what the file calls the value that is there now, so that the network can be made to end in it.</summary>
    public void Value(string name) => _values.Add(new ChainValue(name, _steps.Count, Shape));

    /// <summary>Something that people should know of the file: see <see cref="ImportedModel.Notes"/>.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Says that the file trains otherwise than the layers here would: see <see cref="ImportedModel.InferenceOnly"/>. The first reason is kept.</summary>
    public void MarkInferenceOnly(string reason) => _inferenceOnly ??= reason;

    /// <summary>Folds what can be folded, names every layer, and returns the model.</summary>
    /// <param name="format">For <see cref="ImportedModel.Format"/>.</param>
    public ImportedModel Build(string format)
    {
        List<FoldedStep> steps = Fold();
        if (HeadRule.Refusal(source, steps, _values) is { } refusal)
            throw refusal;
        LayerList layers = new(steps);
        return new ImportedModel(format, [.. inputShape], layers.Layers, layers.Tensors)
        {
            Values = layers.Find(_values),
            Notes = [.. _notes, .. layers.Ties],
            InferenceOnly = _inferenceOnly,
        };
    }

    private bool Fits(int numbers) => numbers == 1 || numbers == Shape[^1] || numbers == Size;

    private void AddScale(string? name, int size, double[] scale, double[] divisor, double[] shift, double[] mean)
    {
        // A file of a few bytes may claim values of any size.
        _budget.Take(4L * size, Describe(name));
        ScaleStep step = new(name, Repeat(scale, size), Repeat(divisor, size), Repeat(shift, size), Repeat(mean, size))
        {
            LastAxis = Shape[^1],
            IsFlat = Shape.Count == 1,
        };
        _steps.Add(step);
        _interval = _interval.Scaled(step);
    }

    private List<FoldedStep> Fold()
    {
        try
        {
            return new ScaleFolding(Count(inputShape)).Fold(_steps);
        }
        catch (NotSupportedException exception)
        {
            throw source.Error(exception.Message + ".", exception);
        }
    }

    private static string Describe(string? name) => name is null ? "an operation without a name" : $"'{name}'";

    private static double[] Repeat(double[] values, int size)
    {
        if (values.Length == size)
            return [.. values];
        double[] result = new double[size];
        for (int i = 0; i < size; i++)
            result[i] = values[i % values.Length];
        return result;
    }

    private static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static IReadOnlyList<int> Check(ModelSource source, IReadOnlyList<int> shape)
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
}
