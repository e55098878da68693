using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>What a block of parameters is to its layer, which decides how training treats it.</summary>
internal enum ParameterRole
{
    /// <summary>Multiplies what comes in and adds up: penalties and decay apply.</summary>
    Weight,

    /// <summary>Is added: neither penalties nor decay.</summary>
    Bias,

    /// <summary>Multiplies element by element, as in a normalisation: neither penalties nor decay.</summary>
    Scale,

    /// <summary>Is added element by element, as in a normalisation: neither penalties nor decay.</summary>
    Offset,

    /// <summary>Is kept, saved and loaded with the others and not trained: no gradient, no optimiser state.</summary>
    Buffer,
}

/// <summary>An array of parameters in canonical order. Where it lies in memory is a matter of planning.</summary>
/// <param name="Layer">The layer it belongs to: "dense1".</param>
/// <param name="Kind">What it is called within its layer: "weight", "bias".</param>
/// <param name="Role">How training treats it.</param>
/// <param name="Shape">Of any rank: [in, out] for a dense layer's weight, [out] for its bias.</param>
/// <param name="Initial">What it starts as.</param>
/// <param name="Frozen">Not trained, though its role would be.</param>
internal sealed record ParameterBlock(string Layer, string Kind, ParameterRole Role, Shape Shape, InitialValue Initial, bool Frozen)
{
    /// <summary>Where it starts among all parameters in canonical order.</summary>
    public int Offset { get; init; }

    /// <summary>How many inputs one output adds up, for the initializers: all axes but the last, unless the layer says otherwise.</summary>
    public int FanIn { get; init; } = Shape.Count / System.Math.Max(1, Shape.Columns);

    /// <summary>How many outputs one input goes into: the last axis, unless the layer says otherwise.</summary>
    public int FanOut { get; init; } = Shape.Columns;

    /// <summary>The distribution that it is drawn from, or <see cref="Model.Initializer.Zeros"/> for none.</summary>
    public Initializer Initializer => Initial.Distribution;

    /// <summary>The block that it is a row of, or null.</summary>
    public ParameterBlock? Whole { get; init; }

    /// <summary>Where a row starts in its block.</summary>
    public int Start { get; init; }

    public string Name => Layer + "." + Kind;

    public bool IsWeight => Role == ParameterRole.Weight;

    /// <summary>Whether penalties and weight decay shrink it.</summary>
    public bool Decays => Role == ParameterRole.Weight;

    /// <summary>One row of it, to be read by itself.</summary>
    public ParameterBlock RowOf(int row) => this with { Shape = new(Shape.Columns), Whole = this, Start = row * Shape.Columns, Offset = Offset + (row * Shape.Columns) };

    /// <summary>Whether it has a gradient and the optimiser changes it.</summary>
    public bool IsTrained => !Frozen && Role != ParameterRole.Buffer;
}

/// <summary>What a block of parameters starts as.</summary>
/// <param name="Distribution">Drawn from this; <see cref="Initializer.Zeros"/>: nothing is drawn.</param>
/// <param name="Constant">The value of every element where nothing is drawn.</param>
internal readonly record struct InitialValue(Initializer Distribution, double Constant)
{
    public static readonly InitialValue Zeros = Of(Initializer.Zeros);

    public static readonly InitialValue Ones = new(Initializer.Zeros, 1);

    /// <summary>The first element that starts as <see cref="Constant"/>; those before it are 0.</summary>
    public int From { get; init; }

    /// <summary>The first element after those; 0 where the rest of the block is one of them.</summary>
    public int Until { get; init; }

    public bool IsDrawn => Distribution != Initializer.Zeros;

    /// <param name="distribution">Resolved: never <see cref="Initializer.Auto"/>.</param>
    public static InitialValue Of(Initializer distribution) => new(distribution, 0);
}
