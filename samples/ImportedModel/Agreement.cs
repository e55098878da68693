using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks;

namespace ImportedDigits;

/// <summary>Whether two ways to compute the same outputs agree.</summary>
internal static class Agreement
{
    /// <summary>The largest |ours − theirs| / max(1, |theirs|) over the rows of a file, which are those of the first samples.</summary>
    public static double LargestGap(string path, ReadOnlySpan<float> outputs)
    {
        string[] cells = [.. File.ReadLines(path).SelectMany(line => line.Split(','))];
        double[] expected = Array.ConvertAll(cells, cell => double.Parse(cell, CultureInfo.InvariantCulture));
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
            largest = Math.Max(largest, Math.Abs(outputs[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i])));
        return largest;
    }

    /// <summary>The same numbers for every sample, to the last bit.</summary>
    public static bool SameOutputs(Student first, Student second, Dataset<float> data)
    {
        float[] ours = new float[data.Count * Student.OutputSize];
        float[] theirs = new float[ours.Length];
        first.Forward(data.Inputs, ours);
        second.Forward(data.Inputs, theirs);
        return ours.AsSpan().SequenceEqual(theirs);
    }
}
