using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = min(max(x, minimum), maximum). Backward: dx = dy strictly between the bounds, otherwise 0.</summary>
internal sealed record ClipLayer(string Name, double Minimum, double Maximum) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Clip",
        [
            new("minimum", ArgumentKind.Double) { Default = double.NegativeInfinity },
            new("maximum", ArgumentKind.Double) { Default = double.PositiveInfinity },
        ],
        Create,
        "[Clip(-0.75, 0.5)]",
        "y = min(max(x, minimum), maximum); its derivative is 1 strictly between the bounds, which may be infinite, and 0 elsewhere");

    public override string Kind => "Clip";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        double minimum = arguments.Number("minimum"), maximum = arguments.Number("maximum");

        // Not the reverse: a NaN is below nothing.
        if (!(minimum < maximum))
        {
            arguments.Report(IssueIds.ClipBounds, $"minimum must be less than maximum, not {Text(minimum)} and {Text(maximum)}");
            (minimum, maximum) = (double.NegativeInfinity, double.PositiveInfinity);
        }

        yield return new ClipLayer(arguments.Name, minimum, maximum);
    }

    public override void Forward(ForwardPass pass) => pass.Add(new Clamp(Minimum, Maximum, pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new ClampBackward(Minimum, Maximum, pass.OutputGradient, pass.Output, pass.InputGradient));
    }

    private static string Text(double bound) => bound.ToString("R", CultureInfo.InvariantCulture);
}
