using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = x where x &gt; 0, otherwise slope·x. Backward: dx = dy, or slope·dy; dslope = Σ x·dy where x is not positive.</summary>
internal sealed record PReluLayer(string Name, bool Shared, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "PRelu",
        [ArgumentSchema.Flag("Shared", false), ArgumentSchema.Flag("Frozen", false)],
        arguments => [new PReluLayer(arguments.Name, arguments.Flag("Shared"), arguments.Flag("Frozen"))],
        "[PRelu]",
        "y = x where x is positive, otherwise slope·x; the slopes are learned, one for each element of the last axis or with `Shared` one for all, and start as 0.25")
    {
        DefaultName = "prelu",
    };

    public override bool IsTrainable => !Frozen;

    public override string Kind => "PRelu";

    public override IEnumerable<ParameterBlock> Parameters(Shape input) =>
        [new(Name, "slope", ParameterRole.Scale, new Shape(Shared ? 1 : input.Columns), new InitialValue(Initializer.Zeros, 0.25), Frozen)];

    public override void Forward(ForwardPass pass) => pass.Add(new ParametricRelu(pass.Block("slope"), pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        // dx reads the slopes before a fused step changes them.
        if (pass.InputGradient is not null)
            pass.Add(new ParametricReluBackward(pass.Block("slope"), pass.Input, pass.OutputGradient, pass.InputGradient));
        if (!Frozen)
            pass.Add(new ParametricReluGradient(pass.Block("slope"), pass.Input, pass.OutputGradient));
    }
}
