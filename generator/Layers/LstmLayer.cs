using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>i, f, o = σ(x·W + h₋₁·U + b), g = tanh(x·W + h₋₁·U + b), c = f ⊙ c₋₁ + i ⊙ g, h = o ⊙ tanh(c). Hochreiter and Schmidhuber 1997; Gers et al. 2000.</summary>
internal sealed record LstmLayer(string Name, int Units, double ForgetBias, double CellClip) : RecurrentLayer(Name, CellKind.Lstm, Units)
{
    public static readonly LayerRegistration Registration = new(
        "Lstm",
        [
            ArgumentSchema.Size("units"), .. Arguments,
            new("ForgetBias", ArgumentKind.Double) { Default = 1.0 },
            new("CellClip", ArgumentKind.Double) { Default = 0.0 },
        ],
        Create,
        "[Lstm(3)]",
        "long short-term memory, gates in the order i, f, g, o; the biases of f start as `ForgetBias`; `CellClip` holds c within ± that, 0 for no limit")
    {
        ExampleShape = [4, 2],
    };

    public override string Kind => "Lstm";

    protected override double Limit => CellClip;

    protected override InitialValue InitialBias => InitialValue.Zeros with { Constant = ForgetBias, From = Units, Until = 2 * Units };

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        double bias = arguments.Number("ForgetBias"), clip = arguments.Number("CellClip");
        if (double.IsNaN(bias) || double.IsInfinity(bias))
        {
            arguments.Report(IssueIds.NormalizationNumber, arguments.Name, "a ForgetBias that is finite", bias.ToString("R", CultureInfo.InvariantCulture));
            bias = 1;
        }

        // Not the reverse: a NaN is above nothing.
        if (!(clip >= 0 && clip < double.PositiveInfinity))
        {
            arguments.Report(IssueIds.NormalizationNumber, arguments.Name, "a CellClip that is 0, for none, or positive and finite", clip.ToString("R", CultureInfo.InvariantCulture));
            clip = 0;
        }

        yield return Read(arguments, new LstmLayer(arguments.Name, arguments.Int("units"), bias, clip));
    }
}
