using System;

namespace Amp;

/// <summary>
/// Truncated backpropagation through time: the recording is cut into pieces that are learned side by side, each from its beginning to its end, window after window.
/// A window goes on from the memory that the one before it left; gradients flow within it.
/// </summary>
internal sealed class Lesson
{
    // One row of a step each.
    private const int Streams = 8;

    private readonly AmpNet.Trainer _trainer;
    private readonly float[] _dry, _wet;
    private readonly int _length;

    // Of one step. Nothing is allocated while it learns.
    private readonly float[] _inputs = new float[Streams * AmpNet.InputSize];
    private readonly float[] _targets = new float[Streams * AmpNet.OutputSize];
    private readonly float[] _memories = new float[Streams * AmpNet.MemorySize];

    /// <param name="trainer">Of the network that learns.</param>
    /// <param name="dry">What the guitar played.</param>
    /// <param name="wet">What the amplifier made of it.</param>
    public Lesson(AmpNet.Trainer trainer, float[] dry, float[] wet)
    {
        _trainer = trainer;
        (_dry, _wet) = (dry, wet);
        _length = dry.Length / Streams;
        Windows = _length / AmpNet.InputSize;
    }

    /// <summary>Steps of an epoch.</summary>
    public int Windows { get; }

    /// <summary>Goes through the whole recording once.</summary>
    /// <returns>The mean squared error of its samples, each measured before the step that it was part of.</returns>
    public double Epoch()
    {
        // Every piece begins as a stream does, in silence.
        Array.Clear(_memories);
        double sum = 0;
        for (int window = 0; window < Windows; window++)
        {
            for (int stream = 0; stream < Streams; stream++)
            {
                int at = (stream * _length) + (window * AmpNet.InputSize);
                _dry.AsSpan(at, AmpNet.InputSize).CopyTo(_inputs.AsSpan(stream * AmpNet.InputSize));
                _wet.AsSpan(at, AmpNet.OutputSize).CopyTo(_targets.AsSpan(stream * AmpNet.OutputSize));
            }

            sum += _trainer.StepStreams(_inputs, _targets, _memories);
        }

        return sum / Windows;
    }
}
