using System;
using System.Collections.Generic;
using GeneratedNetworks;

namespace Browser;

/// <summary>A network, the points that it learns from, and others that only test it. All memory is allocated at the beginning: learning makes no garbage.</summary>
public sealed class Lesson
{
    private const int Size = 300, TestSize = 200;

    private readonly MoonNet _network;
    private readonly MoonNet.Trainer _trainer;
    private readonly float[] _points = new float[2 * Size];
    private readonly float[] _labels = new float[Size];
    private readonly float[] _testPoints = new float[2 * TestSize];
    private readonly float[] _testLabels = new float[TestSize];
    private readonly float[] _testAnswers = new float[TestSize];

    /// <param name="seed">Of points and parameters: the same seed is the same lesson.</param>
    public Lesson(int seed)
    {
        Random random = new(seed);
        Moons.Draw(random, _points, _labels);
        Moons.Draw(random, _testPoints, _testLabels);
        _network = new MoonNet((ulong)seed);
        _trainer = new MoonNet.Trainer(_network) { LearningRate = 0.01f };
    }

    /// <summary>What it learns from: x and y of each point.</summary>
    public IEnumerable<float> Points => _points;

    /// <summary>The moon of each.</summary>
    public IEnumerable<float> Labels => _labels;

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>How far the network was off before the last step.</summary>
    public float Loss { get; private set; } = float.NaN;

    /// <summary>Takes steps, each with all points.</summary>
    public void Learn(int steps)
    {
        for (int i = 0; i < steps; i++)
            Loss = _trainer.Step(_points, _labels);
        Steps += steps;
    }

    /// <summary>The share of right answers, of points that it does not learn from.</summary>
    public double Accuracy()
    {
        Answer(_testPoints, _testAnswers);
        return Metrics.BinaryAccuracy<float>(_testAnswers, _testLabels, threshold: 0.5);
    }

    /// <summary>How likely each of many points is of the second moon.</summary>
    public void Answer(ReadOnlySpan<float> points, Span<float> answers) => _network.Forward(points, answers);
}
