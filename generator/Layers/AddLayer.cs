using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = a + b. Backward: da = db = dh, which takes no operation.</summary>
internal sealed record AddLayer(string Name, string? Left, string Right) : Layer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Add",
        JoinLayer.Arguments,
        arguments => JoinLayer.Create(arguments, from => JoinLayer.InPairs(from, (left, right) => new AddLayer(arguments.Name, left, right))),
        "[Add(\"x\", \"x\")]",
        "y = f(a + b + …), values of one shape");

    public override IReadOnlyList<string?> Sources => [Left, Right];

    public override string Kind => "Add";

    public override LayerFault? FaultOf(IReadOnlyList<Shape> inputs) => JoinLayer.FaultOfEqual(Name, "adds", inputs);

    public override IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs) => [inputs[0]];

    public override void Forward(ForwardPass pass) => pass.Add(new Add(pass.Inputs[0], pass.Inputs[1], pass.Output));

    public override void Backward(BackwardPass pass)
    {
        pass.PassOn(0);
        pass.PassOn(1);
    }
}
