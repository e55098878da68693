using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y[c] = the mean, or the largest, of x[…, c]: a pool whose window is all there is.</summary>
internal sealed record GlobalPoolLayer(string Name, bool IsMax) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Average = Registration(false, "GlobalAveragePool", "the mean of all positions, channel by channel");

    public static readonly LayerRegistration Max = Registration(true, "GlobalMaxPool", "the largest of all positions, channel by channel");

    public override bool ReadsCallersRows => true;

    public override string Kind => IsMax ? "GlobalMaxPool" : "GlobalAveragePool";

    private static LayerRegistration Registration(bool isMax, string attribute, string summary) =>
        new(attribute, [], arguments => [new GlobalPoolLayer(arguments.Name, isMax)], $"[{attribute}]", summary)
        {
            DefaultName = "globalpool",
            ExampleShape = [2, 2, 3],
        };

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.Wrong("pools over time, which changes the rate of frames: use a recurrent layer or a causal convolution in its place");

    public override Shape InferShape(Shape input) => new(input.Columns);

    public override void Forward(ForwardPass pass)
    {
        Shape shape = pass.Input.Shape;
        pass.Add(IsMax ? new MaxPool(Everything(shape), shape.Columns, pass.Input, pass.Output) : new AveragePool(Everything(shape), false, shape.Columns, pass.Input, pass.Output));
    }

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not { } gradient)
            return;
        Shape shape = pass.Input.Shape;
        pass.Add(IsMax
            ? new MaxPoolBackward(Everything(shape), shape.Columns, pass.Input, pass.Output, pass.OutputGradient, gradient)
            : new AveragePoolBackward(Everything(shape), false, shape.Columns, pass.OutputGradient, gradient));
    }

    /// <summary>One position that sees all, whatever the axes are.</summary>
    private static Window Everything(Shape shape) => new(Axis.None, new(shape.Rows, shape.Rows, 1, 1, 0, 0, 1));
}
