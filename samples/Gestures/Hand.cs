using System;
using System.Numerics;

namespace Gestures;

/// <summary>
/// The sensor of a watch, made up: what five gestures and rest do to acceleration, in g, and rotation, in turns of a second. Nobody moves twice alike: tempo, strength and
/// the way the watch sits change from gesture to gesture, and there is noise on every axis.
/// </summary>
internal static class Hand
{
    /// <summary>Three of acceleration, three of rotation.</summary>
    public const int Axes = 6;

    public const int GestureCount = 6;

    /// <summary>Frames in a second.</summary>
    public const int Rate = 50;

    private const float AccelerationNoise = 0.12f, RotationNoise = 0.08f;
    private const int Fade = Rate / 5;
    private const float Tilt = 0.35f;

    public static string[] Names { get; } = ["still", "wave", "circle", "shake", "twist", "chop"];

    /// <summary>A hand that rests and moves in turn. The same seed moves the same.</summary>
    public static Recording Move(int frames, int seed)
    {
        Random random = new(seed);
        float[] signal = new float[frames * Axes];
        int[] labels = new int[frames];
        int at = 0;
        while (at < frames)
        {
            // One gesture in three follows the one before without a rest.
            bool rests = at == 0 || (labels[at - 1] != 0 && random.Next(3) > 0);
            int gesture = rests ? 0 : 1 + random.Next(GestureCount - 1);
            int length = Math.Min(frames - at, random.Next(Rate, rests ? 2 * Rate : 3 * Rate));
            labels.AsSpan(at, length).Fill(gesture);
            Make(signal.AsSpan(at * Axes, length * Axes), gesture, random);
            at += length;
        }

        return new(signal, labels);
    }

    private static void Make(Span<float> signal, int gesture, Random random)
    {
        Quaternion worn = Quaternion.CreateFromYawPitchRoll(Draw(Tilt), Draw(Tilt), Draw(Tilt));
        float strength = 0.6f + (0.8f * random.NextSingle());
        double tempo = (gesture == 3 ? 3.5 : 1.2) * (1 + (0.6 * random.NextDouble())), phase = 2 * Math.PI * random.NextDouble();
        int frames = signal.Length / Axes;
        for (int i = 0; i < frames; i++)
        {
            // It begins and ends within a fifth of a second, and no tempo is kept exactly.
            float fade = Math.Clamp(Math.Min(i, frames - i) / (float)Fade, 0, 1);
            phase += 2 * Math.PI * tempo / Rate * (1 + Draw(0.2f));
            (Vector3 acceleration, Vector3 rotation) = Motion(gesture, phase, strength * fade);
            Write(signal.Slice(i * Axes, 3), Vector3.Transform(acceleration, worn), AccelerationNoise);
            Write(signal.Slice((i * Axes) + 3, 3), Vector3.Transform(rotation, worn), RotationNoise);
        }

        float Draw(float most) => most * ((2 * random.NextSingle()) - 1);

        // The sum of three uniform numbers is nearly normal.
        void Write(Span<float> axes, Vector3 value, float noise)
        {
            for (int axis = 0; axis < 3; axis++)
                axes[axis] = value[axis] + noise * (Draw(1) + Draw(1) + Draw(1));
        }
    }

    /// <summary>Gravity pulls along z.</summary>
    private static (Vector3 Acceleration, Vector3 Rotation) Motion(int gesture, double phase, float strength)
    {
        float sine = strength * (float)Math.Sin(phase), cosine = strength * (float)Math.Cos(phase);
        switch (Names[gesture])
        {
            case "wave": return (new(0.5f * sine, 0, 1), new(0, 0, 0.4f * cosine));
            case "circle": return (new(0.5f * sine, 0.5f * cosine, 1), new(0, 0, 0.15f * cosine));
            case "shake": return (new(0.6f * sine, 0.1f * cosine, 1), new(0, 0, 0.3f * cosine));
            case "twist": return (new(0, (float)Math.Sin(0.8 * sine), (float)Math.Cos(0.8 * sine)), new(0.6f * cosine, 0, 0));
            case "chop": return (new(0, 0.2f * sine, 1 + (0.8f * Math.Max(0, sine))), new(0, 0.4f * cosine, 0));
            default: return (new(0, 0, 1), default);
        }
    }
}
