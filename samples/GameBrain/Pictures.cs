using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GeneratedNetworks;
using ScottPlot;

namespace GameBrain;

/// <summary>What was learned: reward over time, the wishes of a grazer, and where both species went before and after.</summary>
internal static class Pictures
{
    private const int Smoothing = 100;
    private const float Corner = 35;

    // Of each species; more would be a tangle.
    private const int Traced = 12;

    private static readonly Color GrazerColor = Colors.SeaGreen;
    private static readonly Color HunterColor = Colors.Red;

    public static void Save(
        string path, int[] eaten, int[] caught, Brain brain, (Paths Grazers, Paths Hunters) first, (Paths Grazers, Paths Hunters) last)
    {
        Multiplot picture = new();
        picture.AddPlots(4);
        picture.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2);
        Curves(picture.GetPlot(0), eaten, caught);
        Wishes(picture.GetPlot(1), brain);
        int frames = first.Grazers.Frames;
        Traces(picture.GetPlot(2), first, $"The first {frames} frames, without aim: {Meals(eaten.Take(frames), caught.Take(frames))}");
        Traces(picture.GetPlot(3), last, $"The last {frames} frames, from meal to meal: {Meals(eaten.TakeLast(frames), caught.TakeLast(frames))}");
        picture.SavePng(path, 1400, 1200);
    }

    private static void Curves(Plot plot, int[] eaten, int[] caught)
    {
        foreach ((int[] counts, Color color, string name) in new[] { (eaten, GrazerColor, "food eaten"), (caught, HunterColor, "grazers caught") })
        {
            double[] means = [.. counts.Chunk(Smoothing).Select(chunk => chunk.Average())];
            var curve = plot.Add.Signal(means, Smoothing);
            curve.Data.XOffset = Smoothing / 2.0;
            curve.Color = color;
            curve.LineWidth = 2;
            curve.LegendText = name;
        }

        plot.Title("Reward while playing");
        plot.XLabel("frame");
        plot.YLabel($"per frame, mean of {Smoothing}");
        plot.ShowLegend(Alignment.LowerRight);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
    }

    /// <summary>
    /// A grazer stands in the middle and sees a hunter on its right; each arrow is what it wants if it sees food where the arrow begins.
    /// </summary>
    private static void Wishes(Plot plot, Brain brain)
    {
        Vector2 hunter = new(4, 0);
        List<Vector2> food = [];
        for (int y = -9; y <= 9; y++)
        {
            for (int x = -9; x <= 9; x++)
            {
                if (new Vector2(x, y).Length() is > 0.5f and < World.Sight)
                    food.Add(new Vector2(x, y));
            }
        }

        float[] senses = new float[food.Count * Brain.Senses];
        for (int i = 0; i < food.Count; i++)
            Species.Write(senses.AsSpan(i * Brain.Senses, Brain.Senses), food[i], hunter, default);
        float[] wishes = new float[food.Count * Brain.Actions];
        brain.Forward(senses, wishes);
        for (int i = 0; i < food.Count; i++)
        {
            Coordinates start = new(food[i].X, food[i].Y);
            var arrow = plot.Add.Arrow(start, new Coordinates(start.X + (0.9 * wishes[2 * i]), start.Y + (0.9 * wishes[(2 * i) + 1])));
            arrow.ArrowFillColor = GrazerColor;
            arrow.ArrowLineWidth = 0;
            arrow.ArrowWidth = 2;
            arrow.ArrowheadWidth = 7;
            arrow.ArrowheadLength = 7;
        }

        Marker(plot, default, GrazerColor, "the grazer");
        Marker(plot, hunter, HunterColor, "a hunter");
        plot.Title("Where a grazer wants to go, by where it sees food");
        plot.XLabel("food, to the right of the grazer");
        plot.YLabel("food, ahead of it");
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SetLimits(-11, 11, -11, 11);
        plot.Axes.SquareUnits();
    }

    private static void Marker(Plot plot, Vector2 at, Color color, string name)
    {
        var marker = plot.Add.Marker(at.X, at.Y, MarkerShape.FilledCircle, 16, color);
        marker.LegendText = name;
    }

    private static string Meals(IEnumerable<int> eaten, IEnumerable<int> caught) =>
        FormattableString.Invariant($"{eaten.Sum():n0} pieces eaten, {caught.Sum():n0} grazers caught");

    private static void Traces(Plot plot, (Paths Grazers, Paths Hunters) paths, string title)
    {
        Trace(plot, paths.Grazers, GrazerColor, "grazers, a dot where one eats");
        Trace(plot, paths.Hunters, HunterColor, "hunters, a dot where one catches a grazer");
        plot.Title(title, size: 13);
        plot.XLabel("a corner of the world, 12 of each species");
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SetLimits(0, Corner, 0, Corner);
        plot.Axes.SquareUnits();
    }

    /// <summary>
    /// The paths of the agents that begin in the corner, cut where one crosses an edge of the world or begins a new life, and a dot for each meal.
    /// </summary>
    private static void Trace(Plot plot, Paths paths, Color color, string name)
    {
        IEnumerable<int> inCorner = Enumerable.Range(0, paths.Agents).Where(agent => paths.At(0, agent).X < Corner && paths.At(0, agent).Y < Corner);
        List<Coordinates> meals = [];
        foreach (int agent in inCorner.Take(Traced))
        {
            List<Coordinates> points = [];
            for (int frame = 0; frame < paths.Frames; frame++)
            {
                Vector2 point = paths.At(frame, agent);
                if (frame > 0 && Vector2.Distance(point, paths.At(frame - 1, agent)) > World.Reach)
                    Draw(points);
                points.Add(new Coordinates(point.X, point.Y));
                if (paths.AteAt(frame, agent))
                    meals.Add(new Coordinates(point.X, point.Y));
            }

            Draw(points);
        }

        plot.Add.Markers(meals, MarkerShape.FilledCircle, 8, color);

        void Draw(List<Coordinates> points)
        {
            var line = plot.Add.ScatterLine(points.ToArray());
            line.Color = color.WithAlpha(0.7);
            line.LineWidth = 1.5f;
            line.LegendText = name;
            name = "";
            points.Clear();
        }
    }
}
