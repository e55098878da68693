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

    /// <summary>Metrics are those of the steps that count, each counted once; what stands in the others is neither asked nor answered.</summary>
    [Fact]
    public void MetricsSeeTheStepsThatCount()
    {
        CharacterStream network = new(3);
        CharacterStream.Trainer trainer = new(network);
        int[] lengths = [6, 1, 4, 3];
        float[] ids = new float[24], targets = new float[24 * 9], outputs = new float[24 * 9], own = new float[54];
        for (int i = 0; i < 24; i++)
        {
            ids[i] = (7 * i) % 9;
            targets[(9 * i) + (5 * i % 9)] = 1;
        }

        // By hand: each sequence alone, as long as it is.
        network.ForwardLengths(ids, outputs, lengths);
        int right = 0;
        double logLoss = 0;
        double[] errors = new double[4];
        for (int i = 0; i < 4; i++)
        {
            for (int t = 0; t < lengths[i]; t++)
            {
                float[] y = outputs.AsSpan((54 * i) + (9 * t), 9).ToArray(), wanted = targets.AsSpan((54 * i) + (9 * t), 9).ToArray();
                right += Array.IndexOf(y, y.Max()) == Array.IndexOf(wanted, 1f) ? 1 : 0;
                logLoss -= Math.Log(y[Array.IndexOf(wanted, 1f)]) / 14;
                errors[i] += y.Zip(wanted, (one, other) => (double)(one - other) * (one - other)).Sum() / (9 * lengths[i]);
            }
        }

        Dataset<float> data = new Dataset<float>(6, 54, ids, targets).WithLengths(lengths);
        Assert.Equal(right / 14.0, network.Accuracy(data));
        ConfusionMatrix matrix = network.Confusion(data);
        Assert.Equal((14, right), (matrix.Total, matrix.Correct));
        Assert.Equal(logLoss, network.LogLoss(data), 1e-6);
        Assert.Equal(trainer.LossLengths(ids, targets, lengths), network.LogLoss(data), 1e-6);
        Assert.All(errors.Zip(network.SampleErrors(data)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        double[] losses = trainer.SampleLosses(data);
        for (int i = 0; i < 4; i++)
            Assert.Equal(trainer.LossLengths(ids.AsSpan(6 * i, 6), targets.AsSpan(54 * i, 54), [lengths[i]]), losses[i], 1e-6);

        // The same steps with nothing in the others' targets, by that alone.
        for (int i = 0; i < 4; i++)
            targets.AsSpan((54 * i) + (9 * lengths[i]), 54 - (9 * lengths[i])).Clear();
        Dataset<float> padded = new(6, 54, ids, targets);
        Assert.Equal(right / 14.0, network.Accuracy(padded));
        Assert.Equal(14, network.Confusion(padded).Total);
        FitResult result = trainer.Fit(padded, new() { Epochs = 1, Validation = padded }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(network.Accuracy(padded), result.History[0].ValidationAccuracy);
        FitResult withLengths = new CharacterStream.Trainer(network) { LearningRate = 0 }.Fit(data, new() { Epochs = 1, Validation = data }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(network.Accuracy(data), withLengths.History[0].ValidationAccuracy);

        // A place is one of the sequence.
        targets = data.Targets.ToArray();
        targets.AsSpan(54 + 54 + 27, 9).Fill(float.NaN);
        Assert.StartsWith("The targets of sample 2 at position 3 are not numbers.",
            Assert.Throws<ArgumentException>(() => network.Confusion(new Dataset<float>(6, 54, ids, targets).WithLengths(lengths))).Message, StringComparison.Ordinal);
        Assert.StartsWith("The data have Lengths, and the network has no recurrent layer, which alone can end before the last step: leave out WithLengths, or add one such as [Gru(8)].", Assert.Throws<ArgumentException>("data", () => new DigitNet(1).Accuracy(new Dataset<float>(64, 10, new float[64], new float[10]).WithLengths([1]))).Message, StringComparison.Ordinal);
    }

    /// <summary>A series that nobody cut is told how to.</summary>
    [Fact]
    public void ASeriesIsSentToWindows()
    {
        StackedStream.Trainer trainer = new(new StackedStream(1));
        Refuses(new Dataset<float>(3, 2, new float[3 * 480], new float[2 * 480]), "A sample is a window of 24 frames, and these are the frames of a series: Dataset<T>.Windows(series, window: 24, streams: …) cuts it into windows.");
        Refuses(
            new Dataset<float>(3 * 480, 2 * 480, new float[3 * 480], new float[2 * 480]),
            "A sample is a window of 24 frames, and the only one here is a series of 480: make it new Dataset<T>(3, 2, inputs, targets), a sample for each frame, and Dataset<T>.Windows(series, window: 24, streams: …) cuts it into windows.");

        // Other shapes are not series.
        Assert.DoesNotContain("Windows", Refusal(new Dataset<float>(4, 2, new float[8], new float[4])), StringComparison.Ordinal);
        Assert.DoesNotContain("Windows", Refusal(new Dataset<float>(3, 1, new float[6], new float[2])), StringComparison.Ordinal);
        Assert.DoesNotContain("Windows", Refusal(new Dataset<float>(144, 95, new float[144], new float[95])), StringComparison.Ordinal);

        void Refuses(Dataset<float> data, string advice) => Assert.Contains(advice, Refusal(data), StringComparison.Ordinal);
        string Refusal(Dataset<float> data) => Assert.Throws<ArgumentException>("data", () => trainer.Fit(data, cancellationToken: TestContext.Current.CancellationToken)).Message;
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
