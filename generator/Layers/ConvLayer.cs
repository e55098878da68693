using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// z[p, o] = b[o] + Σ x[p·s + k·d, c]·W[k, c, o]. Backward: dW[k, c, o] = Σ x[p·s + k·d, c]·dz[p, o], db[o] = Σ dz[p, o], and dx is the sum of dz[p, o]·W[k, c, o]
/// over all p and k that see it.
/// </summary>
internal sealed record ConvLayer(string Name, WindowSpec Window, int Filters, int Groups, bool UseBias, Initializer Initializer, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Signals = Register(
        "Conv1D", 1, "[Conv1D(3, 2, Activation.Tanh, Padding = Padding.Causal)]", "y = f(b + Σ x[t·s + k·d]·W[k]), W of shape [kernel, inputs / groups, filters], over [time, features]");

    public static readonly LayerRegistration Images = Register(
        "Conv2D", 2, "[Conv2D(4, 3, Activation.Tanh, Stride = 2, Padding = Padding.Same)]", "the same over [height, width, channels], W of shape [rows, columns, inputs / groups, filters]");

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override bool ReturnsSteps => Window.Axes == 1;

    public override string Kind => Window.Axes == 1 ? "Conv1D" : "Conv2D";

    private static LayerRegistration Register(string attribute, int axes, string example, string summary) => new(
        attribute,
        [
            ArgumentSchema.Size("filters"),
            ArgumentSchema.Extents("kernel"),
            .. ConvolutionPass.Arguments,
            ArgumentSchema.Whole("Groups", 1),
        ],
        arguments => Create(arguments, axes),
        example,
        summary)
    {
        DefaultName = "conv",
        ExampleShape = axes == 1 ? [5, 2] : [5, 4, 2],
    };

    private static IEnumerable<Layer> Create(LayerArguments arguments, int axes) => ConvolutionPass.Create(arguments, axes, (window, initializer) => new ConvLayer(
        arguments.Name, window, arguments.Int("filters"), arguments.Int("Groups"), arguments.Flag("UseBias"), initializer, arguments.Flag("Frozen")));

    public override LayerFault? FaultOf(Shape input) =>
        Window.FaultOn(input, Name)
        ?? (input.Columns % Groups == 0 && Filters % Groups == 0 ? null : new(IssueIds.Groups, Name, Text(Groups), Text(input.Columns), Text(Filters)));

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => Window.FaultInStream() is { } fault ? StreamRule.Wrong(fault) : StreamRule.EachStep;

    public override Layer OfFrame() => this with { Window = Window.OfFrame() };

    public override Shape InferShape(Shape input) => Window.OutputOf(input, Filters);

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        Shape shape = new(new EquatableArray<int>([.. Window.Kernel, input.Columns / Groups, Filters]));
        int taps = Window.Kernel.Aggregate(1, (product, size) => product * size);
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, shape, InitialValue.Of(Initializer), Frozen) { FanOut = taps * Filters / Groups };
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(Filters), InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass) => ConvolutionPass.Forward(pass, Window, Groups);

    public override void Backward(BackwardPass pass) => ConvolutionPass.Backward(pass, Window, Groups, Frozen);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
