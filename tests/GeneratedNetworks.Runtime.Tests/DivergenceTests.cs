using System.Runtime.InteropServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A run that diverges says where, and does not take the good network with it.</summary>
public class DivergenceTests
{
    private const int GoodEpochs = 5;

    private static readonly Dataset<float> Data = Samples.Linear<float>(300, 4, 3);
    private static readonly Dataset<float> Validation = Samples.Linear<float>(50, 4, 3, seed: 2);

    [Theory]
    [InlineData(32, false, null)]
    [InlineData(32, true, null)]
    [InlineData(32, false, 2)]
    [InlineData(300, false, null)]
    [InlineData(300, true, 3)]
    public void What_was_best_comes_back_with_the_trainers_state_of_that_moment(int batch, bool validates, int? threads)
    {
        RegressionNet.Trainer good = new(new RegressionNet(3)) { LearningRate = 0.25f };
        FitOptions options = Options(batch, validates, threads, LearningRateSchedule.Constant(0.01));
        options.Epochs = GoodEpochs;
        FitResult expected = good.Fit(Data, options);
        Assert.Equal(GoodEpochs, expected.BestEpoch);

        RegressionNet.Trainer bad = new(new RegressionNet(3)) { LearningRate = 0.25f };
        FitResult result = bad.Fit(Data, Options(batch, validates, threads, LearningRateSchedule.Custom(epoch => epoch < GoodEpochs ? 0.01 : 1e30)));
        Assert.Equal((StopReason.Diverged, GoodEpochs, GoodEpochs), (result.StopReason, result.BestEpoch, result.RestoredEpoch));

        // A rate of 1e30 shows in the loss of the next step, or where there is none, in what the last one left.
        Assert.Equal((GoodEpochs + 1, batch == 300 ? 1 : 2), (result.DivergedEpoch, result.DivergedStep));
        Assert.False(double.IsFinite(result.History[^1].TrainingLoss));
        Assert.Null(result.History[^1].ValidationLoss);
        AssertSame(good, bad);
        Assert.Equal(0.01f, bad.LearningRate);
        AssertSame(Train(good), Train(bad));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(300)]
    public void Without_a_good_epoch_all_is_as_before(int batch)
    {
        RegressionNet.Trainer trainer = Train(new RegressionNet.Trainer(new RegressionNet(3)) { LearningRate = 0.25f });
        RegressionNet.Trainer before = Train(new RegressionNet.Trainer(new RegressionNet(3)) { LearningRate = 0.25f });
        FitResult result = trainer.Fit(Data, Options(batch, false, null, LearningRateSchedule.Constant(1e30)));
        Assert.Equal((StopReason.Diverged, 0, 0), (result.StopReason, result.BestEpoch, result.RestoredEpoch));
        Assert.Equal(
            $"Diverged in epoch 1, step {(batch == 300 ? 1 : 2)}: no finite loss, the parameters from before are back. "
                + "A lower LearningRate, ClipNorm or scaled inputs may help",
            result.ToString());
        AssertSame(before, trainer);
        Assert.Equal(before.LearningRate, trainer.LearningRate);
    }

    [Fact]
    public void Without_RestoreBest_nothing_is_touched()
    {
        RegressionNet.Trainer trainer = new(new RegressionNet(3));
        FitOptions options = Options(32, false, null, LearningRateSchedule.Constant(1e30));
        options.RestoreBest = false;
        FitResult result = trainer.Fit(Data, options);
        Assert.Equal((StopReason.Diverged, null), (result.StopReason, result.RestoredEpoch));
        float[] parameters = new float[RegressionNet.ParameterCount];
        ((ITrainer<float>)trainer).Network.GetParameters(parameters);
        Assert.Contains(parameters, value => Math.Abs(value) > 1e20f || !float.IsFinite(value));
    }

    [Fact]
    public void A_best_epoch_whose_last_step_ruined_it_is_not_given_back()
    {
        // One step an epoch: the first one's loss is that of the untouched network, and what the step makes of it is finite, but ruined.
        LinearTrainer<float> trainer = new(4, 3);
        trainer.Fit(Data, new FitOptions { Epochs = 20 });
        float[] before = [.. trainer.Parameters];
        FitOptions options = Options(300, false, null, LearningRateSchedule.Constant(1e15));
        FitResult result = trainer.Fit(Data, options);
        Assert.Equal((StopReason.Diverged, 1, 0), (result.StopReason, result.BestEpoch, result.RestoredEpoch));
        Assert.Equal(before, trainer.Parameters);
    }

