using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>One JSON file of <c>tests/Golden</c>.</summary>
internal sealed class GoldenRun
{
    private GoldenRun(JsonElement root)
    {
        Root = root;
        Inputs = Numbers(root.GetProperty("inputs"));
        Targets = Numbers(root.GetProperty("targets"));
    }

    public JsonElement Root { get; }

    public double[] Inputs { get; }

    public double[] Targets { get; }

    public double LearningRate => Root.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble();

    public static GoldenRun Load(string name)
    {
        using FileStream stream = File.OpenRead(PathOf(name + ".json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        return new GoldenRun(document.RootElement.Clone());
    }

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Golden", file);

    public int Setting(string name) => Root.GetProperty("hyperparameters").GetProperty(name).GetInt32();

    /// <summary>Weights and biases in canonical order of the element found by <paramref name="path"/>.</summary>
    public double[] Parameters(params string[] path) => Parameters(At(path));

    public static double[] Parameters(JsonElement element) =>
        element.GetProperty("layers").EnumerateArray()
            .SelectMany(layer => Numbers(layer.GetProperty("W")).Concat(Numbers(layer.GetProperty("b"))))
            .ToArray();

    public double[] NumbersAt(params string[] path) => Numbers(At(path));

    public JsonElement At(params string[] path) => path.Aggregate(Root, (element, name) => element.GetProperty(name));

    /// <summary>Every number below <paramref name="element"/> in reading order; none for null.</summary>
    public static double[] Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers).ToArray(),
        JsonValueKind.Number => [element.GetDouble()],
        _ => [], // no bias
    };

    /// <summary>The digits: pixels scaled to 0…1 and the labels.</summary>
    public static (double[][] Pixels, int[] Labels) ReadDigits()
    {
        double[][] rows = File.ReadLines(PathOf("digits.csv")).Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return (rows.Select(row => row[..64].Select(pixel => pixel / 16).ToArray()).ToArray(), rows.Select(row => (int)row[64]).ToArray());
    }

    public static double[] OneHot(IEnumerable<int> labels, int classes) =>
        labels.SelectMany(label => Enumerable.Range(0, classes).Select(c => c == label ? 1.0 : 0.0)).ToArray();
}
