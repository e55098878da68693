using System.Globalization;
using System.Runtime.InteropServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Steps shared by several threads: the same bits for every number of them.</summary>
public class ParallelFitTests
{
    // Batches of 160 are five shards, and the last of an epoch has two samples: fewer than there are shards.
    private const int Batch = 160, Count = (2 * Batch) + 2;

    private static readonly Dataset<float> Single = Classes<float>();
    private static readonly Dataset<double> Double = Classes<double>();

    [Theory]
    [InlineData("")]
    [InlineData("L2")]
    [InlineData("L1", "ClipNorm")]
    public void Any_number_of_threads_ends_with_the_same_bits(params string[] settings)
    {
        SameBits(Single, () => new WideSgdNet.Trainer(new WideSgdNet(1)), settings);
        SameBits(Single, () => new WideAdamNet.Trainer(new WideAdamNet(1), 5), settings);
        SameBits(Single, () => new WideScalarNet.Trainer(new WideScalarNet(1), 5), settings);
        SameBits(Double, () => new WideDoubleNet.Trainer(new WideDoubleNet(1)), settings);
        SameBits(Double, () => new WideFrozenNet.Trainer(new WideFrozenNet(1), 5), settings);
        SameBits(Double, () => new WideScalarDoubleNet.Trainer(new WideScalarDoubleNet(1)), settings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("L2")]
    [InlineData("L1", "ClipNorm")]
    public void Threads_differ_from_none_by_rounding_only(params string[] settings)
    {
        AsWithout(() => new WideDoubleNet.Trainer(new WideDoubleNet(1)), settings);
        AsWithout(() => new WideFrozenNet.Trainer(new WideFrozenNet(1), 5), settings);
        AsWithout(() => new WideScalarDoubleNet.Trainer(new WideScalarDoubleNet(1)), settings);
    }

    [Fact]
    public void Small_batches_are_shared_too()
    {
        foreach (int batch in new[] { 1, 7, 16, 33, 63 })
        {
            Outcome one = Train(Single, () => new WideAdamNet.Trainer(new WideAdamNet(1), 5), [], 1, batch, shuffle: true);
            Outcome three = Train(Single, () => new WideAdamNet.Trainer(new WideAdamNet(1), 5), [], 3, batch, shuffle: true);
            AssertSame(one, three, $"batch {batch}");
        }
    }

    [Fact]
    public void A_run_resumes_to_the_same_bits_on_another_number_of_threads()
    {
        using TemporaryFolder folder = new();
        int steps = 0, limit = int.MaxValue;
        FitOptions options = new()
        {
            Epochs = 6,
            BatchSize = Batch,
            Seed = 11,
            Threads = 1,
            Schedule = LearningRateSchedule.Custom(epoch => steps++ < limit ? 0.01 / (1 + epoch) : throw new InvalidOperationException("broken off")),
        };
        WideAdamNet.Trainer unbroken = new(new WideAdamNet(1), 5);
        FitResult expected = unbroken.Fit(Single, options);

        options.CheckpointPath = folder["c"];
        options.Threads = 3;
        (steps, limit) = (0, 8);
        Assert.Throws<InvalidOperationException>(() => new WideAdamNet.Trainer(new WideAdamNet(1), 5).Fit(Single, options));
        options.Threads = 2;
        options.Resume = true;
        limit = int.MaxValue;
        WideAdamNet.Trainer resumed = new(new WideAdamNet(1), 5);
        FitResult result = resumed.Fit(Single, options);
        AssertSame(Outcome.Of(unbroken, expected), Outcome.Of(resumed, result), "resumed");
    }

    [Fact]
    public void Cancelling_ends_the_threads()
    {
        using CancellationTokenSource source = new();
        WatchedTrainer<float> trainer = new(new WideAdamNet.Trainer(new WideAdamNet(1)));
        trainer.OnCall = (_, _, step) =>
        {
            if (step == 5)
                source.Cancel();
        };
        FitOptions options = new() { BatchSize = Batch, Threads = 3 };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Single, options, cancellationToken: source.Token));
        Assert.Equal(5, trainer.Steps);
        AssertThreadsEnded(trainer, 3);
    }

    [Theory]
    [InlineData(nameof(IParallelTrainer<>.BackwardShards), 0)]
    [InlineData(nameof(IParallelTrainer<>.BackwardShards), 2)]
    [InlineData(nameof(IParallelTrainer<>.Reduce), 1)]
    [InlineData(nameof(IParallelTrainer<>.UpdatePart), 0)]
    [InlineData(nameof(IParallelTrainer<>.UpdatePart), 2)]
    public void An_exception_on_any_thread_surfaces_and_ends_them_all(string call, int place)
    {
        WatchedTrainer<float> trainer = new(new WideAdamNet.Trainer(new WideAdamNet(1)));
        trainer.OnCall = (name, number, step) =>
        {
            if (step == 4 && name == call && number == place)
                throw new TimeoutException("of the trainer");
        };
        TimeoutException error = Assert.Throws<TimeoutException>(() => trainer.Fit(Single, new FitOptions { BatchSize = Batch, Threads = 3 }));
        Assert.Equal("of the trainer", error.Message);

        // The other threads may have started theirs of that step or not.
        Assert.InRange(trainer.Steps, 3, 4);
        AssertThreadsEnded(trainer, 3);
    }

    [Fact]
    public void Threads_end_with_the_run()
    {
        WatchedTrainer<float> trainer = new(new WideAdamNet.Trainer(new WideAdamNet(1)));
        trainer.Fit(Single, new FitOptions { Epochs = 2, BatchSize = Batch, Threads = 5 });
        AssertThreadsEnded(trainer, 5);
    }

    [Fact]
    public void Steps_allocate_nothing_on_any_thread()
    {
        const int epochs = 40, steps = 40;
        WatchedTrainer<float> trainer = new(new WideAdamNet.Trainer(new WideAdamNet(1)));
        trainer.Fit(Single, new FitOptions { Epochs = epochs, BatchSize = 8, Threads = 2 });
        Assert.Equal(epochs * (steps + 1), trainer.Steps);

        // The caller's thread reports on each epoch; first steps load types; a collection can make the rest of a buffer count as allocated.
        int[] allocating = [.. trainer.StepsThatAllocated];
        Assert.Equal(2, allocating.Length);
        Assert.InRange(allocating[0], 0, epochs + 20);
        Assert.InRange(allocating[1], 0, 20);
    }

    [Fact]
    public void Options_are_checked()
    {
        FitOptions options = new() { Threads = 0 };
        ArgumentException error = Assert.Throws<ArgumentOutOfRangeException>(() => new WideSgdNet.Trainer(new WideSgdNet(1)).Fit(Single, options));
        Assert.Contains("Threads", error.Message);
        options.Threads = 1;
        Dataset<double> data = Samples.Linear<double>(10, 3, 2);
        error = Assert.Throws<ArgumentException>(() => new LinearTrainer<double>(3, 2).Fit(data, options));
        Assert.Contains("IParallelTrainer", error.Message);
    }

    [Fact]
    public void Generated_trainers_check_their_arguments()
    {
        IParallelTrainer<float> trainer = new WideSgdNet.Trainer(new WideSgdNet(1));
        IParallelTrainer<float> fork = trainer.Fork();
        float[] inputs = new float[80], targets = new float[6];
        Assert.Throws<ArgumentException>("inputs", () => trainer.BackwardShards(inputs.AsSpan(1), targets, 0, 2, 1));
        Assert.Throws<ArgumentException>("targets", () => trainer.BackwardShards(inputs, [], 0, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("firstSample", () => trainer.BackwardShards(inputs, targets, 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("firstSample", () => trainer.BackwardShards(inputs, targets, -1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("shardSize", () => trainer.BackwardShards(inputs, targets, 0, 2, 0));
        Assert.Throws<ArgumentException>("workers", () => trainer.Reduce([trainer, fork], 0, 1));
        trainer.BackwardShards(inputs, targets, 0, 2, 1);
        fork.BackwardShards([], [], 2, 2, 1);
        Assert.Throws<ArgumentException>("workers", () => trainer.Reduce([fork, trainer], 0, 1));
        Assert.Throws<ArgumentException>("workers", () => trainer.Reduce([], 0, 1));
        trainer.Reduce([trainer, fork], 0, 1);
        Assert.Throws<InvalidOperationException>(trainer.Update);
    }

    private static void SameBits<T>(Dataset<T> data, Func<IParallelTrainer<T>> create, string[] settings)
        where T : struct
    {
        foreach (bool shuffle in new[] { true, false })
        {
            Outcome one = Train(data, create, settings, 1, Batch, shuffle);
            Assert.All(one.Losses, loss => Assert.True(double.IsFinite(loss)));
            foreach (int threads in new[] { 2, 3, 5 })
                AssertSame(one, Train(data, create, settings, threads, Batch, shuffle), $"{create().Network}, {threads} threads");
        }
    }

    private static void AsWithout(Func<IParallelTrainer<double>> create, string[] settings)
    {
        Outcome plain = Train(Double, create, settings, null, Batch, shuffle: true);
        Outcome shared = Train(Double, create, settings, 2, Batch, shuffle: true);
        Assert.NotEqual(Outcome.Of(create(), null).Parameters, plain.Parameters);
        Assert.All(plain.Losses.Zip(shared.Losses), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        double[] expected = MemoryMarshal.Cast<byte, double>(plain.Parameters).ToArray();
        double[] actual = MemoryMarshal.Cast<byte, double>(shared.Parameters).ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static Outcome Train<T>(Dataset<T> data, Func<IParallelTrainer<T>> create, string[] settings, int? threads, int batch, bool shuffle)
        where T : struct
    {
        IParallelTrainer<T> trainer = create();
        foreach (string setting in settings.Where(name => name.Length > 0))
        {
            object value = Convert.ChangeType(setting == "ClipNorm" ? 0.3 : 0.01, typeof(T), CultureInfo.InvariantCulture);
            trainer.GetType().GetProperty(setting)!.SetValue(trainer, value);
        }

        FitOptions options = new() { Epochs = 3, BatchSize = batch, Shuffle = shuffle, Threads = threads, Seed = 3 };
        return Outcome.Of(trainer, trainer.Fit(data, options));
    }

    private static void AssertSame(Outcome expected, Outcome actual, string what)
    {
        Assert.True(expected.Losses.SequenceEqual(actual.Losses), "losses: " + what);
        Assert.True(expected.Parameters.SequenceEqual(actual.Parameters), "parameters: " + what);
        Assert.True(expected.State.SequenceEqual(actual.State), "state: " + what);
    }

    private static void AssertThreadsEnded<T>(WatchedTrainer<T> trainer, int count)
        where T : struct
    {
        Assert.Equal(count, trainer.Threads.Count);
        Assert.DoesNotContain(trainer.Threads.Keys, thread => thread != Thread.CurrentThread && thread.IsAlive);
    }

    private static Dataset<T> Classes<T>()
        where T : struct, System.Numerics.INumber<T>
    {
        Random random = new(1);
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(3))];
        T[] inputs = [.. labels.SelectMany(label => Enumerable.Range(0, 40).Select(i => T.CreateChecked(random.NextDouble() + (i == label ? 0.7 : 0))))];
        return Dataset<T>.FromLabels(40, 3, inputs, labels);
    }

    private sealed record Outcome(byte[] Parameters, byte[] State, double[] Losses)
    {
        public static Outcome Of<T>(ITrainer<T> trainer, FitResult? result)
            where T : struct
        {
            T[] parameters = new T[trainer.Network.ParameterCount];
            trainer.Network.GetParameters(parameters);
            byte[] state = new byte[trainer.StateSize];
            trainer.GetState(state);
            return new Outcome(MemoryMarshal.AsBytes<T>(parameters).ToArray(), state, [.. result?.History.Select(report => report.TrainingLoss) ?? []]);
        }
    }
}
