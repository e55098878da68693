using System.Globalization;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What a run tells of itself: metrics, norms, times, lines and CSV.</summary>
public class WatchTests
{
    private static readonly Dataset<float> Values = Samples.Linear<float>(75, 4, 3);

    // More values than are measured at once, so that pieces must add up; their number does not divide.
    private static readonly Dataset<float> ManyValues = Samples.Linear<float>(12_001, 4, 3, seed: 2);
    private static readonly Dataset<float> ManyClasses = Classes(12_001, 3);

    [Fact]
    public void R_squared_is_measured_for_losses_of_values()
    {
        RegressionNet network = new(1);
        FitResult result = new RegressionNet.Trainer(network).Fit(Values, new FitOptions { Epochs = 3, Validation = ManyValues, MeasureTraining = true });
        EpochReport last = result.History[^1];

        // Within rounding: a sample's bits may depend on the batch that it is in.
        Assert.Equal(network.RSquared(ManyValues), last.ValidationRSquared!.Value, 1e-8);
        Assert.Equal(network.RSquared(Values), last.TrainingRSquared!.Value, 1e-8);
        Assert.Equal((null, null), (last.ValidationAccuracy, last.TrainingAccuracy));
    }

    [Fact]
    public void Accuracy_is_measured_for_classes_that_exclude_each_other()
    {
        AdamNet network = new(1);
        Dataset<float> data = Classes(40, 3);
        FitResult result = new AdamNet.Trainer(network).Fit(data, new FitOptions { Epochs = 3, Validation = ManyClasses, MeasureTraining = true });
        EpochReport last = result.History[^1];
        Assert.Equal(network.Accuracy(ManyClasses), last.ValidationAccuracy);
        Assert.Equal(network.Accuracy(data), last.TrainingAccuracy);
        Assert.Equal((null, null), (last.ValidationRSquared, last.TrainingRSquared));
        Assert.InRange(last.ValidationAccuracy!.Value, 0.01, 0.999);
    }

