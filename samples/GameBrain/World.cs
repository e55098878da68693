using System.Numerics;

namespace GameBrain;

/// <summary>A square whose right edge is its left one and whose top is its bottom, with food on it.</summary>
internal sealed class World
{
    public const float Size = 100;

    /// <summary>How far anything is seen.</summary>
    public const float Sight = 10;

    /// <summary>How near one must be to eat.</summary>
    public const float Reach = 1;

    private readonly Dice _dice;
    private readonly Vector2[] _food;

    public World(int food, Dice dice)
    {
        _dice = dice;
        _food = new Vector2[food];
        Food = new Grid(food);
        for (int i = 0; i < food; i++)
            _food[i] = Anywhere();
    }

    public Grid Food { get; }

    public void BeginFrame() => Food.Fill(_food);

    /// <summary>Eats one piece if it is in reach; another grows elsewhere.</summary>
    public bool TryEat(int piece, Vector2 mouth)
    {
        if (Offset(mouth, _food[piece]).LengthSquared() > Reach * Reach)
            return false;
        _food[piece] = Anywhere();
        return true;
    }

    public Vector2 Anywhere() => Size * new Vector2(_dice.Uniform(), _dice.Uniform());

    /// <summary>The shortest way from one point to another, across an edge if that is shorter.</summary>
    public static Vector2 Offset(Vector2 from, Vector2 to)
    {
        Vector2 offset = to - from;
        return new Vector2(Shorter(offset.X), Shorter(offset.Y));
    }

    /// <summary>The same point, inside of the square.</summary>
    public static Vector2 Wrap(Vector2 point) => new(Inside(point.X), Inside(point.Y));

    private static float Shorter(float offset) => offset > Size / 2 ? offset - Size : offset < -Size / 2 ? offset + Size : offset;

    private static float Inside(float coordinate)
    {
        float inside = coordinate < 0 ? coordinate + Size : coordinate >= Size ? coordinate - Size : coordinate;

        // The sum of a tiny negative number and the size rounds to the size.
        return inside < Size ? inside : 0;
    }
}
