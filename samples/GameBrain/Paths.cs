using System;
using System.Numerics;

namespace GameBrain;

/// <summary>Where a species went and ate during some frames, in memory taken beforehand.</summary>
internal sealed class Paths(int frames, int agents)
{
    private readonly Vector2[] _positions = new Vector2[frames * agents];
    private readonly bool[] _meals = new bool[frames * agents];

    public int Frames => frames;

    public int Agents => agents;

    /// <summary>Remembers the first agents of a species.</summary>
    public void Record(int frame, Species species)
    {
        species.Positions.AsSpan(0, agents).CopyTo(_positions.AsSpan(frame * agents));
        species.Fed.AsSpan(0, agents).CopyTo(_meals.AsSpan(frame * agents));
    }

    public Vector2 At(int frame, int agent) => _positions[(frame * agents) + agent];

    public bool AteAt(int frame, int agent) => _meals[(frame * agents) + agent];
}
