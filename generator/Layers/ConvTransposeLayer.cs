using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// The reverse of a convolution's way: every element of x is spread over a window of the output, z[q·s + k·d − crop, o] += x[q, c]·W[k, o, c], then + b. Backward: dx is
/// a convolution of dz, dW[k, o, c] = Σ x[q, c]·dz[q·s + k·d − crop, o], db = Σ dz.
/// </summary>
internal sealed record ConvTransposeLayer(string Name, WindowSpec Window, int Filters, int OutputPadding, bool UseBias, Initializer Initializer, bool Frozen) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Signals = Register(
        "Conv1DTranspose", 1, "[Conv1DTranspose(3, 4, Activation.Tanh, Stride = 2)]", "spreads each element over a window of a longer output: y = f(b + Σ x[q]·W[k] where q·s + k·d = t), W of shape [kernel, filters, inputs]");

    public static readonly LayerRegistration Images = Register(
        "Conv2DTranspose", 2, "[Conv2DTranspose(3, 3, Activation.Tanh, Stride = 2, Padding = Padding.Same)]", "the same over [height, width, channels], W of shape [rows, columns, filters, inputs]");

    public override bool IsTrainable => !Frozen;

    public override bool ReadsCallersRows => true;

    public override string Kind => Window.Axes == 1 ? "Conv1DTranspose" : "Conv2DTranspose";

    private static LayerRegistration Register(string attribute, int axes, string example, string summary) => new(
        attribute,
        [ArgumentSchema.Size("filters"), ArgumentSchema.Extents("kernel"), .. ConvolutionPass.Arguments, new("OutputPadding", ArgumentKind.Int) { Default = 0, Range = ArgumentRange.Counts }],
        arguments => Create(arguments, axes),
        example,
        summary)
    { DefaultName = "transposed", ExampleShape = axes == 1 ? [4, 2] : [2, 3, 2] };

    private static IEnumerable<Layer> Create(LayerArguments arguments, int axes)
    {
        WindowSpec window = WindowSpec.Read(arguments, "kernel", axes);
        int outputPadding = arguments.Int("OutputPadding");
        if (window.Padding == Padding.Causal)
            arguments.Report(IssueIds.WindowArguments, arguments.Name, "cannot be causal: each element spreads over what comes later; write Padding.Valid, Padding.Same or Pads");
        if (window.Padding == Padding.Same && outputPadding > 0)
            arguments.Report(IssueIds.WindowArguments, arguments.Name, "has Padding.Same, which says how long the output is, and OutputPadding: remove one of them");
        Activation activation = arguments.Choice<Activation>("activation");
        Initializer initializer = arguments.Choice<Initializer>("Initializer");
        yield return new ConvTransposeLayer(
            arguments.Name, window, arguments.Int("filters"), outputPadding, arguments.Flag("UseBias"),
            initializer == Initializer.Auto ? ActivationFunction.Of(activation).DefaultInitializer : initializer, arguments.Flag("Frozen"));
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    public override LayerFault? FaultOf(Shape input)
    {
        if (Window.FaultOfAxes(input, Name) is { } fault)
            return fault;
        for (int axis = 0; axis < Window.Axes; axis++)
        {
            if (Length(axis, input.Dimensions[axis]) < 1)
            {
                string[] words = [Name, $"Pads of {Text(Window.Pads[axis] + Window.Pads[axis + Window.Axes])}", Window.Name(axis), $"only {Text(Length(axis, input.Dimensions[axis]) + Window.Pads[axis] + Window.Pads[axis + Window.Axes])} to cut from"];
                return new(IssueIds.WindowDoesNotFit, words);
            }
        }

        return null;
    }

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.Wrong("makes more steps of each, which changes the rate of frames: there is no form of it for streams");

    public override Shape InferShape(Shape input) => new(new EquatableArray<int>(
        Enumerable.Range(0, Window.Axes).Select(axis => (int)Math.Min(int.MaxValue / 4, Length(axis, input.Dimensions[axis]))).Append(Filters)));

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        int taps = Window.Kernel.Aggregate(1, (product, size) => product * size);
        Shape shape = new(new EquatableArray<int>([.. Window.Kernel, Filters, input.Columns]));
        yield return new ParameterBlock(Name, "weight", ParameterRole.Weight, shape, InitialValue.Of(Initializer), Frozen) { FanIn = taps * input.Columns, FanOut = taps * Filters };
        if (UseBias)
            yield return new ParameterBlock(Name, "bias", ParameterRole.Bias, new Shape(Filters), InitialValue.Zeros, Frozen);
    }

    public override void Forward(ForwardPass pass)
    {
        Window window = WindowOver(pass.Input.Shape, pass.Output.Shape);
        Tensor input = pass.Input;
        (int top, int bottom) = ConvolveTransposed.Border(window.Rows);
        (int left, int right) = ConvolveTransposed.Border(window.Columns);
        if (top + bottom + left + right > 0)
        {
            input = pass.Kept("Framed", Framed(window.Rows.Output + top + bottom, window.Columns.Output + left + right, input.Shape.Columns));
            pass.Add(new Frame(pass.Input, input, top, left));
        }

        pass.Add(new Deconvolve(pass.Block("weight"), pass.FindBlock("bias"), window, input, pass.Output, Activation.Identity));
    }

    public override void Backward(BackwardPass pass)
    {
        Window window = WindowOver(pass.Input.Shape, pass.Output.Shape);
        Tensor gradient = pass.OutputGradient;
        if (window.IsPadded)
        {
            gradient = pass.Beside("Framed", Framed(window.Rows.Padded, window.Columns.Padded, Filters));
            pass.Add(new Frame(pass.OutputGradient, gradient, window.Rows.Before, window.Columns.Before));
        }

        Window inside = new(window.Rows.WithoutPadding, window.Columns.WithoutPadding);
        if (pass.InputGradient is not null)
            pass.Add(new DeconvolveBackward(pass.Block("weight"), inside, gradient, pass.InputGradient));
        if (Frozen)
            return;
        pass.Add(new DeconvolveGradient(pass.Block("weight"), inside, pass.Input, gradient));
        if (pass.FindBlock("bias") is { } bias)
            pass.Add(new ChannelSums(bias, pass.OutputGradient));
    }

    private Shape Framed(int rows, int columns, int channels) => Window.Axes == 1 ? new(columns, channels) : new(rows, columns, channels);

    /// <summary>Elements of the output along an axis: Keras' for a padding, PyTorch's where pads say what is cut off.</summary>
    private long Length(int axis, int input)
    {
        long stride = Window.Strides[axis], span = ((Window.Kernel[axis] - 1L) * Window.Dilations[axis]) + 1;
        return Window.Pads.Count > 0 ? ((input - 1) * stride) + span - Window.Pads[axis] - Window.Pads[axis + Window.Axes] + OutputPadding
            : (input * stride) + (Window.Padding == Padding.Same ? 0 : Math.Max(span - stride, 0) + OutputPadding);
    }

    private Window WindowOver(Shape input, Shape output)
    {
        (int rows, int columns, _) = input.Plane;
        (int outputRows, int outputColumns, _) = output.Plane;
        return Window.Axes == 1 ? new(Axis.None, Along(0, columns, outputColumns)) : new(Along(0, rows, outputRows), Along(1, columns, outputColumns));
    }

    private Axis Along(int axis, int input, int output)
    {
        int stride = Window.Strides[axis], dilation = Window.Dilations[axis], span = ((Window.Kernel[axis] - 1) * dilation) + 1;
        int before = Window.Pads.Count > 0 ? Window.Pads[axis] : Window.Padding == Padding.Same ? Math.Max(span - stride, 0) / 2 : 0;
        int after = Math.Max(0, ((input - 1) * stride) + span - before - output);
        return new(output, Window.Kernel[axis], stride, dilation, before, after, input);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
