using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = the largest of each window, channel by channel. Backward: dy goes to the first element that is as large.</summary>
internal sealed record MaxPoolLayer(string Name, WindowSpec Spec) : UnaryLayer(Name)
{
    public static readonly LayerRegistration OneAxis = Registration(1, "[MaxPool1D(3, Stride = 2, Padding = Padding.Same)]", "[time, features]", [8, 3]);

    public static readonly LayerRegistration TwoAxes = Registration(2, "[MaxPool2D(2)]", "[height, width, channels]", [4, 5, 2]);

    public override bool ReadsCallersRows => true;

    public override string Kind => Spec.Axes == 1 ? "MaxPool1D" : "MaxPool2D";

    private static LayerRegistration Registration(int axes, string example, string shape, IReadOnlyList<int> exampleShape) => new(
        axes == 1 ? "MaxPool1D" : "MaxPool2D",
        [.. PoolSpec.Arguments()],
        arguments => [new MaxPoolLayer(arguments.Name, PoolSpec.Read(arguments, axes))],
        example,
        $"the largest element of each window over {shape}, channel by channel; a window moves by its size unless `Stride` says otherwise")
    {
        DefaultName = "maxpool",
        ExampleShape = exampleShape,
    };

    public override LayerFault? FaultOf(Shape input) => PoolSpec.FaultOf(Spec, input, Name);

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.Wrong("pools over time, which changes the rate of frames: use a recurrent layer or a causal convolution in its place");

    public override Shape InferShape(Shape input) => Spec.OutputOf(input, input.Columns);

    public override void Forward(ForwardPass pass) => pass.Add(new MaxPool(Spec.On(pass.Input.Shape), pass.Input.Shape.Columns, pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new MaxPoolBackward(Spec.On(pass.Input.Shape), pass.Input.Shape.Columns, pass.Input, pass.Output, pass.OutputGradient, pass.InputGradient));
    }
}
