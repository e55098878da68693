using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class CheckpointTests
{
    private static readonly Dataset<double> Data = Samples.Linear<double>(50, 3, 2);
    private static readonly Dataset<double> Validation = Samples.Linear<double>(20, 3, 2, seed: 2);

    [Fact]
    public void A_run_broken_at_any_step_resumes_to_the_same_bits() =>
        Gen.Select(Gen.Int[0, 69], Gen.Int[1, 3], Gen.Bool, Gen.Bool).Sample(
            (breakAt, every, shuffle, restoreBest) =>
            {
                using TemporaryFolder folder = new();
                FitOptions options = new()
                {
                    Epochs = 10,
                    BatchSize = 8,
                    Shuffle = shuffle,
                    Seed = 3,
                    Schedule = LearningRateSchedule.Exponential(0.05, 0.9),
                    Validation = Validation,
                    RestoreBest = restoreBest,
                    CheckpointEvery = every,
                    WatchGradients = every == 2,
                };
                LinearTrainer<double> unbroken = new(3, 2);
                FitResult expected = unbroken.Fit(Data, options);

                options.CheckpointPath = folder["run.checkpoint"];
                LinearTrainer<double> broken = new(3, 2) { BeforeStep = step => Break(step == breakAt) };
                Assert.Throws<Broken>(() => broken.Fit(Data, options));

                options.Resume = true;
                LinearTrainer<double> resumed = new(3, 2);
                FitResult result = resumed.Fit(Data, options);
                AssertSameBits(unbroken, resumed);
                Assert.Equal(expected.BestEpoch, result.BestEpoch);
                Assert.Equal(expected.History.Select(Facts), result.History.Select(Facts));
            },
            iter: 40);

    [Fact]
    public void Early_stopping_counts_on_across_a_break()
    {
        using TemporaryFolder folder = new();
        Dataset<double> worsening = new(3, 2, Data.Inputs, new double[100]);
        FitOptions options = new() { Epochs = 30, BatchSize = 8, Validation = worsening, Patience = 4, CheckpointPath = folder["c"] };
        Assert.Throws<Broken>(() => new LinearTrainer<double>(3, 2) { BeforeStep = step => Break(step == 17) }.Fit(Data, options));
        options.Resume = true;
        LinearTrainer<double> trainer = new(3, 2);
        FitResult result = trainer.Fit(Data, options);
        Assert.Equal((StopReason.EarlyStopped, 5), (result.StopReason, result.History.Count));

        FitResult again = trainer.Fit(Data, options);
        Assert.Equal((StopReason.EarlyStopped, 5), (again.StopReason, again.History.Count));
    }

    [Fact]
    public void A_finished_run_can_be_given_more_epochs()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 3, BatchSize = 8, CheckpointPath = folder["c"] };
        new LinearTrainer<double>(3, 2).Fit(Data, options);
        options.Resume = true;
        options.Epochs = 7;
        LinearTrainer<double> resumed = new(3, 2);
        FitResult result = resumed.Fit(Data, options);
        LinearTrainer<double> unbroken = new(3, 2);
        unbroken.Fit(Data, new FitOptions { Epochs = 7, BatchSize = 8 });
        Assert.Equal(7, result.History.Count);
        AssertSameBits(unbroken, resumed);
    }

    [Fact]
    public void Divergence_leaves_the_last_good_checkpoint()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 2, BatchSize = 8, CheckpointPath = folder["c"] };
        new LinearTrainer<double>(3, 2).Fit(Data, options);
        byte[] good = File.ReadAllBytes(folder["c"]);
        options.Epochs = 9;
        options.Resume = true;
        FitResult result = new LinearTrainer<double>(3, 2) { LearningRate = double.PositiveInfinity }.Fit(Data, options);
        Assert.Equal((StopReason.Diverged, 3), (result.StopReason, result.History.Count));
        Assert.Equal(good, File.ReadAllBytes(folder["c"]));
    }

    [Fact]
    public void A_missing_folder_is_named_before_the_first_step()
    {
        using TemporaryFolder folder = new();
        string missing = folder["missing"];
        LinearTrainer<double> trainer = new(3, 2) { BeforeStep = _ => throw new Broken() };
        FitOptions options = new() { CheckpointPath = Path.Combine(missing, "run.checkpoint") };
        Assert.Equal($"The folder '{missing}' does not exist.", Assert.Throws<DirectoryNotFoundException>(() => trainer.Fit(Data, options)).Message);
        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => trainer.Network.Save(Path.Combine(missing, "net"))).Message);
    }

    [Fact]
    public void A_checkpoint_cut_or_changed_anywhere_is_refused_and_nothing_is_touched()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 2, BatchSize = 8, RestoreBest = true, CheckpointPath = folder["c"] };
        new LinearTrainer<double>(3, 2).Fit(Data, options);
        byte[] good = File.ReadAllBytes(folder["c"]);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[1, 255], Gen.Bool).Sample((place, change, cut) =>
        {
            byte[] bad = cut ? good[..place] : [.. good];
            if (!cut)
                bad[place] ^= (byte)change;
            using TemporaryFolder own = new();
            File.WriteAllBytes(own["c"], bad);
            LinearTrainer<double> trainer = new(3, 2);
            FitOptions resume = new() { Epochs = 2, BatchSize = 8, RestoreBest = true, CheckpointPath = own["c"], Resume = true };
            NetworkFileException error = Assert.Throws<NetworkFileException>(() => trainer.Fit(Data, resume));
            Assert.StartsWith(own["c"] + ", byte ", error.Message);
            Assert.InRange(error.Position, 0, good.Length);
            Assert.All(trainer.Parameters, p => Assert.Equal(0, p));
        });
    }

    [Fact]
    public void Another_runs_checkpoint_is_refused_with_the_difference()
    {
        using TemporaryFolder folder = new();
        FitOptions Options() => new() { Epochs = 2, BatchSize = 8, CheckpointPath = folder["c"], Resume = true };
        new LinearTrainer<double>(3, 2).Fit(Data, Options());

        void Refuses(string difference, Action<FitOptions> change, Dataset<double>? data = null)
        {
            FitOptions options = Options();
            change(options);
            NetworkFileException error = Assert.Throws<NetworkFileException>(() => new LinearTrainer<double>(3, 2).Fit(data ?? Data, options));
            Assert.Contains(difference, error.Message);
            Assert.EndsWith("Set Resume to false, or delete the file, to start anew; give this run a CheckpointPath of its own to keep both.", error.Message);
        }

        Refuses("batch size 8, where this run has 16", o => o.BatchSize = 16);
        Refuses("seed 0, where this run has 1", o => o.Seed = 1);
        Refuses("shuffling true, where this run has false", o => o.Shuffle = false);
        Refuses("other training data", _ => { }, Data.Shuffle(1));
        Refuses("other validation data", o => o.Validation = Data);
        Refuses("keeps no best parameters", o => o.RestoreBest = true);
        Assert.Contains(
            "reduction Mean, where this run has Sum",
            Assert.Throws<NetworkFileException>(() => new LinearTrainer<double>(3, 2, Reduction.Sum).Fit(Data, Options())).Message);
        Assert.Contains(
            "bits per number 64, where this run has 32",
            Assert.Throws<NetworkFileException>(() => new LinearTrainer<float>(3, 2).Fit(Samples.Linear<float>(50, 3, 2), Options())).Message);
        Assert.Contains(
            "outputs 2, where this run has 1",
            Assert.Throws<NetworkFileException>(() => new LinearTrainer<double>(3, 1).Fit(Samples.Linear<double>(50, 3, 1), Options())).Message);
    }

    [Fact]
    public void A_network_that_differs_in_anything_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        Dataset<float> data = Samples.Linear<float>(50, 4, 3).MapTargets(t => Math.Abs(t));
        FitOptions options = new() { Epochs = 2, CheckpointPath = folder["c"], Resume = true };
        new IdentityNet.Trainer(new IdentityNet(1)).Fit(data, options);
        Assert.Equal(2, new IdentityNet.Trainer(new IdentityNet(1)).Fit(data, options).History.Count);
        byte[] plain = File.ReadAllBytes(folder["c"]);

        Refuses(
            "layer 1 Dense units=8 activation=Tanh, where this run has Dense units=8 activation=Relu",
            new OtherActivationNet.Trainer(new OtherActivationNet()));
        Refuses("layer 2 Dense units=3 activation=Softmax, where this run has Dropout rate=0.25", new DropoutNet.Trainer(new DropoutNet()));
        Refuses("loss CrossEntropy, where this run has MeanSquaredError", new OtherLossNet.Trainer(new OtherLossNet()));
        Refuses("optimizer Momentum, where this run has Nesterov", new OtherOptimizerNet.Trainer(new OtherOptimizerNet()));
        Refuses("reduction Mean, where this run has Sum", new OtherReductionNet.Trainer(new OtherReductionNet()));
        Refuses(
            "layer 1 Dense units=8 activation=Tanh, where this run has Dense units=8 activation=Tanh Frozen=true",
            new OtherFrozenNet.Trainer(new OtherFrozenNet()));
        Refuses("other plan of the generated code", new OtherPlanNet.Trainer(new OtherPlanNet()));
        Assert.Equal(plain, File.ReadAllBytes(folder["c"]));

        File.Delete(folder["c"]);
        new DropoutNet.Trainer(new DropoutNet()).Fit(data, options);
        Refuses("layer 2 Dropout rate=0.25, where this run has Dropout rate=0.5", new OtherDropoutNet.Trainer(new OtherDropoutNet()));
        Refuses("layer 2 Dropout rate=0.25, where this run has Dense units=3", new IdentityNet.Trainer(new IdentityNet()));

        void Refuses(string difference, ITrainer<float> trainer)
        {
            NetworkFileException error = Assert.Throws<NetworkFileException>(() => trainer.Fit(data, options));
            Assert.Contains("it belongs to a run with " + difference, error.Message);
            Assert.EndsWith("Set Resume to false, or delete the file, to start anew; give this run a CheckpointPath of its own to keep both.", error.Message);
        }
    }

    [Fact]
    public void A_checkpoint_of_the_former_format_is_refused_in_words()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["c"], [.. " GENCHK1"u8, .. new byte[200]]);
        FitOptions options = new() { CheckpointPath = folder["c"], Resume = true };
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => new LinearTrainer<double>(3, 2).Fit(Data, options));
        Assert.Contains("an earlier version of this library wrote it", error.Message);
    }

    [Theory]
    [InlineData("a=1\nb=2\n", null)]
    [InlineData("a=1\nb=3\n", "b 3, where this run has 2")]
    [InlineData("a=1\n", "no b, where this run has 2")]
    [InlineData("", "no a, where this run has 1")]
    [InlineData("a=1\nb=2\nplan=x\n", "plan x, which this run lacks")]
    [InlineData("a=1\nplan=x\nb=2\n", "plan x, where this run has b 2")]
    [InlineData("\uFFFD", "\uFFFD, where this run has a 1")]
    public void Identities_name_their_first_difference(string written, string? difference)
    {
        CheckpointIdentity identity = new();
        identity.Add("a", 1);
        identity.Add("b", "2");
        Assert.Equal(difference, identity.DifferenceTo(written));
        identity.AddHash("plan", 10);
        Assert.Equal("other plan", identity.DifferenceTo("a=1\nb=2\nplan=#000000000000000b\n"));
        Assert.Equal("a=1\nb=2\nplan=#000000000000000a\n", identity.ToString());
    }

    [Fact]
    public void Resume_without_a_file_starts_anew()
    {
        using TemporaryFolder folder = new();
        LinearTrainer<double> trainer = new(3, 2);
        FitResult result = trainer.Fit(Data, new FitOptions { Epochs = 2, CheckpointPath = folder["c"], Resume = true });
        Assert.Equal(2, result.History.Count);
        Assert.True(File.Exists(folder["c"]));
    }

    internal static void AssertSameBits(LinearTrainer<double> expected, LinearTrainer<double> actual)
    {
        Assert.Equal(expected.Parameters.Select(BitConverter.DoubleToInt64Bits), actual.Parameters.Select(BitConverter.DoubleToInt64Bits));
        byte[] expectedState = new byte[expected.StateSize];
        byte[] actualState = new byte[actual.StateSize];
        expected.GetState(expectedState);
        actual.GetState(actualState);
        Assert.Equal(expectedState, actualState);
    }

    private static (int, int, int, double, double?, double?, double, double?, bool) Facts(EpochReport r) =>
        (r.Epoch, r.Epochs, r.Steps, r.TrainingLoss, r.ValidationLoss, r.ValidationRSquared, r.LearningRate, r.GradientNorm, r.IsBest);

    [Fact]
    public void A_report_survives_a_checkpoint() =>
        Gen.Select(Gen.Int[0, 63], Gen.Double, Gen.Long).Sample((known, value, ticks) =>
        {
            EpochReport report = new()
            {
                Epoch = 3,
                Epochs = 9,
                Steps = known + 1,
                TrainingLoss = value,
                ValidationLoss = (known & 1) == 0 ? null : value + 1,
                TrainingMetric = (known & 2) == 0 ? null : value + 2,
                ValidationMetric = (known & 4) == 0 ? null : value + 3,
                GradientNorm = (known & 8) == 0 ? null : value + 4,
                IsAccuracy = (known & 16) != 0,
                IsBest = (known & 32) != 0,
                LearningRate = value + 5,
                Elapsed = new TimeSpan(ticks),
                TimePerStep = new TimeSpan(ticks / 2),
                Remaining = new TimeSpan(ticks / 3),
            };
            using MemoryStream stream = new();
            using BinaryWriter writer = new(stream);
            EpochRecord.Write(writer, report);
            Assert.Equal(EpochRecord.Size, stream.Length);
            stream.Position = 0;
            using BinaryReader reader = new(stream);
            Assert.Equal(report, EpochRecord.Read(reader, 3, 9));
        });

    private static void Break(bool now)
    {
        if (now)
            throw new Broken();
    }

    private sealed class Broken : Exception;
}
