using System;
using System.Numerics;
using GeneratedNetworks;

namespace GameBrain;

/// <summary>
/// The brain that every agent is born with, learned by imitating a rule: away from a threat, otherwise on as before. It knows nothing of targets.
/// </summary>
internal static class Instinct
{
    private const int Batch = 256;
    private const int Steps = 4_000;

    public static void Write(string path)
    {
        Dice dice = new(0);
        Brain brain = new(0);
        Brain.Trainer trainer = new(brain);
        float[] senses = new float[Batch * Brain.Senses];
        float[] wishes = new float[Batch * Brain.Actions];
        for (int step = 0; step < Steps; step++)
        {
            trainer.LearningRate = 0.003f * (1 - ((float)step / Steps));
            for (int i = 0; i < Batch; i++)
            {
                Vector2 threat = Seen(dice);
                Vector2 velocity = Direction(dice) * dice.Uniform();
                Species.Write(senses.AsSpan(i * Brain.Senses, Brain.Senses), Seen(dice), threat, velocity);
                Vector2 wish = 0.8f * (threat == default ? velocity : -Vector2.Normalize(threat));
                wish.CopyTo(wishes, i * Brain.Actions);
            }

            trainer.Step(senses, wishes);
        }

        brain.Save(path);
        Console.WriteLine(FormattableString.Invariant($"written to {path}; mean squared error on the last batch {trainer.Loss(senses, wishes):f4}"));
    }

    /// <summary>The way to something in sight, or 0 as often as not.</summary>
    private static Vector2 Seen(Dice dice) => dice.Uniform() < 0.5f ? default : Direction(dice) * World.Sight * MathF.Sqrt(dice.Uniform());

    private static Vector2 Direction(Dice dice)
    {
        (float sin, float cos) = MathF.SinCos(MathF.Tau * dice.Uniform());
        return new Vector2(cos, sin);
    }
}
