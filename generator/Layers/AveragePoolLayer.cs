using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = the mean of each window, channel by channel. Backward: dy goes to all elements of the window in equal shares.</summary>
internal sealed record AveragePoolLayer(string Name, WindowSpec Spec, bool CountPadding) : UnaryLayer(Name)
{
    public static readonly LayerRegistration OneAxis = Registration(1, "[AveragePool1D(3, Stride = 2, Padding = Padding.Same)]", "[time, features]", [8, 3]);

    public static readonly LayerRegistration TwoAxes = Registration(2, "[AveragePool2D(2)]", "[height, width, channels]", [4, 5, 2]);

    public override bool ReadsCallersRows => true;

    public override string Kind => Spec.Axes == 1 ? "AveragePool1D" : "AveragePool2D";

    private static LayerRegistration Registration(int axes, string example, string shape, IReadOnlyList<int> exampleShape) => new(
        axes == 1 ? "AveragePool1D" : "AveragePool2D",
        [.. PoolSpec.Arguments(), ArgumentSchema.Flag("CountPadding", false)],
        arguments => [new AveragePoolLayer(arguments.Name, PoolSpec.Read(arguments, axes), arguments.Flag("CountPadding"))],
        example,
        $"the mean of each window over {shape}, channel by channel, of the elements inside, or with `CountPadding` of those around too")
    {
        DefaultName = "averagepool",
        ExampleShape = exampleShape,
    };

    public override LayerFault? FaultOf(Shape input) => PoolSpec.FaultOf(Spec, input, Name);

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.Wrong("pools over time, which changes the rate of frames: use a recurrent layer or a causal convolution in its place");

    public override Shape InferShape(Shape input) => Spec.OutputOf(input, input.Columns);

    public override void Forward(ForwardPass pass) =>
        pass.Add(new AveragePool(Spec.On(pass.Input.Shape), CountPadding, pass.Input.Shape.Columns, pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new AveragePoolBackward(Spec.On(pass.Input.Shape), CountPadding, pass.Input.Shape.Columns, pass.OutputGradient, pass.InputGradient));
    }
}
