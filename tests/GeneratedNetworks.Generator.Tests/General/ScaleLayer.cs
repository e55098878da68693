using System.Collections.Generic;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>h[…, c] = x[…, c]·s[c], s starting at 1. Backward: dx = dh·s, ds[c] = Σ x·dh. Fixed: s is kept and not trained.</summary>
internal sealed record ScaleLayer(string Name, bool Fixed) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Scale",
        [ArgumentSchema.Flag("Fixed", false)],
        arguments => [new ScaleLayer(arguments.Name, arguments.Flag("Fixed"))],
        "[Scale]",
        "a factor for each channel");

    public override bool IsTrainable => !Fixed;

    public override IEnumerable<ParameterBlock> Parameters(Shape input) =>
        [new(Name, "scale", Fixed ? ParameterRole.Buffer : ParameterRole.Scale, new Shape(input.Columns), InitialValue.Ones, false)];

    public override void Forward(ForwardPass pass) => pass.Add(new MultiplyRow(pass.Block("scale"), pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        // dx reads the factors before a fused step changes them.
        if (pass.InputGradient is not null)
            pass.Add(new MultiplyRow(pass.Block("scale"), pass.OutputGradient, pass.InputGradient));
        if (IsTrainable)
            pass.Add(new MultiplyRowGradient(pass.Block("scale"), pass.Input, pass.OutputGradient));
    }
}
