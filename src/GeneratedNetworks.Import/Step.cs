namespace GeneratedNetworks.Import;

/// <summary>One operation of a <see cref="LayerChain"/>, named as in the file.</summary>
internal abstract record Step(string? Name);

/// <param name="Weight">[in, out] row-major.</param>
internal sealed record DenseStep(string? Name, double[] Weight, double[]? Bias, int Units) : Step(Name);

/// <summary>y = x·Factors + Summands, one of each for every element of the value.</summary>
internal sealed record ScaleStep(string? Name, double[] Factors, double[] Summands) : Step(Name);

internal sealed record ActivationStep(string? Name, Activation Function) : Step(Name);

internal sealed record DropoutStep(string? Name, double Rate) : Step(Name);

internal sealed record FlattenStep(string? Name) : Step(Name);
