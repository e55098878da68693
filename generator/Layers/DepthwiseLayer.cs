using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>z[p, c·M + m] = b + Σ x[p·s + k·d, c]·W[k, c, m]: every channel by itself, M times. Backward as for a convolution of as many groups as channels.</summary>
internal sealed record DepthwiseLayer(string Name, WindowSpec Window, int Multiplier, bool UseBias, Initializer Initializer, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Signals = Register(
        "DepthwiseConv1D", 1, "[DepthwiseConv1D(3, Activation.Tanh, Multiplier = 2)]", "each channel of [time, features] by itself, W of shape [kernel, inputs, multiplier]");

    public static readonly LayerRegistration Images = Register(
        "DepthwiseConv2D", 2, "[DepthwiseConv2D(3, Activation.Tanh, Padding = Padding.Same)]", "the same of [height, width, channels], W of shape [rows, columns, inputs, multiplier]");

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override string Kind => Window.Axes == 1 ? "DepthwiseConv1D" : "DepthwiseConv2D";

    private static LayerRegistration Register(string attribute, int axes, string example, string summary) => new(
        attribute,
        [ArgumentSchema.Extents("kernel"), .. ConvolutionPass.Arguments, ArgumentSchema.Whole("Multiplier", 1)],
        arguments => ConvolutionPass.Create(arguments, axes, (window, initializer) =>
            new DepthwiseLayer(arguments.Name, window, arguments.Int("Multiplier"), arguments.Flag("UseBias"), initializer, arguments.Flag("Frozen"))),
        example,
        summary)
    {
        DefaultName = "depthwise",
        ExampleShape = axes == 1 ? [5, 2] : [4, 3, 2],
    };

    public override LayerFault? FaultOf(Shape input) => Window.FaultOn(input, Name);

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => Window.FaultInStream() is { } fault ? StreamRule.Wrong(fault) : StreamRule.EachStep;

    public override Layer OfFrame() => this with { Window = Window.OfFrame() };

    public override Shape InferShape(Shape input) => Window.OutputOf(input, input.Columns * Multiplier);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        int taps = Window.Kernel.Aggregate(1, (product, size) => product * size);
        Shape shape = new(new EquatableArray<int>([.. Window.Kernel, input.Columns, Multiplier]));
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, shape, InitialValue.Of(Initializer), Frozen) { FanIn = taps, FanOut = taps * Multiplier };
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(input.Columns * Multiplier), InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass) => ConvolutionPass.Forward(pass, Window, pass.Input.Shape.Columns);

    public override void Backward(BackwardPass pass) => ConvolutionPass.Backward(pass, Window, pass.Input.Shape.Columns, Frozen);
}
