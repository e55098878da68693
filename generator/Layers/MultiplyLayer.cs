using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = a ⊙ b. Backward: da = dh ⊙ b, db = dh ⊙ a.</summary>
internal sealed record MultiplyLayer(string Name, string? Left, string Right) : Layer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Multiply",
        JoinLayer.Arguments,
        arguments => JoinLayer.Create(arguments, from => JoinLayer.InPairs(from, (left, right) => new MultiplyLayer(arguments.Name, left, right))),
        "[Multiply(\"x\", \"x\")]",
        "y = f(a ⊙ b ⊙ …), values of one shape, element by element");

    public override IReadOnlyList<string?> Sources => [Left, Right];

    public override string Kind => "Multiply";

    public override LayerFault? FaultOf(IReadOnlyList<Shape> inputs) => JoinLayer.FaultOfEqual(Name, "multiplies", inputs);

    public override IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs) => [inputs[0]];

    public override void Forward(ForwardPass pass) => pass.Add(new Multiply(pass.Inputs[0], pass.Inputs[1], pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradients[0] is { } left)
            pass.Add(new Multiply(pass.OutputGradient, pass.Inputs[1], left));
        if (pass.InputGradients[1] is { } right)
            pass.Add(new Multiply(pass.OutputGradient, pass.Inputs[0], right));
    }
}
