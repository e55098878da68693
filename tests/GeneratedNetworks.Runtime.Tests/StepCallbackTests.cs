namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A callback after every step: what it is told, what it may change, and that it races with nothing.</summary>
public class StepCallbackTests
{
    private static readonly Dataset<float> Data = Samples.Linear<float>(50, 4, 3);

    [Fact]
    public void It_is_told_of_every_step()
    {
        List<(int, int, int, double, double)> told = [];
        FitOptions options = new() { Epochs = 2, BatchSize = 20, Shuffle = false, Schedule = LearningRateSchedule.Exponential(0.01, 0.5) };
        options.OnStep = step =>
        {
            Assert.Equal((2, 3), (step.Epochs, step.StepsPerEpoch));
            told.Add((step.Epoch, step.Step, step.Samples, step.Loss, step.LearningRate));
        };
        FitResult result = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Data, options);

        RegressionNet.Trainer oracle = new(new RegressionNet(1));
        List<(int, int, int, double, double)> expected = [];
        for (int epoch = 0; epoch < 2; epoch++)
        {
            for (int step = 0; step < 3; step++)
            {
                int count = step == 2 ? 10 : 20;
                oracle.LearningRate = (float)(0.01 * Math.Pow(0.5, epoch + (step * 20 / 50.0)));
                double loss = oracle.Step(Data.Inputs.Slice(step * 80, count * 4), Data.Targets.Slice(step * 60, count * 3));
                expected.Add((epoch + 1, step + 1, count, loss, oracle.LearningRate));
            }
        }

