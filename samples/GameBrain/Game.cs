namespace GameBrain;

/// <summary>The loop: grazers look for food and are hunted; both species learn while they live.</summary>
internal sealed class Game
{
    public const int GrazerCount = 900;
    public const int HunterCount = 100;

    private const int FoodCount = 300;
    private const float GrazerSpeed = 0.5f;
    private const float HunterSpeed = 0.7f;

    private readonly World _world;

    public Game(ulong seed)
    {
        _world = new World(FoodCount, new Dice(seed));
        Grazers = new Species(GrazerCount, GrazerSpeed, seed + 1, _world);
        Hunters = new Species(HunterCount, HunterSpeed, seed + 2, _world);
    }

    public Species Grazers { get; }

    public Species Hunters { get; }

    /// <summary>One frame; returns how many pieces of food were eaten and how many grazers were caught.</summary>
    public (int Eaten, int Caught) Frame()
    {
        _world.BeginFrame();
        Grazers.BeginFrame();
        Hunters.BeginFrame();
        Grazers.Sense(_world.Food, Hunters.Grid);

        // Another hunter is no danger, but competition.
        Hunters.Sense(Grazers.Grid, Hunters.Grid);
        Grazers.Move();
        Hunters.Move();
        (int Eaten, int Caught) count = (Eat(), Hunt());
        Grazers.Mind.EndFrame();
        Hunters.Mind.EndFrame();
        return count;
    }

    private int Eat()
    {
        int eaten = 0;
        for (int i = 0; i < GrazerCount; i++)
        {
            if (Grazers.Targets[i] < 0 || !_world.TryEat(Grazers.Targets[i], Grazers.Positions[i]))
                continue;
            Grazers.Feed(i);
            eaten++;
        }

        return eaten;
    }

    private int Hunt()
    {
        int caught = 0;
        for (int i = 0; i < HunterCount; i++)
        {
            int prey = Hunters.Targets[i];
            if (prey < 0 || World.Offset(Hunters.Positions[i], Grazers.Positions[prey]).LengthSquared() > World.Reach * World.Reach)
                continue;
            Hunters.Feed(i);
            Grazers.Mind.Reward(prey, -1);
            Grazers.Respawn(prey, _world.Anywhere());
            caught++;
        }

        return caught;
    }
}
