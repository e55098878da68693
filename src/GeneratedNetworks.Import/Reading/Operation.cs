namespace GeneratedNetworks.Import.Reading;

/// <summary>What an operation does to the input that it reads first, as far as the choice of inputs is concerned.</summary>
internal enum PrefixRole
{
    /// <summary>Something else.</summary>
    None,

    /// <summary>The same elements in the same order, each times a constant plus a constant, where all its other inputs are constants.</summary>
    Affine,

    /// <summary>Brings elements to mean 0 and deviation 1: <see cref="Operation.Normaliser"/> says from where.</summary>
    Normaliser,

    /// <summary>Reads the shape of its input and none of its elements.</summary>
    ShapeAlone,

    /// <summary>Holds elements in a range: <see cref="Operation.Range"/>.</summary>
    Range,

    /// <summary>Takes rows of a constant table by the whole numbers that it reads, which lie in <see cref="Operation.Range"/>.</summary>
    Table,
}

/// <summary>One node of a file, as it is executed.</summary>
/// <param name="Label">What messages call it: "node 'fc1' (Gemm)".</param>
/// <param name="Inputs">The values that it reads; an empty name is an input left out.</param>
/// <param name="Outputs">The values that it gives.</param>
/// <param name="Apply">Computes them.</param>
internal sealed record Operation(
    string Label, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, Func<OperationScope, IReadOnlyList<Tensor>> Apply)
{
    public PrefixRole Role { get; init; }

    /// <summary>Mean and deviation of what it reads, by the shape of that.</summary>
    public Func<OperationScope, int[], Statistics>? Normaliser { get; init; }

    /// <summary>The least and the greatest number that pass it.</summary>
    public Func<OperationScope, (double Least, double Greatest)>? Range { get; init; }
}

/// <summary>Mean and deviation of every channel.</summary>
/// <param name="Mean">One for each channel.</param>
/// <param name="Deviation">As many.</param>
/// <param name="Inner">How many elements in a row belong to one channel.</param>
internal sealed record Statistics(double[] Mean, double[] Deviation, int Inner = 1);

/// <summary>An operation in a run: its inputs, and what it may do.</summary>
internal sealed class OperationScope(ModelSource source, Operation operation, Tensor?[] inputs, WorkBudget budget, RunOptions options)
{
    public ModelSource Source => source;

    /// <summary>Whether quantized values are rounded to whole numbers, as the format says, and not only held in their range.</summary>
    public bool Rounds => options.Rounds;

    public int InputCount => inputs.Length;

    public ModelFileException Error(string problem) => source.Error($"{operation.Label}: {problem}.");

    public Tensor? Optional(int input) => input < inputs.Length ? inputs[input] : null;

    public Tensor Input(int input) => Optional(input) ?? throw Error($"its input {input} is missing");

    public void TakeElements(long count) => budget.TakeElements(count, operation.Label);

    public void TakeOperations(long count) => budget.TakeOperations(count, operation.Label);

    /// <summary>Runs an operation that stands inside of this one, on a value of its own.</summary>
    public Tensor RunInner(Operation inner, Tensor value) => inner.Apply(
        new OperationScope(source, inner with { Label = $"{operation.Label}: {inner.Label}" }, [value], budget, options))[0];

    /// <summary>A number as it is kept in the course of a sum: in 32 bits where the run is one in single precision.</summary>
    public double Rounded(double value) => options.Single is { } single ? single.Round(value) : value;

    /// <summary>A result as it is kept: real numbers in 32 bits where the run is one in single precision.</summary>
    public Tensor Rounded(Tensor value) => options.Single is { } single && value.Type == ElementType.Real
        ? value.WithElements(Array.ConvertAll(value.Elements, single.Round))
        : value;

    /// <summary>A new array, accounted for.</summary>
    public double[] Allocate(long count)
    {
        TakeElements(count);
        return new double[count];
    }

    /// <summary>f of every element.</summary>
    public Tensor Map(Tensor value, Func<double, double> function)
    {
        TakeElements(value.Count);
        return value.WithElements(Array.ConvertAll(value.Elements, element => function(element)));
    }

    /// <summary>Holds every element between two limits, either of which may be infinite, and notes which of them it met.</summary>
    public Tensor Clamp(Tensor value, double least, double greatest)
    {
        TakeElements(value.Count);
        options.Clamps?.Note(operation, value.Elements, least, greatest);

        // The order matters where the limits are crossed: the greatest wins, as the formats say. NaN passes.
        return value.WithElements(Array.ConvertAll(value.Elements, element => element < least ? Math.Min(least, greatest) : element > greatest ? greatest : element));
    }

    /// <summary>Notes a function that is flat outside of two limits without being a clamp itself.</summary>
    public void NoteLimits(Tensor value, double least, double greatest) => options.Clamps?.Note(operation, value.Elements, least, greatest);
}
