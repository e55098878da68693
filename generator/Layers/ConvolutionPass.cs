using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What convolutions have in common: a border of zeros before them, an activation behind, and their passes.</summary>
internal static class ConvolutionPass
{
    /// <summary>Those behind a convolution's sizes.</summary>
    public static IEnumerable<ArgumentSchema> Arguments =>
    [
        ArgumentSchema.Choice("activation", Activation.Identity),
        .. WindowSpec.Arguments(hasDilation: true),
        ArgumentSchema.Flag("UseBias", true),
        ArgumentSchema.Choice("Initializer", Initializer.Auto),
        ArgumentSchema.Flag("Frozen", false),
    ];

    /// <param name="arguments">The attribute's.</param>
    /// <param name="axes">1 or 2.</param>
    /// <param name="create">Makes the layer of a window that reaches beyond nothing, and of its initializer.</param>
    public static IEnumerable<Layer> Create(LayerArguments arguments, int axes, Func<WindowSpec, Initializer, Layer> create)
    {
        WindowSpec window = WindowSpec.Read(arguments, "kernel", axes);
        Activation activation = arguments.Choice<Activation>("activation");
        Initializer initializer = arguments.Choice<Initializer>("Initializer");
        if (FrameLayer.IsNeeded(window))
            yield return new FrameLayer(arguments.Name, window);
        yield return create(window with { Padding = Padding.Valid, Pads = default }, initializer == Initializer.Auto ? ActivationFunction.Of(activation).DefaultInitializer : initializer);
        if (activation != Activation.Identity)
            yield return new ActivationLayer(arguments.Name, activation);
    }

    public static void Forward(ForwardPass pass, WindowSpec window, int groups) => pass.Add(
        new Convolve(pass.Block("weight"), pass.FindBlock("bias"), window.On(pass.Input.Shape), groups, pass.Input, pass.Output, Activation.Identity));

    public static void Backward(BackwardPass pass, WindowSpec spec, int groups, bool isFrozen)
    {
        Window window = spec.On(pass.Input.Shape);

        // dx reads the weights before a fused step changes them, so it comes first.
        if (pass.InputGradient is not null)
        {
            Tensor gradient = Framed(pass, window, pass.OutputGradient);
            pass.Add(new ConvolveTransposed(pass.Block("weight"), window, groups, gradient, pass.InputGradient));
        }

        if (!isFrozen)
            pass.Add(new ConvolveGradient(pass.Block("weight"), pass.FindBlock("bias"), window, groups, pass.Input, pass.OutputGradient));
    }

    /// <summary>The gradient with zeros around it, where positions outside are asked for.</summary>
    private static Tensor Framed(BackwardPass pass, Window window, Tensor gradient)
    {
        (int top, int bottom) = ConvolveTransposed.Border(window.Rows);
        (int left, int right) = ConvolveTransposed.Border(window.Columns);
        if (top + bottom + left + right == 0)
            return gradient;
        int rows = window.Rows.Output + top + bottom, columns = window.Columns.Output + left + right, channels = gradient.Shape.Columns;
        Tensor framed = pass.Beside("Framed", gradient.Shape.Dimensions.Count == 2 ? new(columns, channels) : new(rows, columns, channels));
        pass.Add(new Frame(gradient, framed, top, left));
        return framed;
    }
}
