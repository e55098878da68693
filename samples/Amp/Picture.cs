using System;
using System.Linq;
using ScottPlot;

namespace Amp;

/// <summary>The waveforms: a moment of all three, and the whole of what is heard with what is wrong in it.</summary>
internal static class Picture
{
    private const double Moment = 0.02;

    private static readonly Color DryColor = Colors.Gray, WetColor = Colors.Orange, NetworkColor = Colors.Blue, ErrorColor = Colors.Red;

    /// <param name="path">Where it goes.</param>
    /// <param name="dry">What the guitar played.</param>
    /// <param name="wet">What the amplifier made of it.</param>
    /// <param name="network">What the network made of it.</param>
    public static void Save(string path, float[] dry, float[] wet, float[] network)
    {
        Multiplot picture = new();
        picture.AddPlots(2);
        int length = (int)(Moment * Guitar.Rate), from = Loudest(wet, length);
        Plot moment = picture.GetPlot(0);
        Add(moment, dry.AsSpan(from, length), from, DryColor, "guitar");
        Add(moment, wet.AsSpan(from, length), from, WetColor, "amplifier").LineWidth = 5;
        Add(moment, network.AsSpan(from, length), from, NetworkColor, "network").LineWidth = 1.5f;
        Finish(moment, FormattableString.Invariant($"{1000 * Moment} milliseconds of music that it was not trained on"));

        Plot whole = picture.GetPlot(1);
        float[] error = [.. network.Zip(wet, (played, right) => played - right)];
        Add(whole, wet, 0, WetColor, "amplifier");
        Add(whole, error, 0, ErrorColor, "network − amplifier");
        Finish(whole, "All of it");
        picture.SavePng(path, 1400, 1000);
    }

    private static ScottPlot.Plottables.Signal Add(Plot plot, ReadOnlySpan<float> samples, int from, Color color, string name)
    {
        ScottPlot.Plottables.Signal curve = plot.Add.Signal(samples.ToArray(), 1.0 / Guitar.Rate, color);
        curve.Data.XOffset = (double)from / Guitar.Rate;
        curve.LegendText = name;
        return curve;
    }

    private static void Finish(Plot plot, string title)
    {
        plot.Title(title);
        plot.XLabel("seconds");
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.Margins(0, 0.1);
    }

    /// <summary>Where the window with the most energy begins.</summary>
    private static int Loudest(float[] samples, int length)
    {
        int[] starts = [.. Enumerable.Range(0, samples.Length / length).Select(window => window * length)];
        return starts.MaxBy(start => samples.Skip(start).Take(length).Sum(sample => sample * sample));
    }
}
