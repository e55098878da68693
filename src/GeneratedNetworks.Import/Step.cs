namespace GeneratedNetworks.Import;

/// <summary>One operation of a <see cref="LayerChain"/>, named as in the file.</summary>
internal abstract record Step(string? Name);

/// <param name="Weight">[in, out] row-major.</param>
internal sealed record DenseStep(string? Name, double[] Weight, double[]? Bias, int Units) : Step(Name)
{
    /// <summary>What the file calls the numbers behind <paramref name="Weight"/>, to find layers that share them; null where it has no name for them.</summary>
    public string? Origin { get; init; }
}

/// <summary>y = x·Factors/Divisors + Summands = (x − Means)·Factors/Divisors, one of each for every element of the value.</summary>
/// <remarks>
/// Factor and divisor stand apart, and the mean beside the summand, so that (x − mean)/deviation keeps both numbers as the file has them.
/// </remarks>
/// <param name="Means">Not finite where an element is multiplied by 0.</param>
internal sealed record ScaleStep(string? Name, double[] Factors, double[] Divisors, double[] Summands, double[] Means) : Step(Name)
{
    /// <summary>The last axis of the value, over which the numbers may repeat.</summary>
    public int LastAxis { get; init; } = Factors.Length;

    /// <summary>Whether the value has one axis.</summary>
    public bool IsFlat { get; init; } = true;
}

/// <summary>y = (x − Mean)/Deviation over the last axis, clipped to ±Limit unless that is 0.</summary>
internal sealed record NormalizeStep(string? Name, double[] Mean, double[] Deviation, double Limit) : Step(Name);

/// <summary>y = x limited to [Minimum, Maximum]; either may be infinite.</summary>
internal sealed record ClipStep(string? Name, double Minimum, double Maximum) : Step(Name);

/// <summary>[1 − p, p] of one probability p, or [p, 1 − p].</summary>
/// <param name="ComplementFirst">Which of both comes first.</param>
internal sealed record TwoClassStep(string? Name, bool ComplementFirst) : Step(Name);

internal sealed record ActivationStep(string? Name, Activation Function) : Step(Name);

internal sealed record DropoutStep(string? Name, double Rate) : Step(Name);

internal sealed record FlattenStep(string? Name) : Step(Name);

/// <summary>A step as it became a layer, and the steps of the chain that it stands for: from <paramref name="Start"/> up to <paramref name="End"/>, exclusive.</summary>
internal sealed record FoldedStep(Step Step, int Start, int End);

/// <summary>A value that the file names.</summary>
/// <param name="Name">What it calls it.</param>
/// <param name="Steps">How many steps of the chain stand before it.</param>
/// <param name="Shape">The extents of one sample.</param>
internal sealed record ChainValue(string Name, int Steps, IReadOnlyList<int> Shape)
{
    /// <summary>The shape for messages, with the batch axis.</summary>
    public string ShapeText => $"[batch, {string.Join(", ", Shape)}]";
}
