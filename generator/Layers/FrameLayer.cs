using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = x with zeros around it, as far as a window reaches beyond x. Backward: dx = dh without its border.</summary>
internal sealed record FrameLayer(string Name, WindowSpec Window) : UnaryLayer(Name)
{
    public override bool ReadsCallersRows => true;

    public override string Kind => "Border";

    public override string InnerName => "Framed";

    /// <summary>Whether a window may reach beyond what it slides over.</summary>
    public static bool IsNeeded(WindowSpec window) =>
        window.Pads.Any(pad => pad > 0) || (window.Padding != Padding.Valid && window.Kernel.Any(size => size > 1));

    public override LayerFault? FaultOf(Shape input) => Window.FaultOn(input, Name);

    public override StreamRule InStream(IReadOnlyList<Shape> inputs) => Window is { Axes: 1, Padding: Padding.Causal }
        ? StreamRule.EachStep
        : StreamRule.Wrong(Window.Axes > 1
            ? "slides over more than time, and a stream gives one step after the other: use Conv1D with Padding = Padding.Causal, or leave Streaming away and run whole images"
            : "reaches beyond its step: write Padding = Padding.Causal, so that it sees what came before alone");

    /// <summary>What came before in place of zeros.</summary>
    public override Layer OfFrame() => new RecallLayer(Name, Window.Kernel[0], Window.Dilations[0]) { From = From };

    public override Shape InferShape(Shape input)
    {
        Window window = Window.On(input);
        int channels = input.Columns;
        return Window.Axes == 1 ? new(window.Columns.Padded, channels) : new(window.Rows.Padded, window.Columns.Padded, channels);
    }

    public override void Forward(ForwardPass pass)
    {
        Window window = Window.On(pass.Input.Shape);
        pass.Add(new Frame(pass.Input, pass.Output, window.Rows.Before, window.Columns.Before));
        if (pass.PastOf("frames", RecallLayer.PastOf(Window.Kernel[0], Window.Dilations[0], pass.Input.Shape.Columns)) is { } past)
            pass.Add(new RecallWindow(past, pass.Output, window.Columns.Before, pass.Input.Shape.Columns));
    }

    public override void Backward(BackwardPass pass)
    {
        Window window = Window.On(pass.Input.Shape);
        if (pass.InputGradient is not null)
            pass.Add(new Frame(pass.OutputGradient, pass.InputGradient, -window.Rows.Before, -window.Columns.Before));
    }
}
