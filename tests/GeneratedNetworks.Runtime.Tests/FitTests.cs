using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Runtime.Tests;

public class FitTests
{
    [Fact]
    public void Training_reaches_the_solution()
    {
        LinearTrainer<float> trainer = new(3, 2) { LearningRate = 0.05f };
        Dataset<float> data = Samples.Linear<float>(200, 3, 2);
        List<EpochReport> reports = [];
        FitResult result = trainer.Fit(data, new FitOptions { Epochs = 60, BatchSize = 20 }, new Progress(reports.Add));
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.True(result.History[^1].TrainingLoss < 1e-4, result.History[^1].ToString());
        Assert.True(trainer.Network.RSquared(data) > 0.999);
        Assert.Equal(result.History.Select(r => r.TrainingLoss), reports.Select(r => r.TrainingLoss));
        Assert.Equal(Enumerable.Range(1, 60), reports.Select(r => r.Epoch));
        Assert.All(reports, r => Assert.Equal(60, r.Epochs));
        Assert.Equal(result.History.Min(r => r.TrainingLoss), result.BestLoss);
    }

    [Theory]
    [InlineData(Reduction.Mean, true)]
    [InlineData(Reduction.Mean, false)]
    [InlineData(Reduction.Sum, true)]
    [InlineData(Reduction.Sum, false)]
    public void The_epochs_loss_is_weighted_by_samples(Reduction reduction, bool shuffle)
    {
        // With a learning rate of 0 the mean over the epoch's batches must be the loss of all samples at once, the odd batch included.
        Dataset<double> data = Samples.Linear<double>(10, 2, 1);
        LinearTrainer<double> trainer = new(2, 1, reduction) { LearningRate = 0 };
        double all = trainer.Loss(data.Inputs, data.Targets) / (reduction == Reduction.Sum ? data.Count : 1);
        FitOptions options = new() { Epochs = 1, BatchSize = 4, Shuffle = shuffle, Validation = data };
        FitResult result = trainer.Fit(data, options);
        Assert.Equal(all, result.History[0].TrainingLoss, 12);
        Assert.Equal(all, result.History[0].ValidationLoss!.Value, 12);
    }

    [Fact]
    public void Each_epoch_visits_every_sample_once_in_an_order_of_its_own()
    {
        Dataset<double> data = Samples.Numbered(50);
        Recorder recorder = new();
        recorder.Fit(data, new FitOptions { Epochs = 3, BatchSize = 8, Seed = 5 });
        double[][] epochs = [.. recorder.Seen.Chunk(50)];
        Assert.All(epochs, e => Assert.Equal(data.Inputs.ToArray(), e.Order()));
        Assert.Equal(3, epochs.Select(e => string.Join(",", e)).Distinct().Count());

        Recorder again = new();
        again.Fit(data, new FitOptions { Epochs = 3, BatchSize = 8, Seed = 5 });
        Assert.Equal(recorder.Seen, again.Seen);
        Recorder other = new();
        other.Fit(data, new FitOptions { Epochs = 3, BatchSize = 8, Seed = 6 });
        Assert.NotEqual(recorder.Seen, other.Seen);
        Recorder plain = new();
        plain.Fit(data, new FitOptions { Epochs = 1, BatchSize = 8, Shuffle = false });
        Assert.Equal(data.Inputs.ToArray(), plain.Seen);
        Assert.Equal([8, 8, 8, 8, 8, 8, 2], plain.Batches);
    }

    [Fact]
    public void Early_stopping_waits_for_its_patience_and_restores_the_best()
    {
        // The validation set is what the untrained network says already, so that every epoch makes it worse.
        Dataset<double> data = Samples.Linear<double>(40, 2, 1);
        Dataset<double> validation = new(2, 1, data.Inputs, new double[40]);
        LinearTrainer<double> trainer = new(2, 1);
        FitOptions options = new() { Epochs = 50, BatchSize = 8, Validation = validation, Patience = 3, RestoreBest = true };
        FitResult result = trainer.Fit(data, options);
        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(4, result.History.Count);
        Assert.Equal([true, false, false, false], result.History.Select(r => r.IsBest));

        LinearTrainer<double> one = new(2, 1);
        one.Fit(data, new FitOptions { Epochs = 1, BatchSize = 8 });
        Assert.Equal(one.Parameters, trainer.Parameters);
    }

    [Fact]
    public void A_gain_below_the_minimum_is_none()
    {
        LinearTrainer<double> trainer = new(2, 1) { LearningRate = 1e-6 };
        FitResult result = trainer.Fit(Samples.Linear<double>(40, 2, 1), new FitOptions { Epochs = 50, Patience = 2, MinDelta = 0.1 });
        Assert.Equal(3, result.History.Count);
        Assert.Equal(1, result.BestEpoch);
    }

    [Fact]
    public void Options_may_be_left_out()
    {
        Dataset<double> data = Samples.Linear<double>(40, 2, 1);
        LinearTrainer<double> trainer = new(2, 1);
        FitResult result = trainer.Fit(data);
        LinearTrainer<double> told = new(2, 1);
        told.Fit(data, new FitOptions { Epochs = 10, BatchSize = 32, Shuffle = true, Seed = 0 });
        Assert.Equal(told.Parameters, trainer.Parameters);
        string expected = FormattableString.Invariant($"Completed after 10 epochs: best loss {result.BestLoss:g6} in epoch {result.BestEpoch}");
        Assert.Equal(expected, result.ToString());
    }

