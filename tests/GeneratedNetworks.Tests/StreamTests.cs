using System;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Streams: frame by frame as the whole window, whatever the cut, and windows that go on from each other.</summary>
[Trait("Category", "Numeric")]
public sealed class StreamTests
{
    [Fact]
    public void AnyCutGivesTheSameBitsAndTheWindowTheSameNumbers()
    {
        StackedStream network = new(3);
        float[] inputs = Signal(24 * 3), window = new float[StackedStream.OutputSize];
        network.Forward(inputs, window);
        float[] once = new float[window.Length], memory = new float[StackedStream.MemorySize];
        network.ForwardStream(inputs, once, memory);
        Compare(window, once, 1e-6);
        foreach (int cut in new[] { 1, 2, 5, 7 })
        {
            float[] parts = new float[window.Length], own = new float[StackedStream.MemorySize];
            for (int first = 0; first < 24; first += cut)
            {
                int count = Math.Min(cut, 24 - first);
                network.ForwardStream(inputs.AsSpan(first * 3, count * 3), parts.AsSpan(first * 2, count * 2), own);
            }

            Assert.Equal(once, parts);
            Assert.Equal(memory, own);
        }
    }

    [Fact]
    public void ManyStreamsAreEachAsOne()
    {
        foreach (int streams in new[] { 1, 2, 3, 7, 8, 9, 17, 65 })
        {
            StackedStream network = new(4);
            float[] together = new float[streams * StackedStream.MemorySize], outputs = new float[streams * 2], alone = new float[2];
            float[][] memories = [.. Enumerable.Range(0, streams).Select(_ => new float[StackedStream.MemorySize])];
            for (int t = 0; t < 6; t++)
            {
                float[] frames = Signal(streams * 3, t);
                network.ForwardStreams(frames, outputs, together);
                for (int s = 0; s < streams; s++)
                {
                    network.ForwardStream(frames.AsSpan(3 * s, 3), alone, memories[s]);
                    Compare(alone, outputs.AsSpan(2 * s, 2), 1e-6);
                }
            }
        }
    }

    [Fact]
    public void UnitsOfWholeVectorsStreamAsTheirWindow()
    {
        WholeStream network = new(9);
        WholeStream.Trainer trainer = new(network);
        float[] inputs = Signal(2 * 12), targets = Signal(2 * 12, 1), window = new float[24], outputs = new float[24];
        network.Forward(inputs, window);
        network.ForwardStream(inputs.AsSpan(0, 12), outputs.AsSpan(0, 12), new float[WholeStream.MemorySize]);
        network.ForwardStream(inputs.AsSpan(12), outputs.AsSpan(12), new float[WholeStream.MemorySize]);
        Compare(window, outputs, 1e-6);
        Assert.Equal(window.Zip(targets, (y, t) => (y - t) * (y - t)).Average(), trainer.Loss(inputs, targets), 1e-6f);
        GradientCheck check = trainer.CheckGradients(inputs, targets);
        Assert.True(check.MaxError < 1e-4, check.ToString());
    }

    [Fact]
    public void ALastStepIsToldAfterEveryFrame()
    {
        LastStream network = new(5);
        float[] inputs = Signal(10 * 4), memory = new float[LastStream.MemorySize], outputs = new float[10 * 3], window = new float[3];
        network.ForwardStream(inputs, outputs, memory);
        network.Forward(inputs, window);
        Compare(window, outputs.AsSpan(27), 1e-6);
        Assert.All(Enumerable.Range(0, 10), t => Assert.Equal(1, outputs.AsSpan(3 * t, 3).ToArray().Sum(), 1e-5));
    }

    [Fact]
    public void ARingOfFramesIsItsWindow()
    {
        DilatedStream network = new(6);
        double[] inputs = [.. Signal(40).Select(x => (double)x)], window = new double[40], outputs = new double[40], memory = new double[DilatedStream.MemorySize];
        network.Forward(inputs, window);
        for (int t = 0; t < 40; t++)
            network.ForwardStream(inputs.AsSpan(t, 1), outputs.AsSpan(t, 1), memory);
        for (int t = 0; t < 40; t++)
            Assert.True(Math.Abs(window[t] - outputs[t]) <= 1e-12 * Math.Max(1, Math.Abs(window[t])), $"{t}: {window[t]:R} against {outputs[t]:R}");
    }

