using System;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Sequences through <c>Fit</c>: lengths, and memories that are carried from batch to batch.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceFitTests
{
    /// <summary>Steps beyond a row's length change nothing: neither what they hold nor what they should be.</summary>
    [Fact]
    public void WhatLiesBeyondALengthDoesNotCount()
    {
        StackedStream network = new(2), other = new(2);
        StackedStream.Trainer trainer = new(network), same = new(other);
        int[] lengths = [24, 1, 7, 13, 2];
        float[] inputs = Signal(5 * 72, 1), targets = Signal(5 * 48, 2), odd = [.. inputs], wrong = [.. targets];
        for (int i = 0; i < 5; i++)
        {
            odd.AsSpan((i * 72) + (3 * lengths[i]), 72 - (3 * lengths[i])).Fill(3);
            wrong.AsSpan((i * 48) + (2 * lengths[i]), 48 - (2 * lengths[i])).Fill(1000);
        }

        for (int step = 0; step < 3; step++)
            Assert.Equal(trainer.StepLengths(inputs, targets, lengths), same.StepLengths(odd, wrong, lengths));
        float[] parameters = new float[StackedStream.ParameterCount], others = new float[parameters.Length];
        network.GetParameters(parameters);
        other.GetParameters(others);
        Assert.Equal(parameters, others);
        float[] outputs = new float[5 * 48], odds = new float[5 * 48], alone = new float[48];
        network.ForwardLengths(inputs, outputs, lengths);
        network.ForwardLengths(odd, odds, lengths);
        for (int i = 0; i < 5; i++)
        {
            network.Forward(inputs.AsSpan(i * 72, 72), alone);
            Assert.Equal(outputs.AsSpan(i * 48, 2 * lengths[i]), odds.AsSpan(i * 48, 2 * lengths[i]));
            for (int o = 0; o < 2 * lengths[i]; o++)
                Assert.Equal(alone[o], outputs[(i * 48) + o], 1e-5);
        }
    }

    [Fact]
    public void FullLengthsAreNone()
    {
        StackedStream.Trainer trainer = new(new StackedStream(3)), other = new(new StackedStream(3));
        float[] inputs = Signal(3 * 72, 4), targets = Signal(3 * 48, 5);
        for (int step = 0; step < 3; step++)
            Assert.Equal(trainer.Step(inputs, targets), other.StepLengths(inputs, targets, [24, 24, 24]), 1e-6);
        Assert.Equal(trainer.Loss(inputs, targets), other.LossLengths(inputs, targets, [24, 24, 24]), 1e-6);
    }

    [Fact]
    public void FitTakesTheLengthsOfTheData()
    {
        // The class of a sequence is the sign of its last step that counts.
        Random random = new(7);
        int[] lengths = [.. Enumerable.Range(0, 400).Select(_ => random.Next(1, 11))];
        float[] inputs = Signal(400 * 40, 8), targets = new float[400 * 3];
        for (int i = 0; i < 400; i++)
            targets[(3 * i) + (inputs[(40 * i) + (4 * (lengths[i] - 1))] > 0 ? 1 : 0)] = 1;
        Dataset<float> data = new Dataset<float>(40, 3, inputs, targets).WithLengths(lengths);
        LastStream.Trainer trainer = new(new LastStream(1)) { LearningRate = 0.3f };
        FitResult result = trainer.Fit(data, new() { Epochs = 30, BatchSize = 16, Validation = data.Select([0, 5, 7, 9, 100, 200, 300, 301, 302, 303]) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.History[^1].TrainingLoss < 0.25 && result.History[^1].ValidationAccuracy >= 0.8, result.History[^1].ToString());
        ArgumentException refused = Assert.Throws<ArgumentException>(() => trainer.Fit(data.WithLengths([.. Enumerable.Repeat(11, 400)]), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("Length 11 of sample 0", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("lengths", () => trainer.StepLengths(inputs.AsSpan(0, 40), targets.AsSpan(0, 3), [0]));
        Assert.Throws<ArgumentException>("lengths", () => trainer.StepLengths(inputs.AsSpan(0, 40), targets.AsSpan(0, 3), [1, 2]));
    }

    [Fact]
    public void WindowsAreRowsOfStreams()
    {
        Dataset<float> series = new(2, 1, [.. Enumerable.Range(0, 24).Select(i => (float)i)], [.. Enumerable.Range(0, 12).Select(i => (float)-i)]);
        Dataset<float> windows = Dataset<float>.Windows(series, window: 2, streams: 3);
        Assert.Equal((6, 4, 2), (windows.Count, windows.InputSize, windows.TargetSize));
        Assert.Equal([0, 1, 2, 3], windows.GetInputs(0).ToArray());
        Assert.Equal([8, 9, 10, 11], windows.GetInputs(1).ToArray());
        Assert.Equal([4, 5, 6, 7], windows.GetInputs(3).ToArray());
        Assert.Equal([-10, -11], windows.GetTargets(5).ToArray());
        Assert.Contains("take the first 10 frames", Assert.Throws<ArgumentException>("series", () => Dataset<float>.Windows(series, 5, 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>What <c>Fit</c> does with carried memories is what steps by hand do.</summary>
    [Fact]
    public void FitCarriesMemory()
    {
        Dataset<double> series = new(1, 1, [.. Signal(480, 1).Select(x => (double)x)], [.. Signal(480, 2).Select(x => (double)x)]);
        Dataset<double> windows = Dataset<double>.Windows(series, 40, 3);
        DilatedStream fitted = new(1), stepped = new(1);
        DilatedStream.Trainer trainer = new(stepped);
        new DilatedStream.Trainer(fitted).Fit(windows, new() { Epochs = 2, BatchSize = 3, Shuffle = false, CarryMemory = true }, cancellationToken: TestContext.Current.CancellationToken);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            double[] memories = new double[3 * DilatedStream.MemorySize];
            for (int batch = 0; batch < 4; batch++)
                trainer.StepStreams(windows.Inputs.Slice(batch * 120, 120), windows.Targets.Slice(batch * 120, 120), memories);
        }

        double[] one = new double[DilatedStream.ParameterCount], other = new double[one.Length];
        fitted.GetParameters(one);
        stepped.GetParameters(other);
        Assert.Equal(other, one);
        Assert.Throws<ArgumentException>("options", () => trainer.Fit(windows, new() { CarryMemory = true, BatchSize = 3 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>("options", () => trainer.Fit(windows, new() { CarryMemory = true, BatchSize = 5, Shuffle = false }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>("options", () => new DigitNet.Trainer(new DigitNet()).Fit(
            new Dataset<float>(64, 10, new float[64], new float[10]), new() { CarryMemory = true, BatchSize = 1, Shuffle = false }, cancellationToken: TestContext.Current.CancellationToken));
    }

    /// <summary>Shards of a batch are sequences of their own: every number of threads ends with the same bits.</summary>
    [Fact]
    public void ThreadsChangeNothing()
    {
        Dataset<float> data = new(72, 48, Signal(65 * 72, 3), Signal(65 * 48, 4));
        float[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            StackedStream network = new(1);
            new StackedStream.Trainer(network).Fit(data, new() { Epochs = 2, BatchSize = 64, Threads = threads }, cancellationToken: TestContext.Current.CancellationToken);
            float[] parameters = new float[StackedStream.ParameterCount];
            network.GetParameters(parameters);
            Assert.Equal(expected ??= parameters, parameters);
        }
    }

    /// <summary>The rows of U are orthonormal, all gates together, and an LSTM's forget gates start open.</summary>
    [Fact]
    public void RecurrentWeightsStartOrthogonal()
    {
        float[] parameters = new float[StackedStream.ParameterCount];
        new StackedStream(9).GetParameters(parameters);
        foreach (NetworkParameter block in StackedStream.ParameterLayout.ToArray().Where(block => block.Name.EndsWith(".recurrent", StringComparison.Ordinal)))
        {
            int rows = block.Shape[0], columns = block.Shape[1];
            for (int i = 0; i < rows; i++)
            {
                for (int k = 0; k < rows; k++)
                {
                    double product = 0;
                    for (int o = 0; o < columns; o++)
                        product += (double)parameters[block.Offset + (i * columns) + o] * parameters[block.Offset + (k * columns) + o];
                    Assert.Equal(i == k ? 1 : 0, product, 1e-6);
                }
            }
        }

        NetworkParameter bias = StackedStream.ParameterLayout.ToArray().Single(block => block.Name == "lstm1.bias");
        Assert.Equal([.. Enumerable.Repeat(0f, 5), .. Enumerable.Repeat(1f, 5), .. Enumerable.Repeat(0f, 10)], parameters.AsSpan(bias.Offset, bias.Length).ToArray());
    }

    /// <summary>A stream that goes on and on keeps its numbers finite and its memory.</summary>
    [Fact]
    public void AHundredThousandFramesStayFinite()
    {
        StackedStream network = new(1);
        float[] frames = Signal(3000, 1), outputs = new float[2000], memory = new float[StackedStream.MemorySize];
        for (int block = 0; block < 100; block++)
        {
            // Loud, silent, and in between.
            float volume = block % 3 == 0 ? 1000 : block % 3 == 1 ? 0 : 1;
            network.ForwardStream([.. frames.Select(x => x * volume)], outputs, memory);
            Assert.All(outputs.Concat(memory), x => Assert.True(float.IsFinite(x)));
        }
    }

    private static float[] Signal(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