        Assert.Equal(expected, told);
        Assert.Equal(told.Take(3).Sum(t => t.Item4 * t.Item3) / 50, result.History[0].TrainingLoss, 12);
    }

    [Theory]
    [InlineData(Reduction.Mean)]
    [InlineData(Reduction.Sum)]
    public void Its_loss_is_per_sample(Reduction reduction)
    {
        Dataset<double> data = Samples.Linear<double>(10, 2, 1);
        LinearTrainer<double> trainer = new(2, 1, reduction) { LearningRate = 0 };
        double all = trainer.Loss(data.Inputs, data.Targets) / (reduction == Reduction.Sum ? 10 : 1);
        trainer.Fit(data, new FitOptions { Epochs = 1, BatchSize = 10, OnStep = step => Assert.Equal(all, step.Loss, 12) });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_network_is_at_rest_while_it_runs(int? threads)
    {
        // What the callback sees after each step is what a run of just as many steps ends with.
        WideSgdNet network = new(1);
        Random random = new(1);
        Dataset<float> data = Dataset<float>.FromLabels(
            40, 3, [.. Enumerable.Range(0, 40 * 96).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 96).Select(i => i % 3)]);
        List<float[]> seen = [];
        FitOptions options = new() { Epochs = 2, BatchSize = 32, Threads = threads, OnStep = _ => seen.Add(network.Predict(data.Inputs)) };
        new WideSgdNet.Trainer(network).Fit(data, options);
        Assert.Equal(6, seen.Count);
        for (int steps = 1; steps <= 6; steps++)
        {
            WideSgdNet shorter = new(1);
            int left = steps;
            options.OnStep = step =>
            {
                if (--left == 0)
                    step.Stop();
            };
            new WideSgdNet.Trainer(shorter).Fit(data, options);
            Assert.Equal(shorter.Predict(data.Inputs), seen[steps - 1]);
        }
    }

    [Fact]
    public void It_can_end_the_run_within_an_epoch()
    {
        using TemporaryFolder folder = new();
        int steps = 0;
        FitOptions options = new() { Epochs = 9, BatchSize = 20, CheckpointPath = folder["c"] };
        options.OnStep = step =>
        {
            if (++steps == 5)
                step.Stop();
        };
        List<EpochReport> reports = [];
        RegressionNet.Trainer trainer = new(new RegressionNet(1));
        FitResult result = trainer.Fit(Data, options, new FitTests.Progress(reports.Add));
        Assert.Equal((StopReason.Stopped, 2, 5), (result.StopReason, result.History.Count, steps));
        Assert.Equal((2, false, TimeSpan.Zero), (result.History[1].Steps, result.History[1].IsBest, result.History[1].Remaining));
        Assert.Equal(2, reports.Count);
        Assert.StartsWith("Stopped after 2 epochs: best loss ", result.ToString());

        // The checkpoint is of the complete epoch, and goes on to the end of an unbroken run.
        options.OnStep = null;
        options.Resume = true;
        RegressionNet.Trainer resumed = new(new RegressionNet(1));
        Assert.Equal(9, resumed.Fit(Data, options).History.Count);
        RegressionNet.Trainer unbroken = new(new RegressionNet(1));
        unbroken.Fit(Data, new FitOptions { Epochs = 9, BatchSize = 20 });
        Assert.Equal(Parameters(unbroken), Parameters(resumed));
    }

    [Fact]
    public void Half_an_epoch_can_be_the_best_where_a_validation_set_says_so()
    {
        FitOptions options = new() { Epochs = 9, BatchSize = 20, RestoreBest = true, Validation = Samples.Linear<float>(20, 4, 3, seed: 2) };
        options.OnStep = step =>
        {
            if (step.Epoch == 3 && step.Step == 2)
                step.Stop();
        };
        RegressionNet.Trainer trainer = new(new RegressionNet(1));
        FitResult result = trainer.Fit(Data, options);
        Assert.Equal((3, 3, 2), (result.BestEpoch, result.RestoredEpoch, result.History[2].Steps));
    }

    [Fact]
    public void An_epoch_that_ends_as_the_run_is_stopped_is_a_whole_one()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 9, BatchSize = 20, CheckpointPath = folder["c"], CheckpointEvery = 100 };
        options.OnStep = step =>
        {
            if (step.Epoch == 2 && step.Step == step.StepsPerEpoch)
                step.Stop();
        };
        FitResult result = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Data, options);
        Assert.Equal((StopReason.Stopped, 2, 2), (result.StopReason, result.History.Count, result.BestEpoch));
        Assert.True(File.Exists(folder["c"]));
    }

    [Fact]
    public void It_can_change_the_rate_of_the_steps_to_come()
    {
        LinearTrainer<float> trainer = new(4, 3) { LearningRate = 0.5f, Rates = [] };
        FitOptions options = new() { Epochs = 2, BatchSize = 20, OnStep = step => step.LearningRate /= 2 };
        FitResult result = trainer.Fit(Data, options);
        Assert.Equal([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625], trainer.Rates);
        Assert.Equal(0.0078125f, trainer.LearningRate);
        Assert.Equal([0.0625, 0.0078125], result.History.Select(report => report.LearningRate));
    }

    [Fact]
    public void A_rate_that_it_has_set_outlasts_a_break()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 4, BatchSize = 20, OnStep = step => step.LearningRate *= 0.9 };
        RegressionNet.Trainer unbroken = new(new RegressionNet(1));
        unbroken.Fit(Data, options);
        options.CheckpointPath = folder["c"];
        options.Epochs = 2;
        new RegressionNet.Trainer(new RegressionNet(1)).Fit(Data, options);
        options.Epochs = 4;
        options.Resume = true;
        RegressionNet.Trainer resumed = new(new RegressionNet(1));
        resumed.Fit(Data, options);
        Assert.Equal(Parameters(unbroken), Parameters(resumed));
        Assert.Equal(unbroken.LearningRate, resumed.LearningRate);
    }

    [Theory]
    [InlineData(-0.1, "LearningRate is -0.1; it must be finite and not negative.")]
    [InlineData(double.NaN, "LearningRate is NaN;")]
    [InlineData(1e39, "LearningRate is 1E+39;")]
    public void A_rate_that_is_none_is_refused(double rate, string message)
    {
        FitOptions options = new() { OnStep = step => step.LearningRate = rate };
        LinearTrainer<float> trainer = new(4, 3);
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(() => { trainer.Fit(Data, options); }).Message);
    }

    [Fact]
    public void A_rate_is_not_set_against_a_schedule()
    {
        FitOptions options = new() { Schedule = LearningRateSchedule.Constant(0.1), OnStep = step => step.LearningRate = 0.2 };
        LinearTrainer<float> trainer = new(4, 3);
        Assert.Contains("Schedule", Assert.Throws<InvalidOperationException>(() => { trainer.Fit(Data, options); }).Message);
    }

    [Fact]
    public void What_it_throws_ends_the_run_and_its_threads()
    {
        WatchedTrainer<float> trainer = new(new RegressionNet.Trainer(new RegressionNet(1)));
        FitOptions options = new() { Threads = 3, OnStep = _ => throw new TimeoutException("of the callback") };
        Assert.Equal("of the callback", Assert.Throws<TimeoutException>(() => { trainer.Fit(Data, options); }).Message);
        Assert.DoesNotContain(trainer.Threads.Keys, thread => thread != Thread.CurrentThread && thread.IsAlive);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.5)]
    public void Steps_with_a_callback_and_lines_allocate_nothing(bool watches, float clipNorm)
    {
        // From each callback to the next within an epoch: a step and what is around it. Between epochs stands the line.
        const int epochs = 30, steps = 100;
        long[] allocated = new long[epochs * steps];
        int next = 0;
        FitOptions options = new() { Epochs = epochs, BatchSize = 1, WatchGradients = watches, Validation = Data };
        options.OnStep = step =>
        {
            step.LearningRate *= 0.999;
            allocated[next++] = GC.GetAllocatedBytesForCurrentThread();
        };
        using StringWriter text = new();
        Dataset<float> data = Samples.Linear<float>(steps, 4, 3);
        new RegressionNet.Trainer(new RegressionNet(1)) { ClipNorm = clipNorm }.Fit(data, options, new TextProgress(text));
        Assert.Equal(epochs, text.ToString().Count(c => c == '\n'));

        // The first steps load types; a collection can make the rest of a buffer count as allocated.
        int[] allocating = [.. Enumerable.Range(1, allocated.Length - 1).Where(i => i % steps != 0 && allocated[i] != allocated[i - 1])];
        Assert.True(allocating.Length <= 3, $"{allocating.Length} steps allocated: {string.Join(", ", allocating.Take(20))}");
        Assert.DoesNotContain(allocating, i => i >= (epochs - 5) * steps);
    }

    private static float[] Parameters(ITrainer<float> trainer)
    {
        float[] parameters = new float[trainer.Network.ParameterCount];
        trainer.Network.GetParameters(parameters);
        return parameters;
    }
}