    [Fact]
    public void TrainingGoesOnFromWindowToWindow()
    {
        // What a trainer leaves in memory is what a stream over the same frames leaves, and its loss that of the stream's outputs.
        DilatedStream network = new(7);
        DilatedStream.Trainer trainer = new(network);
        double[] memories = new double[2 * DilatedStream.MemorySize], streamed = new double[2 * DilatedStream.MemorySize];
        for (int window = 0; window < 3; window++)
        {
            double[] inputs = [.. Signal(80, window).Select(x => (double)x)], targets = [.. Signal(80, window + 9).Select(x => (double)x)], outputs = new double[80];
            for (int s = 0; s < 2; s++)
                network.ForwardStream(inputs.AsSpan(40 * s, 40), outputs.AsSpan(40 * s, 40), streamed.AsSpan(s * DilatedStream.MemorySize, DilatedStream.MemorySize));
            double loss = trainer.LossStreams(inputs, targets, (double[])memories.Clone());
            Assert.Equal(outputs.Zip(targets, (y, t) => (y - t) * (y - t)).Average(), loss, 1e-12);
            Assert.Equal(loss, trainer.BackwardStreams(inputs, targets, (double[])memories.Clone()), 1e-12);
            Assert.Equal(loss, trainer.StepStreams(inputs, targets, memories), 1e-12);

            // The next window of the stream goes on with the network as it is after the step, from the memory that was left before it.
            memories.CopyTo(streamed, 0);
        }
    }

    [Fact]
    public void ArraysStreamToo()
    {
        ArrayStream network = new(8);
        float[] inputs = Signal(24), window = new float[2], memory = new float[ArrayStream.MemorySize], outputs = new float[24];
        network.Forward(inputs, window);
        network.ForwardStream(inputs, outputs, memory);
        Compare(window, outputs.AsSpan(22), 1e-6);
        ArrayStream.Trainer trainer = new(network);
        float[] targets = [0.5f, -0.5f], memories = new float[ArrayStream.MemorySize];
        float first = trainer.StepStreams(inputs, targets, memories);
        Compare(memory.AsSpan(0, ArrayStream.MemorySize - 12).ToArray().OrderBy(x => x).ToArray(), memories.AsSpan(0, ArrayStream.MemorySize - 12).ToArray().OrderBy(x => x).ToArray(), 1e-5);
        for (int step = 0; step < 50; step++)
            trainer.StepStreams(inputs, targets, new float[ArrayStream.MemorySize]);
        Assert.True(trainer.LossStreams(inputs, targets, new float[ArrayStream.MemorySize]) < first / 2);
    }

    [Fact]
    public void WrongLengthsThrowBeforeAnythingIsWritten()
    {
        StackedStream network = new(1);
        float[] memory = new float[StackedStream.MemorySize], outputs = new float[2];
        Assert.Throws<ArgumentException>("frames", () => network.ForwardStream(new float[4], outputs, memory));
        Assert.Throws<ArgumentException>("outputs", () => network.ForwardStream(new float[6], outputs, memory));
        Assert.Throws<ArgumentException>("memory", () => network.ForwardStream(new float[3], outputs, new float[1]));
        Assert.Throws<ArgumentException>("memories", () => network.ForwardStreams(new float[6], new float[4], memory));
        Assert.Throws<ArgumentException>(() => network.ForwardStream(memory.AsSpan(0, 3), outputs, memory));
        Assert.All(memory, x => Assert.Equal(0, x));
        network.ForwardStream([], [], memory);
        network.ForwardStreams([], [], []);
        Assert.Throws<ArgumentException>("memories", () => new StackedStream.Trainer(network).StepStreams(new float[72], new float[48], new float[1]));
    }

