using System;

namespace Amp;

/// <summary>Somebody plays: plucked strings after Karplus and Strong (1983), a delay line that a burst of noise runs around in and loses its highs.</summary>
internal static class Guitar
{
    /// <summary>Frames in a second.</summary>
    public const int Rate = 48_000;

    private const double LowestString = 82.41;
    private const float Peak = 0.8f;

    private static readonly int[] MinorPentatonic = [0, 3, 5, 7, 10];

    /// <summary>Notes of three octaves, soft and loud, now and then with their fifth, and the pauses between. The same seed plays the same.</summary>
    public static float[] Play(int frames, int seed)
    {
        Random random = new(seed);
        float[] signal = new float[frames];
        for (int at = 0; at < frames; at += Rate * random.Next(10, 45) / 100)
        {
            int note = (12 * random.Next(3)) + MinorPentatonic[random.Next(MinorPentatonic.Length)];
            float strength = 0.15f + (0.85f * random.NextSingle());
            Pluck(signal.AsSpan(at), note, strength, random);
            if (random.Next(3) == 0)
                Pluck(signal.AsSpan(at), note + 7, strength, random);
        }

        float loudest = 0;
        foreach (float sample in signal)
            loudest = Math.Max(loudest, Math.Abs(sample));
        for (int i = 0; i < frames; i++)
            signal[i] *= Peak / loudest;
        return signal;
    }

    /// <summary>Adds a string that rings until it is damped, within a second.</summary>
    private static void Pluck(Span<float> signal, int note, float strength, Random random)
    {
        float[] line = new float[(int)Math.Round(Rate / (LowestString * Math.Pow(2, note / 12.0)))];
        float softened = 0;
        for (int i = 0; i < line.Length; i++)
        {
            // A finger is softer than a hammer.
            softened += 0.3f * ((strength * ((2 * random.NextSingle()) - 1)) - softened);
            line[i] = softened;
        }

        float before = line[^1];
        int ringing = Math.Min(signal.Length, Rate * random.Next(30, 100) / 100);
        for (int i = 0; i < ringing; i++)
        {
            ref float here = ref line[i % line.Length];
            float value = here;
            here = 0.4985f * (value + before);
            before = value;
            signal[i] += value * Math.Min(1, (ringing - i) / 480f);
        }
    }
}