    [Fact]
    public void Accuracy_is_measured_output_by_output_for_labels_that_do_not()
    {
        Random random = new(1);
        Dataset<float> data = new(
            4, 2, [.. Enumerable.Range(0, 40_000).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(2))]);
        LabelsNet network = new(1);
        EpochReport last = new LabelsNet.Trainer(network).Fit(data, new FitOptions { Epochs = 1, Validation = data }).History[^1];
        float[] outputs = network.Predict(data.Inputs);
        int right = Enumerable.Range(0, outputs.Length).Count(i => (outputs[i] >= 0.5f) == (data.Targets[i] >= 0.5f));
        Assert.Equal((double)right / outputs.Length, last.ValidationAccuracy);
        Assert.NotEqual(network.Accuracy(data), last.ValidationAccuracy);
        Assert.Null(last.TrainingAccuracy);
    }

    [Fact]
    public void Without_a_validation_set_or_one_loss_there_is_nothing_to_measure()
    {
        EpochReport plain = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values).History[^1];
        Assert.Equal((null, null, null, null), (plain.ValidationLoss, plain.ValidationRSquared, plain.TrainingRSquared, plain.GradientNorm));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.05, false)]
    [InlineData(0, false)]
    public void The_norm_of_the_gradients_is_known_where_it_is_watched_or_limited(double clipNorm, bool watches)
    {
        FitOptions options = new() { Epochs = 2, BatchSize = 20, Shuffle = false, WatchGradients = watches };
        List<double?> norms = [];
        options.OnStep = step => norms.Add(step.GradientNorm);
        RegressionNet.Trainer trainer = new(new RegressionNet(1)) { ClipNorm = (float)clipNorm };
        FitResult result = trainer.Fit(Values, options);

        RegressionNet.Trainer oracle = new(new RegressionNet(1)) { ClipNorm = (float)clipNorm };
        List<double> expected = [];
        for (int epoch = 0; epoch < 2; epoch++)
        {
            for (int first = 0; first < 75; first += 20)
            {
                int count = Math.Min(20, 75 - first);
                oracle.Backward(Values.Inputs.Slice(first * 4, count * 4), Values.Targets.Slice(first * 3, count * 3));
                float[] gradients = new float[RegressionNet.ParameterCount];
                oracle.GetGradients(gradients);
                expected.Add(Math.Sqrt(gradients.Sum(g => (double)g * g)));
                oracle.Update();
            }
        }

        if (!watches && clipNorm == 0)
        {
            Assert.All(norms, norm => Assert.Null(norm));
            Assert.All(result.History, report => Assert.Null(report.GradientNorm));
            return;
        }

        Assert.Equal(expected.Count, norms.Count);
        Assert.All(expected.Zip(norms), pair => Assert.Equal(pair.First, pair.Second!.Value, 1e-12));
        Assert.All(result.History, (report, i) => Assert.Equal(expected.Skip(i * 4).Take(4).Average(), report.GradientNorm!.Value, 1e-12));
    }

    [Fact]
    public void Watching_a_limited_norm_changes_no_bit()
    {
        // A trainer that limits the norm is watched; its steps must be those that it takes by itself.
        RegressionNet watched = new(1), alone = new(1);
        new RegressionNet.Trainer(watched) { ClipNorm = 0.1f }.Fit(Values, new FitOptions { Epochs = 3, BatchSize = 25, Shuffle = false });
        RegressionNet.Trainer trainer = new(alone) { ClipNorm = 0.1f };
        for (int i = 0; i < 9; i++)
            trainer.Step(Values.Inputs.Slice(i % 3 * 100, 100), Values.Targets.Slice(i % 3 * 75, 75));
        Assert.Equal(Parameters(alone), Parameters(watched));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.05, false)]
    [InlineData(0.05, true)]
    public void Threads_measure_the_norm_that_one_does(double clipNorm, bool watches)
    {
        Same(() => new WideAdamNet.Trainer(new WideAdamNet(1), 5) { ClipNorm = (float)clipNorm }, Wide<float>(), 1e-5);
        Same(() => new WideScalarNet.Trainer(new WideScalarNet(1), 5) { ClipNorm = (float)clipNorm }, Wide<float>(), 1e-5);
        Same(() => new WideFrozenNet.Trainer(new WideFrozenNet(1), 5) { ClipNorm = clipNorm }, Wide<double>(), 1e-12);

        void Same<T>(Func<ITrainer<T>> create, Dataset<T> data, double tolerance)
            where T : struct
        {
            double[] alone = Norms(create(), data, null);
            Assert.All(alone, norm => Assert.True(norm > 0));
            double[] one = Norms(create(), data, 1);
            Assert.Equal(6, one.Length);
            Assert.All(alone.Zip(one), pair => Assert.Equal(pair.First, pair.Second, tolerance * Math.Max(1, pair.First)));
            Assert.Equal(one, Norms(create(), data, 2));
            Assert.Equal(one, Norms(create(), data, 3));
        }

        double[] Norms<T>(ITrainer<T> trainer, Dataset<T> data, int? threads)
            where T : struct
        {
            List<double> norms = [];
            FitOptions options = new() { Epochs = 2, BatchSize = 40, Threads = threads, WatchGradients = watches, OnStep = step => norms.Add(step.GradientNorm!.Value) };
            FitResult result = trainer.Fit(data, options);
            Assert.All(result.History, (report, i) => Assert.Equal(norms.Skip(i * 3).Take(3).Average(), report.GradientNorm!.Value, 1e-12));
            return [.. norms];
        }
    }

    [Fact]
    public void Watching_threads_changes_no_bit()
    {
        Assert.Equal(Train(watches: false, threads: 2), Train(watches: true, threads: 2));
        Assert.Equal(Train(watches: false, threads: 2), Train(watches: true, threads: 3));

        static float[] Train(bool watches, int threads)
        {
            WideAdamNet network = new(1);
            new WideAdamNet.Trainer(network, 5).Fit(Wide<float>(), new FitOptions { Epochs = 3, BatchSize = 40, Threads = threads, WatchGradients = watches });
            return Parameters(network);
        }
    }

    /// <summary>The first epoch, in which the code is compiled, is no measure of those to come.</summary>
    [Fact]
    public void What_is_left_is_told_by_the_epochs_after_the_first()
    {
        bool isFirst = true;
        FitOptions options = new() { Epochs = 6, BatchSize = 25, OnStep = _ => Wait() };
        IReadOnlyList<EpochReport> history = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, options).History;
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (history[0].Remaining, history[5].Remaining));
        Assert.DoesNotContain("left", history[0].ToString());
        for (int i = 1; i < 5; i++)
            Assert.Equal(history.Skip(1).Take(i).Average(report => report.Elapsed.TotalMilliseconds) * (5 - i), history[i].Remaining.TotalMilliseconds, 0.01);
        Assert.Contains(" left", history[1].ToString());

        void Wait()
        {
            Thread.Sleep(isFirst ? 300 : 2);
            isFirst = false;
        }
    }

    [Fact]
    public void A_trainer_by_hand_cannot_be_watched_in_threads()
    {
        WatchedTrainer<float> trainer = new(new RegressionNet.Trainer(new RegressionNet(1)));
        FitOptions options = new() { Threads = 2, WatchGradients = true };
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => { trainer.Fit(Values, options); });
        Assert.Contains("WatchGradients with Threads needs a generated trainer", error.Message);
        Assert.Null(new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, new FitOptions { Threads = 2 }).History[^1].GradientNorm);
    }

    [Fact]
    public void Steps_and_times_add_up()
    {
        FitOptions options = new() { Epochs = 4, BatchSize = 20, Validation = ManyValues };
        FitResult result = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, options);
        Assert.All(result.History, report =>
        {
            Assert.Equal(4, report.Steps);
            Assert.InRange(report.TimePerStep.Ticks * 4, 1, report.Elapsed.Ticks);
        });
    }

    [Fact]
    public void The_history_as_CSV_reads_back_as_it_was()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            FitOptions options = new() { Epochs = 3, BatchSize = 20, Validation = ManyValues, WatchGradients = true, MeasureTraining = true };
            FitResult result = new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, options);
            using StringWriter text = new();
            result.WriteCsv(text);
            string[] lines = text.ToString().Split('\n');
            Assert.Equal(
                "epoch,steps,training_loss,validation_loss,training_accuracy,validation_accuracy,training_r_squared,validation_r_squared,"
                    + "learning_rate,gradient_norm,is_best,seconds,seconds_per_step",
                lines[0]);
            Assert.Equal((5, ""), (lines.Length, lines[4]));
            for (int i = 0; i < 3; i++)
            {
                EpochReport report = result.History[i];
                double?[] fields = [.. lines[i + 1].Split(',').Select(f => f.Length == 0 ? (double?)null : double.Parse(f, CultureInfo.InvariantCulture))];
                double?[] expected =
                [
                    i + 1, 4, report.TrainingLoss, report.ValidationLoss, null, null, report.TrainingRSquared, report.ValidationRSquared,
                    report.LearningRate, report.GradientNorm, report.IsBest ? 1 : 0, report.Elapsed.TotalSeconds, report.TimePerStep.TotalSeconds,
                ];
                Assert.Equal(expected, fields);
            }

            using TemporaryFolder folder = new();
            result.WriteCsv(folder["history.csv"]);
            Assert.Equal(text.ToString(), File.ReadAllText(folder["history.csv"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Lines_stand_in_order_when_Fit_returns()
    {
        // A writer that shows only what was flushed.
        MemoryStream stream = new();
        using StreamWriter writer = new(stream) { NewLine = "\n", AutoFlush = false };
        FitResult result = new AdamNet.Trainer(new AdamNet(1)).Fit(
            Classes(40, 3), new FitOptions { Epochs = 12, Validation = ManyClasses }, new TextProgress(writer));
        string[] lines = System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.Equal((13, ""), (lines.Length, lines[12]));
        Assert.Equal(result.History.Select(report => report.ToString()), lines[..12]);
        Assert.Matches(@"^epoch  1/12: loss \S+, validation \S+ accuracy \d+\.\d %, rate 0\.001, \S+ .?s/step$", lines[0]);
        Assert.Matches(@"^epoch  2/12: .* \S+ .?s/step, .* left$", lines[1]);
        Assert.Matches(@"^epoch 12/12: loss \S+, validation \S+ accuracy \d+\.\d %, rate 0\.001, \S+ .?s/step$", lines[11]);
    }

    [Fact]
    public void Lines_may_be_fewer_but_never_without_the_first_the_last_or_a_bad_end()
    {
        Assert.Equal([1, 3, 6, 7], Epochs(LearningRateSchedule.Constant(0.01), 3));
        Assert.Equal([1, 7], Epochs(LearningRateSchedule.Constant(0.01), 100));
        Assert.Equal([1, 3, 5], Epochs(LearningRateSchedule.Custom(epoch => epoch < 4 ? 0.01 : 1e30), 3));
        Assert.Throws<ArgumentNullException>(() => new TextProgress(null!));
        Assert.Contains("every is 0; it must be positive", Assert.Throws<ArgumentOutOfRangeException>(() => new TextProgress(Console.Out, 0)).Message);

        static int[] Epochs(LearningRateSchedule schedule, int every)
        {
            using StringWriter text = new();
            new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, new FitOptions { Epochs = 7, Schedule = schedule }, new TextProgress(text, every));
            return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line[6..line.IndexOf('/')]))];
        }
    }

    [Fact]
    public void A_line_says_where_training_diverged()
    {
        using StringWriter text = new() { NewLine = "\n" };
        FitOptions options = new() { Epochs = 7, Schedule = LearningRateSchedule.Constant(1e30) };
        new RegressionNet.Trainer(new RegressionNet(1)).Fit(Values, options, new TextProgress(text));
        Assert.Matches(@"^epoch 1/7: loss (∞|Infinity|NaN) in step 2\n$", text.ToString());
    }

    [Theory]
    [InlineData(0.4e-6, "0 µs")]
    [InlineData(85.4e-6, "85 µs")]
    [InlineData(0.9996e-3, "1 ms")]
    [InlineData(1.234e-3, "1.23 ms")]
    [InlineData(0.0456, "45.6 ms")]
    [InlineData(0.9996, "1.0 s")]
    [InlineData(3.21, "3.2 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(605, "10 min 5 s")]
    [InlineData(3599.7, "1 h 0 min")]
    [InlineData(90000, "25 h 0 min")]
    public void Times_have_the_digits_that_say_something(double seconds, string expected) =>
        Assert.Equal(expected, EpochText.Duration(TimeSpan.FromSeconds(seconds)));

    private static float[] Parameters(INetwork<float> network)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private static Dataset<T> Wide<T>()
        where T : struct, System.Numerics.INumber<T>
    {
        Random random = new(1);
        int[] labels = [.. Enumerable.Range(0, 120).Select(_ => random.Next(3))];
        return Dataset<T>.FromLabels(40, 3, [.. labels.SelectMany(label => Enumerable.Range(0, 40).Select(i => T.CreateChecked(random.NextDouble() + (i == label ? 0.7 : 0))))], labels);
    }

    private static Dataset<float> Classes(int count, int classes)
    {
        Random random = new(1);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
        return Dataset<float>.FromLabels(
            4, classes, [.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(i => random.NextSingle() + (i == label ? 0.7f : 0)))], labels);
    }
}