    [Fact]
    public void NumbersOfRowsMayBeInts()
    {
        CharacterStream network = new(1), same = new(1);
        int[] ids = [0, 8, 3, 3, 1, 7, 2, 2, 2, 0, 1, 4];
        float[] numbers = [.. ids.Select(id => (float)id)], outputs = new float[108], others = new float[108], targets = new float[108];
        network.Forward(numbers, outputs);
        network.ForwardIds(ids, others);
        Assert.Equal(outputs, others);
        for (int i = 0; i < 12; i++)
            targets[(9 * i) + ((ids[i] + 1) % 9)] = 1;
        CharacterStream.Trainer trainer = new(network) { LearningRate = 0.02f }, other = new(same) { LearningRate = 0.02f };
        float first = trainer.Loss(numbers, targets), last = 0;
        for (int step = 0; step < 200; step++)
            Assert.Equal(trainer.Step(numbers, targets), last = other.StepIds(ids, targets));
        Assert.True(last < first / 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.ForwardIds(ids, others);
        other.StepIds(ids, targets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(9f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e9f)]
    public void ANumberOfNoRowThrowsBeforeAnythingIsWritten(float wrong)
    {
        CharacterStream network = new(1);
        CharacterStream.Trainer trainer = new(network);
        float[] numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, wrong], outputs = new float[108], targets = new float[108], memory = new float[CharacterStream.MemorySize];
        Assert.Throws<ArgumentException>("inputs", () => network.Forward(numbers, outputs));
        Assert.Throws<ArgumentException>("frames", () => network.ForwardStream(numbers, outputs, memory));
        Assert.Throws<ArgumentException>("inputs", () => trainer.Step(numbers, targets));
        Assert.Throws<ArgumentException>("inputs", () => trainer.Backward(numbers, targets));
        Assert.Throws<ArgumentException>("inputs", () => trainer.Loss(numbers, targets));
        Assert.Throws<ArgumentException>("inputs", () => trainer.CheckGradients(numbers, targets));
        Assert.Throws<ArgumentException>("inputs", () => trainer.StepLengths(numbers, targets, [6, 6]));
        Assert.All(outputs.Concat(memory), x => Assert.Equal(0, x));
        Assert.Equal(0, trainer.Loss(numbers.AsSpan(0, 6), targets.AsSpan(0, 54)));
    }

    /// <summary>A character model streams its ids, in both profiles that have a form of their own for them.</summary>
    [Fact]
    public void IdsMayBeFrames()
    {
        CharacterStream network = new(1);
        LetterArrays arrays = new(1);
        int[] ids = [0, 8, 3, 3, 1, 7, 2];
        float[] numbers = [.. ids.Select(id => (float)id)];
        float[] expected = new float[63], outputs = new float[63], memory = new float[CharacterStream.MemorySize], own = new float[CharacterStream.MemorySize];
        network.ForwardStream(numbers, expected, memory);
        // The longest call of a thread makes the memory that its others use.
        network.ForwardStreamIds(ids.AsSpan(0, 4), outputs.AsSpan(0, 36), own);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.ForwardStreamIds(ids.AsSpan(4), outputs.AsSpan(36), own);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, outputs);
        Assert.Equal(memory, own);
        float[] ofArrays = new float[63], arrayMemory = new float[LetterArrays.MemorySize];
        arrays.ForwardStream(numbers, expected, arrayMemory);
        arrays.ForwardStreamIds(ids, ofArrays, new float[LetterArrays.MemorySize]);
        Assert.Equal(expected, ofArrays);
    }

    /// <summary>What is wrong is named as the caller names it, and nothing is written.</summary>
    [Fact]
    public void WrongIdsAreCalledIds()
    {
        CharacterStream network = new(1);
        CharacterStream.Trainer trainer = new(network);
        LetterArrays arrays = new(1);
        float[] outputs = new float[54], memory = new float[CharacterStream.MemorySize];
        foreach (Action<int[], float[]> forward in (Action<int[], float[]>[])[(ids, all) => network.ForwardIds(ids, all), arrays.ForwardIds])
        {
            Says("ids", "'ids' has length 7: a sample has 6 ids, and there are whole samples or none.", () => forward(new int[7], outputs));
            Says("outputs", "'outputs' has length 54 instead of 108: 'ids' holds 2 samples, and a sample has 54 outputs.", () => forward(new int[12], outputs));
            Says("ids", "Element 5 of 'ids' is", () => forward([0, 1, 2, 3, 4, 9], outputs));
        }

        Says("ids", "Element 1 of 'ids' is -1, and no whole number from 0 to 8.", () => network.ForwardStreamIds([2, -1], new float[18], memory));
        Says("outputs", "'outputs' has length 54 instead of 9: 'ids' holds 1 frame, and a frame has 9 outputs.", () => network.ForwardStreamIds([2], outputs, memory));
        Says("memory", "'memory' has length 1 instead of 5: MemorySize, which is 5, for 1 stream.", () => network.ForwardStreamIds([2], new float[9], new float[1]));
        Says("ids", "'ids' has length 0: a sample has 6 ids, and there are whole samples, one at least.", () => trainer.StepIds([], []));
        Says("targets", "'targets' has length 6 instead of 54: 'ids' holds 1 sample, and a sample has 54 targets; a class number becomes a target for each class, 1 at its place and 0 elsewhere.", () => trainer.StepIds(new int[6], new float[6]));
        Says("ids", "Element 0 of 'ids' is 9", () => trainer.StepIds([9, 0, 0, 0, 0, 0], outputs));
        Assert.All(outputs.Concat(memory), x => Assert.Equal(0, x));
    }

