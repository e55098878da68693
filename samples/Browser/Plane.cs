using System;

namespace Browser;

/// <summary>The plane as a picture of what a network says of each of its points: blue for the first moon, orange for the second, white where it cannot tell.</summary>
public sealed class Plane
{
    private static readonly byte[] First = [46, 107, 214], Second = [235, 127, 24];

    private readonly float[] _points;
    private readonly float[] _answers;

    public Plane(int columns, int rows)
    {
        _points = new float[2 * columns * rows];
        _answers = new float[columns * rows];
        Pixels = new byte[4 * columns * rows];
        for (int i = 0; i < _answers.Length; i++)
        {
            _points[2 * i] = Moons.Width * (((i % columns) + 0.5f) / columns - 0.5f);
            _points[2 * i + 1] = Moons.Height * (0.5f - ((i / columns) + 0.5f) / rows);
        }
    }

    /// <summary>Row by row from the top, with red, green, blue and opacity of each pixel.</summary>
    public byte[] Pixels { get; }

    /// <summary>Asks for all points at once, and colors the picture with the answers.</summary>
    public void Ask(Lesson lesson)
    {
        lesson.Answer(_points, _answers);
        for (int i = 0; i < _answers.Length; i++)
        {
            byte[] color = _answers[i] < 0.5f ? First : Second;
            float strength = 0.6f * MathF.Abs(2 * _answers[i] - 1);
            for (int part = 0; part < 3; part++)
                Pixels[4 * i + part] = (byte)(255 + strength * (color[part] - 255));
            Pixels[4 * i + 3] = 255;
        }
    }
}