    [Fact]
    public void A_resumed_run_gives_back_what_it_resumed_from()
    {
        using TemporaryFolder folder = new();
        FitOptions options = Options(32, true, null, LearningRateSchedule.Constant(0.01));
        options.CheckpointPath = folder["c"];
        options.Epochs = 3;
        RegressionNet.Trainer good = new(new RegressionNet(3));
        Assert.Equal(3, good.Fit(Data, options).BestEpoch);

        byte[] kept = File.ReadAllBytes(folder["c"]);
        options.Epochs = 9;
        options.Resume = true;
        options.Schedule = LearningRateSchedule.Constant(1e30);
        RegressionNet.Trainer resumed = new(new RegressionNet(99));
        FitResult result = resumed.Fit(Data, options);
        Assert.Equal((StopReason.Diverged, 4, 3), (result.StopReason, result.DivergedEpoch, result.RestoredEpoch));
        AssertSame(good, resumed);
        Assert.Equal(kept, File.ReadAllBytes(folder["c"]));
    }

    [Fact]
    public void No_checkpoint_is_kept_of_parameters_that_the_last_step_ruined()
    {
        // One step an epoch, without RestoreBest: the loss before the step is fine, that after it is not.
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 3, BatchSize = 300, CheckpointPath = folder["c"] };
        new RegressionNet.Trainer(new RegressionNet(3)).Fit(Data, options);
        byte[] kept = File.ReadAllBytes(folder["c"]);
        options.Epochs = 4;
        options.Resume = true;
        options.Schedule = LearningRateSchedule.Constant(1e30);
        FitResult result = new RegressionNet.Trainer(new RegressionNet(3)).Fit(Data, options);
        Assert.Equal((StopReason.Diverged, 4, 1), (result.StopReason, result.DivergedEpoch, result.DivergedStep));
        Assert.Equal(kept, File.ReadAllBytes(folder["c"]));
    }

    [Fact]
    public void A_run_that_ends_well_restores_the_state_too()
    {
        // The validation set is what the untrained network says: every epoch makes it worse, and the first is the best.
        RegressionNet network = new(3);
        Dataset<float> worsening = new(4, 3, Data.Inputs, network.Predict(Data.Inputs));
        RegressionNet.Trainer trainer = new(network);
        FitResult result = trainer.Fit(Data, new FitOptions { Epochs = 4, Validation = worsening, RestoreBest = true });
        Assert.Equal((StopReason.Completed, 1, 1), (result.StopReason, result.BestEpoch, result.RestoredEpoch));
        RegressionNet.Trainer one = new(new RegressionNet(3));
        one.Fit(Data, new FitOptions { Epochs = 1 });
        AssertSame(one, trainer);
    }

    private static FitOptions Options(int batch, bool validates, int? threads, LearningRateSchedule schedule) => new()
    {
        Epochs = 9,
        BatchSize = batch,
        Threads = threads,
        RestoreBest = true,
        Validation = validates ? Validation : null,
        Schedule = schedule,
    };

    private static RegressionNet.Trainer Train(RegressionNet.Trainer trainer)
    {
        FitResult result = trainer.Fit(Data, new FitOptions { Epochs = 2, Schedule = LearningRateSchedule.Constant(0.01) });
        Assert.Equal(StopReason.Completed, result.StopReason);
        return trainer;
    }

    private static void AssertSame(ITrainer<float> expected, ITrainer<float> actual)
    {
        Assert.Equal(Bits(expected.Network), Bits(actual.Network));
        byte[] expectedState = new byte[expected.StateSize];
        byte[] actualState = new byte[actual.StateSize];
        expected.GetState(expectedState);
        actual.GetState(actualState);
        Assert.Equal(expectedState, actualState);
    }

    private static byte[] Bits(INetwork<float> network)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return MemoryMarshal.AsBytes<float>(parameters).ToArray();
    }
}
