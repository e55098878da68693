using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// z = σ(x·W_z + h₋₁·U_z), r = σ(x·W_r + h₋₁·U_r), h = z ⊙ h₋₁ + (1 - z) ⊙ n with n = tanh(x·W_n + r ⊙ (h₋₁·U_n)), or n = tanh(x·W_n + (r ⊙ h₋₁)·U_n), biases left out.
/// Cho et al. 2014, arXiv:1406.1078; r behind the product as in cuDNN.
/// </summary>
internal sealed record GruLayer(string Name, int Units, bool ResetAfter) : RecurrentLayer(Name, ResetAfter ? CellKind.GruResetAfter : CellKind.GruResetBefore, Units)
{
    public static readonly LayerRegistration Registration = new(
        "Gru",
        [ArgumentSchema.Size("units"), .. Arguments, ArgumentSchema.Flag("ResetAfter", true)],
        arguments => [Read(arguments, new GruLayer(arguments.Name, arguments.Int("units"), arguments.Flag("ResetAfter")))],
        "[Gru(3)]",
        "gated recurrent units, gates in the order z, r, n; `ResetAfter` as in Keras, PyTorch and cuDNN, with two biases")
    {
        ExampleShape = [4, 2],
    };

    public override string Kind => "Gru";

    protected override int Biases => ResetAfter ? 2 : 1;
}
