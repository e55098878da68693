using System;
using System.Text;

namespace Names;

/// <summary>Writes names, a letter at a time: what was drawn is what the network reads next.</summary>
internal sealed class Writer(NameNet network, double temperature, int seed)
{
    private readonly Random _random = new(seed);
    private readonly float[] _memory = new float[NameNet.MemorySize];
    private readonly float[] _probabilities = new float[NameNet.OutputFrameSize];

    public string Write()
    {
        // Zeros are the memory of a stream that has not begun.
        Array.Clear(_memory);
        StringBuilder name = new();
        int letter = Letters.Mark;
        while (name.Length < Letters.Window)
        {
            network.ForwardStreamIds([letter], _probabilities, _memory);
            letter = Draw();
            if (letter == Letters.Mark)
                break;
            char written = Letters.ToChar(letter);
            name.Append(name.Length == 0 ? char.ToUpperInvariant(written) : written);
        }

        return name.ToString();
    }

    /// <summary>A low temperature keeps to what is likely, a high one dares more.</summary>
    private int Draw()
    {
        double sum = 0;
        foreach (float probability in _probabilities)
            sum += Math.Pow(probability, 1 / temperature);
        double left = sum * _random.NextDouble();
        for (int letter = 0; letter < Letters.Count; letter++)
        {
            left -= Math.Pow(_probabilities[letter], 1 / temperature);
            if (left < 0)
                return letter;
        }

        return Letters.Mark;
    }
}
