using System.Collections.Generic;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>h = a + b, two values of one shape. Backward: da = db = dh, which takes no operation.</summary>
internal sealed record SumLayer(string Name, string Left, string Right) : Layer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Sum",
        [ArgumentSchema.Names("from")],
        arguments => [new SumLayer(arguments.Name, arguments.Names("from")[0], arguments.Names("from")[1])],
        "[Sum(\"a\", \"b\")]",
        "the sum of two values");

    public override IReadOnlyList<string?> Sources => [Left, Right];

    public override IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs) => [inputs[0]];

    public override void Forward(ForwardPass pass) => pass.Add(new Add(pass.Inputs[0], pass.Inputs[1], pass.Output));

    public override void Backward(BackwardPass pass)
    {
        pass.PassOn(0);
        pass.PassOn(1);
    }
}
