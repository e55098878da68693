using System;
using System.IO;
using System.Linq;
using GeneratedNetworks;

namespace Names;

/// <summary>Names as numbers: 1 to 26 for a to z, and 0 for the mark that stands before and after a name.</summary>
internal static class Letters
{
    /// <summary>What an embedding has rows for, and a step probabilities.</summary>
    public const int Count = 27;

    public const int Mark = 0;

    /// <summary>Steps of a window: the longest name, and its mark.</summary>
    public const int Window = 12;

    /// <exception cref="InvalidDataException">A line is no name.</exception>
    public static string[] Read(string path)
    {
        string[] names = File.ReadAllLines(path);
        int wrong = Array.FindIndex(names, name => name.Length is 0 or >= Window || !name.All(char.IsAsciiLetter));
        if (wrong >= 0)
            throw new InvalidDataException($"{path}: line {wrong + 1} is '{names[wrong]}'; a name has 1 to {Window - 1} letters from a to z.");
        return names;
    }

    public static int Of(char letter) => char.ToLowerInvariant(letter) - 'a' + 1;

    public static char ToChar(int number) => number == Mark ? '·' : (char)('a' + number - 1);

    /// <summary>What the network reads of a name: the mark, then its letters.</summary>
    public static float[] Inputs(string name) => [Mark, .. name.Select(letter => (float)Of(letter))];

    /// <summary>A row for each name. A step's target is the letter that comes next, or the mark behind the last; the steps of the window after that do not count.</summary>
    public static Dataset<float> ToDataset(string[] names)
    {
        float[] inputs = new float[names.Length * Window], targets = new float[names.Length * Window * Count];
        for (int i = 0; i < names.Length; i++)
        {
            Inputs(names[i]).CopyTo(inputs, i * Window);
            for (int step = 0; step <= names[i].Length; step++)
            {
                int next = step < names[i].Length ? Of(names[i][step]) : Mark;
                targets[(((i * Window) + step) * Count) + next] = 1;
            }
        }

        return new Dataset<float>(Window, Window * Count, inputs, targets).WithLengths([.. names.Select(name => name.Length + 1)]);
    }
}
