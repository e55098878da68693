using System;
using System.Numerics;

namespace GameBrain;

/// <summary>Points sorted into cells as wide as one can see, so that all that is seen lies in nine of them.</summary>
internal sealed class Grid(int capacity)
{
    private const int Side = (int)(World.Size / World.Sight);

    private readonly int[] _starts = new int[(Side * Side) + 1];
    private readonly int[] _order = new int[capacity];
    private readonly Vector2[] _sorted = new Vector2[capacity];

    /// <summary>Sorts the points by counting.</summary>
    public void Fill(ReadOnlySpan<Vector2> points)
    {
        _starts.AsSpan().Clear();
        foreach (Vector2 point in points)
            _starts[Cell(point) + 1]++;
        for (int cell = 0; cell < Side * Side; cell++)
            _starts[cell + 1] += _starts[cell];
        for (int i = points.Length - 1; i >= 0; i--)
        {
            // Every cell is filled from its end: what was its end becomes its start.
            int place = --_starts[Cell(points[i]) + 1];
            _order[place] = i;
            _sorted[place] = points[i];
        }

        // Starts have moved one cell up.
        _starts.AsSpan(1).CopyTo(_starts);
        _starts[^1] = points.Length;
    }

    /// <summary>The nearest point in sight but the one numbered <paramref name="except"/>, or −1, and the way to it.</summary>
    public int Nearest(Vector2 from, int except, out Vector2 offset)
    {
        int nearest = -1;
        float shortest = World.Sight * World.Sight;
        offset = default;
        int column = (int)(from.X / World.Sight);
        int row = (int)(from.Y / World.Sight);
        for (int y = row + Side - 1; y <= row + Side + 1; y++)
        {
            for (int x = column + Side - 1; x <= column + Side + 1; x++)
            {
                int cell = (y % Side * Side) + (x % Side);
                for (int i = _starts[cell]; i < _starts[cell + 1]; i++)
                {
                    Vector2 way = World.Offset(from, _sorted[i]);
                    float distance = way.LengthSquared();
                    if (distance < shortest && _order[i] != except)
                        (nearest, shortest, offset) = (_order[i], distance, way);
                }
            }
        }

        return nearest;
    }

    private static int Cell(Vector2 point) => ((int)(point.Y / World.Sight) * Side) + (int)(point.X / World.Sight);
}
