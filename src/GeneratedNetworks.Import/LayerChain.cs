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
    private readonly ElementBudget _budget = new(source);

    /// <summary>The shape of the value that the next layer reads.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = Check(source, inputShape);

    /// <summary>The elements of that value.</summary>
    public int Size => Count(Shape);

    /// <summary>y = x·W + b; flattens its input.</summary>
    /// <param name="name">What the file calls the layer, or null. It need not be a layer name yet.</param>
    /// <param name="weight">[in, out] row-major.</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="units">How many outputs there are.</param>
    public void Dense(string? name, double[] weight, double[]? bias, int units)
    {
        if (units < 1 || weight.Length != (long)Size * units)
        {
            throw source.Error(
                $"{Describe(name)}: {weight.Length} weights do not fit {Size} inputs, the shape [{string.Join(", ", Shape)}] of what it reads, and {units} outputs.");
        }

        if (bias is not null && bias.Length != units)
            throw source.Error($"{Describe(name)}: {bias.Length} biases do not fit {units} outputs.");
        _steps.Add(new DenseStep(name, [.. weight], bias is null ? null : [.. bias], units));
        Shape = [units];
    }

    /// <summary>y = x·scale + shift, element by element along the last axis: batch normalisation at inference, or a constant that is added or multiplied.</summary>
    /// <param name="name">What the file calls the operation, or null.</param>
    /// <param name="scale">One number an element of the last axis, or of the whole value.</param>
    /// <param name="shift">As many.</param>
    public void Scale(string? name, double[] scale, double[] shift)
    {
        int size = Size;
        if (scale.Length != shift.Length || (scale.Length != size && scale.Length != Shape[^1]))
            throw source.Error($"{Describe(name)}: {scale.Length} factors and {shift.Length} summands do not fit a value of shape [{string.Join(", ", Shape)}].");
        Add(name, size, () => (Repeat(scale, size), Repeat(shift, size)));
    }

    /// <summary>y = x·scale + shift with the same two numbers for all elements.</summary>
    public void Scale(string? name, double scale, double shift)
    {
        int size = Size;
        Add(name, size, () => (Repeat([scale], size), Repeat([shift], size)));
    }

    /// <summary>y = f(x).</summary>
    public void Activate(string? name, Activation function)
    {
        if (function != Activation.Identity)
            _steps.Add(new ActivationStep(name, function));
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

    /// <summary>Folds what can be folded, names every layer, and returns the model.</summary>
    /// <param name="format">For <see cref="ImportedModel.Format"/>.</param>
    public ImportedModel Build(string format)
    {
        List<Step> steps = Fold();
        LayerNaming names = new();
        List<ImportedLayer> layers = [];
        List<ImportedTensor> tensors = [];
        for (int i = 0; i < steps.Count; i++)
        {
            switch (steps[i])
            {
                case DenseStep dense:
                    string name = names.Unique(dense.Name, "dense");
                    Activation function = i + 1 < steps.Count && steps[i + 1] is ActivationStep next ? next.Function : Activation.Identity;
                    if (function != Activation.Identity)
                        i++;
                    layers.Add(Layer("Dense", ("units", dense.Units), ("activation", function), ("UseBias", dense.Bias is not null), ("Name", name)));
                    tensors.Add(new(name + ".weight", [dense.Weight.Length / dense.Units, dense.Units], "F32", dense.Weight));
                    if (dense.Bias is not null)
                        tensors.Add(new(name + ".bias", [dense.Units], "F32", dense.Bias));
                    break;
                case ActivationStep activation:
                    layers.Add(Layer("Activation", ("activation", activation.Function)));
                    break;
                case DropoutStep dropout:
                    layers.Add(Layer("Dropout", ("rate", dropout.Rate)));
                    break;
                case FlattenStep:
                    layers.Add(Layer("Flatten"));
                    break;
            }
        }

        // A layer that does nothing at inference makes no network of its own, and a last dropout would drop outputs.
        while (layers.Count > 0 && layers[^1].Attribute == "Dropout")
            layers.RemoveAt(layers.Count - 1);
        if (layers.Count == 0)
            layers.Add(Layer("Activation", ("activation", Activation.Identity)));
        return new ImportedModel(format, [.. inputShape], layers, tensors);
    }

    private void Add(string? name, int size, Func<(double[] Factors, double[] Summands)> make)
    {
        // A file of a few bytes may claim values of any size.
        _budget.Take(2L * size, Describe(name));
        (double[] factors, double[] summands) = make();
        _steps.Add(new ScaleStep(name, factors, summands));
    }

    private List<Step> Fold()
    {
        try
        {
            return ScaleFolding.Fold(_steps, Count(inputShape));
        }
        catch (NotSupportedException exception)
        {
            throw source.Error(exception.Message + ".", exception);
        }
    }

    private static ImportedLayer Layer(string attribute, params (string Name, object Value)[] arguments) =>
        new(attribute, [.. arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))]);

    private static string Describe(string? name) => name is null ? "an operation without a name" : $"'{name}'";

    private static double[] Repeat(double[] values, int size) => values.Length == size ? [.. values] : [.. Enumerable.Range(0, size).Select(i => values[i % values.Length])];

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
