using GeneratedNetworks;

namespace GameBrain;

/// <summary>
/// What an agent senses to where it wants to go. In: the directions of its target and of its threat, longer when they are nearer, 0 when out of
/// sight, and its own velocity. Out: the wanted velocity, in parts of its top speed. A new brain has the instinct of the file, which is part of the
/// program. The loss serves to teach that; in the game, reward takes its place.
/// </summary>
[GeneratedNetwork(Senses)]
[Dense(16, Activation.Tanh)]
[Dense(16, Activation.Tanh)]
[Dense(Actions, Activation.Tanh)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
[Weights("instinct.safetensors")]
public sealed partial class Brain
{
    public const int Senses = 6;
    public const int Actions = 2;
}

/// <summary>What an agent senses to the reward that it may expect from now on.</summary>
[GeneratedNetwork(Brain.Senses)]
[Dense(16, Activation.Tanh)]
[Dense(1)]
[Training(Loss.MeanSquaredError, Optimizer.Adam)]
public sealed partial class Critic;
