using System;

namespace Browser;

/// <summary>Two half circles that reach into each other, with noise: points of a plane, and the moon that each belongs to, 0 or 1.</summary>
public static class Moons
{
    /// <summary>The plane, with its origin in the middle.</summary>
    public const float Width = 4, Height = 3;

    private const float Noise = 0.15f;

    /// <summary>As many points, x and y of each, as there are labels; of the moons in turn.</summary>
    public static void Draw(Random random, Span<float> points, Span<float> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            (float y, float x) = MathF.SinCos(MathF.PI * random.NextSingle());
            bool isSecond = i % 2 == 1;
            points[2 * i] = (isSecond ? 0.5f - x : x - 0.5f) + Normal(random);
            points[2 * i + 1] = (isSecond ? 0.25f - y : y - 0.25f) + Normal(random);
            labels[i] = isSecond ? 1 : 0;
        }
    }

    // By Box and Muller.
    private static float Normal(Random random) =>
        Noise * MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
