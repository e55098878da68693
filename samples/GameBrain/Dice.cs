using System;

namespace GameBrain;

/// <summary>Random numbers of the game, from a seed, without allocation (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform in [0, 1).</summary>
    public float Uniform()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }

    /// <summary>Two independent normal numbers of variance 1 (Box and Muller).</summary>
    public (float First, float Second) Normal()
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - Uniform()));
        (float sin, float cos) = MathF.SinCos(MathF.Tau * Uniform());
        return (radius * cos, radius * sin);
    }
}
