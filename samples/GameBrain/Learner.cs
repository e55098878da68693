using System;

namespace GameBrain;

/// <summary>
/// A brain that learns from reward while it is used: advantage actor-critic (Mnih et al., "Asynchronous methods for deep reinforcement learning",
/// 2016, section 4, in step with the game instead of asynchronous). Every <see cref="Horizon"/> frames the critic learns what reward followed, and
/// the brain is pushed towards the noise that brought more than the critic expected.
/// </summary>
/// <remarks>All memory is taken in the constructor.</remarks>
internal sealed class Learner
{
    public const int Horizon = 8;

    private const float Noise = 0.3f;
    private const float Discount = 0.95f;

    private readonly int _count;
    private readonly Brain.Trainer _brainTrainer;
    private readonly Critic _critic;
    private readonly Critic.Trainer _criticTrainer;

    // Frame after frame; senses and values hold one frame more, the present.
    private readonly float[] _senses;
    private readonly float[] _noise;
    private readonly float[] _rewards;
    private readonly bool[] _ended;
    private readonly float[] _values;
    private readonly float[] _returns;
    private readonly float[] _gradients;
    private readonly float[] _wishes;
    private int _frame;

    public Learner(int count, ulong seed)
    {
        _count = count;
        Brain = new Brain();
        _brainTrainer = new Brain.Trainer(Brain) { ClipNorm = 1 };
        _critic = new Critic(seed);
        _criticTrainer = new Critic.Trainer(_critic) { LearningRate = 0.005f };
        int samples = count * Horizon;
        _senses = new float[(samples + count) * Brain.Senses];
        _noise = new float[samples * Brain.Actions];
        _rewards = new float[samples];
        _ended = new bool[samples];
        _values = new float[samples + count];
        _returns = new float[samples];
        _gradients = new float[samples * Brain.Actions];
        _wishes = new float[count * Brain.Actions];
    }

    public Brain Brain { get; }

    /// <summary>What the agents sense in this frame, to be written before <see cref="Decide"/>.</summary>
    public Span<float> Senses => _senses.AsSpan(_frame * _count * Brain.Senses, _count * Brain.Senses);

    private Span<float> Rewards => _rewards.AsSpan(_frame * _count, _count);

    /// <summary>What the agents do in this frame. Learns first if enough frames have passed.</summary>
    public ReadOnlySpan<float> Decide(Dice dice)
    {
        if (_frame == Horizon)
            Learn();
        Brain.Forward(Senses, _wishes);
        Span<float> noise = _noise.AsSpan(_frame * _wishes.Length, _wishes.Length);
        for (int i = 0; i < noise.Length; i += 2)
        {
            (noise[i], noise[i + 1]) = dice.Normal();
            _wishes[i] += Noise * noise[i];
            _wishes[i + 1] += Noise * noise[i + 1];
        }

        Rewards.Clear();
        _ended.AsSpan(_frame * _count, _count).Clear();
        return _wishes;
    }

    public void Reward(int agent, float reward) => Rewards[agent] += reward;

    public void EndLife(int agent) => _ended[(_frame * _count) + agent] = true;

    public void EndFrame() => _frame++;

    private void Learn()
    {
        _critic.Forward(_senses, _values);
        int samples = _rewards.Length;
        double square = 0;
        for (int i = samples - 1; i >= 0; i--)
        {
            // The reward that followed, and beyond the last frame the reward that the critic expects.
            float next = i + _count < samples ? _returns[i + _count] : _values[i + _count];
            _returns[i] = _rewards[i] + (_ended[i] ? 0 : Discount * next);
            float advantage = _returns[i] - _values[i];
            square += advantage * advantage;
        }

        // d/dmean of log N(action; mean, Noise²) is noise/Noise; advantages in units of their own size, so that the step does not depend on the
        // game's rewards.
        float scale = (float)(1 / (Noise * samples * Math.Sqrt((square / samples) + 1e-12)));
        for (int i = 0; i < samples; i++)
        {
            float advantage = _returns[i] - _values[i];
            _gradients[2 * i] = -scale * advantage * _noise[2 * i];
            _gradients[(2 * i) + 1] = -scale * advantage * _noise[(2 * i) + 1];
        }

        ReadOnlySpan<float> past = _senses.AsSpan(0, samples * Brain.Senses);
        _brainTrainer.BackwardFrom(past, _gradients);
        _brainTrainer.Update();
        _criticTrainer.Step(past, _returns);
        _senses.AsSpan(samples * Brain.Senses).CopyTo(_senses);
        _frame = 0;
    }
}
