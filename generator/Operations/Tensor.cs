namespace GeneratedNetworks.Generator.Operations;

/// <summary>Where a tensor lives.</summary>
internal enum TensorRole
{
    /// <summary>The caller's inputs, rows without padding.</summary>
    Input,

    /// <summary>The caller's outputs, rows without padding.</summary>
    Output,

    /// <summary>The caller's gradients of its own loss with respect to the outputs.</summary>
    OutputGradients,

    /// <summary>The caller's targets, rows without padding.</summary>
    Targets,

    /// <summary>The caller's buffer for gradients with respect to the inputs.</summary>
    InputGradients,

    /// <summary>The caller's memory of what came before, a row for each stream.</summary>
    Past,

    /// <summary>Rows of a chunk in our own memory, padded to whole panels.</summary>
    Scratch,
}

/// <summary>A value of every sample in a chunk: <paramref name="Shape"/> elements a row, rows <paramref name="Stride"/> apart.</summary>
/// <remarks>Two are equal when they are the same memory: a value that is seen in another shape lies where it lay.</remarks>
internal sealed record Tensor(string Name, Shape Shape, ElementType Element, int Stride, TensorRole Role)
{
    /// <summary>Where it starts in the caller's row, which may have other parts.</summary>
    public int Offset { get; init; }

    /// <summary>Whether a row of the caller's has other parts.</summary>
    public bool IsPart => !IsScratch && Stride > Width;

    /// <summary>Within a repetition: elements from what one step sees of it to what the next one does; null where every step sees the same.</summary>
    public int? StepLength { get; init; }

    /// <summary>What it is a part of, where it is written to its place beside others: only its own elements may be written.</summary>
    public Tensor? Whole { get; init; }

    /// <summary>Its own name, where its place has that of the whole.</summary>
    public string? PartName { get; init; }

    /// <summary>Tells the gradient of value "h" from the value of a layer called "hGradient".</summary>
    public bool IsGradient { get; init; }

    /// <summary>Elements of one sample.</summary>
    public int Width => Shape.Count;

    public bool IsScratch => Role == TensorRole.Scratch;

    /// <summary>What a repetition's step sees: a part of it, which moves with the step.</summary>
    /// <param name="shape">Of the part.</param>
    /// <param name="steps">Parts that the first step is behind the start.</param>
    public Tensor EachStep(Shape shape, int steps = 0) => this with { Shape = shape, StepLength = shape.Count, Offset = Offset + (steps * shape.Count) };

    /// <summary>The place of another value in it.</summary>
    public Tensor Beside(Tensor value, int offset) => this with { Shape = value.Shape, Offset = offset, Whole = this, PartName = value.Name };

    /// <summary>A part of it.</summary>
    public Tensor Part(Shape shape, int offset) => this with { Shape = shape, Offset = Offset + offset };

    public bool Equals(Tensor? other) => other is not null && Name == other.Name && IsGradient == other.IsGradient && Role == other.Role
        && Element == other.Element && Stride == other.Stride;

    public override int GetHashCode() => unchecked((Name.GetHashCode() * 31) + ((int)Role * 2) + (IsGradient ? 1 : 0));
}