    [Fact]
    public void A_result_without_a_finite_loss_says_so()
    {
        LinearTrainer<double> trainer = new(2, 1) { LearningRate = double.PositiveInfinity };
        FitResult result = trainer.Fit(Samples.Linear<double>(40, 2, 1), new FitOptions { BatchSize = 1 });
        Assert.Equal("Diverged in epoch 1, step 2: no finite loss. A lower LearningRate, ClipNorm or scaled inputs may help", result.ToString());
    }

    [Fact]
    public void Divergence_ends_training()
    {
        LinearTrainer<double> trainer = new(2, 1) { LearningRate = 1e6 };
        FitResult result = trainer.Fit(Samples.Linear<double>(40, 2, 1), new FitOptions { Epochs = 500, RestoreBest = true });
        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.True(result.History.Count < 500);
        Assert.All(trainer.Parameters, p => Assert.True(double.IsFinite(p)));
    }

    [Fact]
    public void Cancellation_stops_before_the_next_step()
    {
        using CancellationTokenSource source = new();
        int steps = 0;
        LinearTrainer<double> trainer = new(2, 1) { BeforeStep = step => { steps++; if (step == 4) source.Cancel(); } };
        Dataset<double> data = Samples.Linear<double>(40, 2, 1);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data, new FitOptions { BatchSize = 8 }, null, source.Token));
        Assert.Equal(5, steps);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Dataset<float> data = Samples.Linear<float>(64, 4, 2);
        FitOptions options = new() { Epochs = 1, BatchSize = 1, Schedule = LearningRateSchedule.Cosine(0.01, 300) };
        LinearTrainer<float> trainer = new(4, 2);
        long Allocated(int epochs)
        {
            options.Epochs = epochs;
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Past the tiers, the only difference between 1 and 101 epochs is the history: its list doubles up to 128 reports.
        Allocated(300);
        long perEpoch = (Allocated(101) - Allocated(1)) / 100;
        Assert.InRange(perEpoch, 0, 3 * Unsafe.SizeOf<EpochReport>());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        LinearTrainer<double> trainer = new(2, 1);
        Dataset<double> data = Samples.Linear<double>(8, 2, 1);
        Dataset<double> wide = Samples.Linear<double>(8, 3, 1);
        Dataset<double> empty = new(2, 1, [], []);
        Assert.Contains(
            "2 inputs to 1 output, but a sample has 3 inputs and 1 target. [GeneratedNetwork(3)]",
            Assert.Throws<ArgumentException>(() => trainer.Fit(wide, new FitOptions())).Message);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => trainer.Fit(empty, new FitOptions())).Message);
        Assert.Throws<ArgumentException>(() => trainer.Fit(data, new FitOptions { Validation = Samples.Linear<float>(8, 2, 1) }));
        Assert.Throws<ArgumentException>(() => trainer.Fit(data, new FitOptions { Validation = Samples.Linear<double>(8, 2, 2) }));
        Assert.Throws<ArgumentException>(() => trainer.Fit(data, new FitOptions { Resume = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, new FitOptions { Epochs = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, new FitOptions { BatchSize = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, new FitOptions { Patience = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, new FitOptions { MinDelta = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, new FitOptions { CheckpointEvery = 0 }));
        Assert.Throws<ArgumentNullException>(() => trainer.Fit(null!, new FitOptions()));
    }

    [Fact]
    public void A_setting_names_itself_and_its_value()
    {
        Dataset<double> data = Samples.Linear<double>(8, 2, 1);
        Says("Epochs is 0; it must be positive.", new FitOptions { Epochs = 0 });
        Says("BatchSize is -1; it must be positive.", new FitOptions { BatchSize = -1 });
        Says("Threads is 0; it must be null or positive.", new FitOptions { Threads = 0 });
        Says("Patience is -2; it must be null or positive.", new FitOptions { Patience = -2 });
        Says("MinDelta is -0.5; it must be finite and not negative.", new FitOptions { MinDelta = -0.5 });
        Says("CheckpointEvery is 0; it must be positive.", new FitOptions { CheckpointEvery = 0 });

        void Says(string message, FitOptions options)
        {
            LinearTrainer<double> trainer = new(2, 1);
            Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>("options", () => { trainer.Fit(data, options); }).Message);
        }
    }

    /// <summary>Unlike System.Progress, on the caller's thread.</summary>
    internal sealed class Progress(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }

    /// <summary>A trainer that learns nothing and writes down what it is shown.</summary>
    private sealed class Recorder : ITrainer<double>
    {
        public List<double> Seen { get; } = [];

        public List<int> Batches { get; } = [];

        public INetwork<double> Network { get; } = new LinearNetwork<double>(1, 1);

        public Loss? LossKind => null;

        public Reduction Reduction => Reduction.Mean;

        public double LearningRate { get; set; }

        public double ClipNorm { get; set; }

        public int StateSize => 0;

        public double Loss(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => 1;

        public double Step(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
        {
            Assert.Equal(inputs.ToArray().Select(x => -x), targets.ToArray());
            Seen.AddRange(inputs);
            Batches.Add(inputs.Length);
            return 1;
        }

        public double Backward(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => throw new NotSupportedException();

        public void BackwardFrom(ReadOnlySpan<double> inputs, ReadOnlySpan<double> outputGradients) => throw new NotSupportedException();

        public void GetGradients(Span<double> destination) => throw new NotSupportedException();

        public void SetGradients(ReadOnlySpan<double> source) => throw new NotSupportedException();

        public void Update() => throw new NotSupportedException();

        public void GetState(Span<byte> destination) => throw new NotSupportedException();

        public void SetState(ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public void Reset() => throw new NotSupportedException();

        public GradientCheck CheckGradients(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) => throw new NotSupportedException();
    }
}
