using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>What a block of parameters is to its layer, which decides how training treats it.</summary>
internal enum ParameterRole
{
    /// <summary>Multiplies what comes in: penalties and decay apply.</summary>
    Weight,

    /// <summary>Is added: neither penalties nor decay.</summary>
    Bias,
}

/// <summary>An array of parameters in canonical order. Where it lies in memory is a matter of planning.</summary>
/// <param name="Layer">The layer it belongs to: "dense1".</param>
/// <param name="Kind">What it is called within its layer: "weight", "bias".</param>
/// <param name="Role">How training treats it.</param>
/// <param name="Shape">[in, out] for a weight, [out] for a bias.</param>
/// <param name="Initializer">Resolved: never <see cref="Initializer.Auto"/>.</param>
/// <param name="Frozen">Not trained.</param>
internal sealed record ParameterBlock(string Layer, string Kind, ParameterRole Role, Shape Shape, Initializer Initializer, bool Frozen)
{
    /// <summary>Where it starts among all parameters in canonical order.</summary>
    public int Offset { get; init; }

    public string Name => Layer + "." + Kind;

    public bool IsWeight => Role == ParameterRole.Weight;
}
