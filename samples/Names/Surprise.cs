using System;
using System.Linq;

namespace Names;

/// <summary>How many bits of news a letter is, to who has read the name up to it. The marks at the ends count as letters.</summary>
internal static class Surprise
{
    /// <summary>To the network.</summary>
    public static double Of(NameNet network, string[] names)
    {
        double bits = 0;
        float[] memory = new float[NameNet.MemorySize];
        foreach (string name in names)
        {
            float[] probabilities = Read(network, name, memory);
            for (int step = 0; step <= name.Length; step++)
                bits -= Math.Log2(probabilities[(step * Letters.Count) + Next(name, step)]);
        }

        return bits / Count(names);
    }

    /// <summary>To who knows nothing but how often each letter occurs in some names.</summary>
    public static double OfFrequencies(string[] known, string[] names)
    {
        double[] counts = new double[Letters.Count];
        foreach (string name in known)
        {
            for (int step = 0; step <= name.Length; step++)
                counts[Next(name, step)]++;
        }

        // One more of each, for a letter that does not occur.
        double all = counts.Sum() + Letters.Count;
        return names.Sum(name => Enumerable.Range(0, name.Length + 1).Sum(step => -Math.Log2((counts[Next(name, step)] + 1) / all))) / Count(names);
    }

    /// <summary>The probabilities of every letter after each that was read: a whole name is a call.</summary>
    public static float[] Read(NameNet network, string name, float[] memory)
    {
        Array.Clear(memory);
        float[] letters = Letters.Inputs(name), probabilities = new float[letters.Length * NameNet.OutputFrameSize];
        network.ForwardStream(letters, probabilities, memory);
        return probabilities;
    }

    private static int Next(string name, int step) => step < name.Length ? Letters.Of(name[step]) : Letters.Mark;

    private static int Count(string[] names) => names.Sum(name => name.Length + 1);
}
