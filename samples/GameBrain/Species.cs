using System;
using System.Numerics;

namespace GameBrain;

/// <summary>Many agents with one brain: where they are, what they sense and how they move.</summary>
internal sealed class Species
{
    /// <summary>How fast velocity follows the will, per frame.</summary>
    private const float Agility = 0.3f;

    private readonly Dice _dice;
    private readonly float _topSpeed;
    private readonly Vector2[] _velocities;

    public Species(int count, float topSpeed, ulong seed, World world)
    {
        _dice = new Dice(seed);
        _topSpeed = topSpeed;
        _velocities = new Vector2[count];
        Positions = new Vector2[count];
        Targets = new int[count];
        Fed = new bool[count];
        Mind = new Learner(count, seed);
        Grid = new Grid(count);
        for (int i = 0; i < count; i++)
            Positions[i] = world.Anywhere();
    }

    public Vector2[] Positions { get; }

    /// <summary>What each agent is after: a number in the grid of its targets, or −1.</summary>
    public int[] Targets { get; }

    /// <summary>Which agents ate in this frame.</summary>
    public bool[] Fed { get; }

    public Learner Mind { get; }

    public Grid Grid { get; }

    public void BeginFrame()
    {
        Grid.Fill(Positions);
        Array.Clear(Fed);
    }

    /// <summary>An agent has eaten.</summary>
    public void Feed(int agent)
    {
        Fed[agent] = true;
        Mind.Reward(agent, 1);
    }

    /// <summary>Looks around and writes the senses of all agents for their brain.</summary>
    public void Sense(Grid targets, Grid threats)
    {
        Span<float> senses = Mind.Senses;
        for (int i = 0; i < Positions.Length; i++)
        {
            Targets[i] = targets.Nearest(Positions[i], -1, out Vector2 target);
            _ = threats.Nearest(Positions[i], threats == Grid ? i : -1, out Vector2 threat);
            Write(senses.Slice(i * Brain.Senses, Brain.Senses), target, threat, _velocities[i] / _topSpeed);
        }
    }

    /// <summary>
    /// One call of the brain for all agents; each then moves as it wants, give or take some noise: who tries nothing learns nothing.
    /// </summary>
    public void Move()
    {
        ReadOnlySpan<float> wishes = Mind.Decide(_dice);
        for (int i = 0; i < Positions.Length; i++)
        {
            Vector2 wish = new(wishes[2 * i], wishes[(2 * i) + 1]);
            float length = wish.Length();
            if (length > 1)
                wish /= length;
            _velocities[i] += Agility * ((_topSpeed * wish) - _velocities[i]);
            Positions[i] = World.Wrap(Positions[i] + _velocities[i]);
        }
    }

    /// <summary>An agent's life ends, and another begins.</summary>
    public void Respawn(int agent, Vector2 position)
    {
        Positions[agent] = position;
        _velocities[agent] = default;
        Mind.EndLife(agent);
    }

    public static void Write(Span<float> senses, Vector2 target, Vector2 threat, Vector2 velocity)
    {
        target = Nearness(target);
        threat = Nearness(threat);
        senses[0] = target.X;
        senses[1] = target.Y;
        senses[2] = threat.X;
        senses[3] = threat.Y;
        senses[4] = velocity.X;
        senses[5] = velocity.Y;
    }

    /// <summary>The same direction; 1 long at no distance, ½ long at the limit of sight.</summary>
    private static Vector2 Nearness(Vector2 offset)
    {
        float distance = offset.Length();
        return distance > 0 ? offset * ((1 / distance) - (0.5f / World.Sight)) : default;
    }
}
