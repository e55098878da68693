using System.Linq;
using ScottPlot;

namespace Gestures;

/// <summary>Signal and decision over time.</summary>
internal static class Picture
{
    private static readonly string[] AxisNames = ["x", "y", "z"];
    private static readonly Color[] AxisColors = [Colors.Red, Colors.Green, Colors.Blue];
    private static readonly Color[] GestureColors = [Colors.LightGray, Colors.SkyBlue, Colors.Gold, Colors.Salmon, Colors.MediumPurple, Colors.LightGreen];

    /// <param name="path">Where it goes.</param>
    /// <param name="recording">What was shown.</param>
    /// <param name="live">What was decided.</param>
    /// <param name="frames">How many are drawn, from the first on.</param>
    public static void Save(string path, Recording recording, LiveRun live, int frames)
    {
        Multiplot picture = new();
        picture.AddPlots(3);
        Axes(picture.GetPlot(0), recording, 0, frames, "acceleration, g", "What the hand does (shades), and what the sensor measures");
        Axes(picture.GetPlot(1), recording, 3, frames, "rotation, turns a second", "");
        Decisions(picture.GetPlot(2), recording, live, frames);
        picture.SavePng(path, 1600, 1100);
    }

    private static void Axes(Plot plot, Recording recording, int first, int frames, string label, string title)
    {
        Shade(plot, recording, frames);
        for (int axis = 0; axis < AxisNames.Length; axis++)
        {
            double[] values = [.. Enumerable.Range(0, frames).Select(frame => (double)recording.Frame(frame)[first + axis])];
            ScottPlot.Plottables.Signal curve = plot.Add.Signal(values, 1.0 / Hand.Rate, AxisColors[axis]);
            curve.LegendText = AxisNames[axis];
        }

        plot.Title(title);
        plot.YLabel(label);
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.Margins(0, 0.1);
    }

    private static void Decisions(Plot plot, Recording recording, LiveRun live, int frames)
    {
        Shade(plot, recording, frames);
        double[] seconds = [.. Enumerable.Range(0, frames).Select(frame => (double)frame / Hand.Rate)];
        ScottPlot.Plottables.Scatter right = plot.Add.ScatterLine(seconds, [.. recording.Labels.Take(frames).Select(label => (double)label)], Colors.Gray);
        right.ConnectStyle = ConnectStyle.StepHorizontal;
        right.LineWidth = 6;
        right.LegendText = "what the hand does";
        ScottPlot.Plottables.Scatter decided = plot.Add.ScatterLine(seconds, [.. live.Decisions.Take(frames).Select(decision => (double)decision)], Colors.Black);
        decided.ConnectStyle = ConnectStyle.StepHorizontal;
        decided.LineWidth = 2;
        decided.LegendText = "what the network says after each frame";
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, Hand.GestureCount).Select(gesture => (double)gesture)], Hand.Names);
        plot.XLabel("seconds");
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        plot.Axes.Margins(0, 0);
        plot.Axes.SetLimitsY(-0.5, Hand.GestureCount + 0.3);
    }

    private static void Shade(Plot plot, Recording recording, int frames)
    {
        for (int from = 0, to; from < frames; from = to)
        {
            to = System.Math.Min(frames, recording.NextChange(from));
            ScottPlot.Plottables.HorizontalSpan shade = plot.Add.HorizontalSpan((double)from / Hand.Rate, (double)to / Hand.Rate);
            shade.FillColor = GestureColors[recording.Labels[from]].WithAlpha(0.35);
            shade.LineWidth = 0;
        }
    }
}