    [Fact]
    public void AWrongMemoryIsHeldAgainstMemorySize()
    {
        StackedStream network = new(1);
        ArrayStream arrays = new(1);
        Says("memory", "'memory' has length 26 instead of 27: MemorySize, which is 27, for 1 stream.", () => network.ForwardStream(new float[3], new float[2], new float[26]));
        Says("memories", "'memories' has length 27 instead of 81: MemorySize, which is 27, for each of 3 streams.", () => network.ForwardStreams(new float[9], new float[6], new float[27]));
        Says("memories", "'memories' has length 27 instead of 54: MemorySize, which is 27, for each of 2 streams.", () => new StackedStream.Trainer(network).StepStreams(new float[144], new float[96], new float[27]));
        int size = ArrayStream.MemorySize;
        Says("memories", $"'memories' has length {size} instead of {2 * size}: MemorySize, which is {size}, for each of 2 streams.", () => arrays.ForwardStreams(new float[4], new float[4], new float[size]));
    }

    /// <summary>Code for any stream knows no class.</summary>
    [Fact]
    public void StreamsCanBeRunWithoutKnowingTheirClass()
    {
        StackedStream network = new(3);
        float[] frames = Signal(5 * 3), expected = new float[10], memory = new float[StackedStream.MemorySize];
        network.ForwardStream(frames, expected, memory);
        IStreamNetwork<float> any = network;
        float[] outputs = new float[5 * any.OutputFrameSize], own = new float[any.MemorySize];
        any.ForwardStream(frames.AsSpan(0, 4 * any.FrameSize), outputs.AsSpan(0, 4 * any.OutputFrameSize), own);
        any.ForwardStreams(frames.AsSpan(4 * any.FrameSize), outputs.AsSpan(4 * any.OutputFrameSize), own);
        Compare(expected, outputs, 1e-6);
        Compare(memory, own, 1e-6);
        Assert.Equal(StackedStream.MemoryLayout.ToArray().Select(part => part.Name), any.MemoryLayout.ToArray().Select(part => part.Name));
        Assert.Equal(StackedStream.InputSize, any.InputSize);
        Assert.IsAssignableFrom<IStreamNetwork<double>>(new DilatedStream(1));
        Assert.False((object)new DigitNet(1) is IStreamNetwork<float>);
    }

    [Fact]
    public void TheMemorySaysItsParts()
    {
        Assert.Equal(["gru1.state", "lstm1.state", "lstm1.memory"], StackedStream.MemoryLayout.ToArray().Select(part => part.Name));
        Assert.Equal((3, 2, 17 + 5 + 5), (StackedStream.FrameSize, StackedStream.OutputFrameSize, StackedStream.MemorySize));
    }

    [Fact]
    public void NoCallAllocates()
    {
        StackedStream network = new(1);
        StackedStream.Trainer trainer = new(network);
        float[] frames = Signal(72), outputs = new float[48], memory = new float[StackedStream.MemorySize], targets = new float[48];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            network.ForwardStream(frames, outputs, memory);
            network.ForwardStreams(frames.AsSpan(0, 3), outputs.AsSpan(0, 2), memory);
            trainer.StepStreams(frames, targets, memory);
        }
    }

    private static void Says(string parameter, string message, Action call) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(parameter, call).Message, StringComparison.Ordinal);

    private static float[] Signal(int count, int seed = 0)
    {
        Random random = new(1000 + seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static void Compare(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{i}: {expected[i]:R} against {actual[i]:R}");
    }
}
