using System.Runtime.CompilerServices;
using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>The generic code on networks that the generator made: what the hand-written one cannot show.</summary>
public class GeneratedNetworkTests
{
    private static readonly Dataset<float> Data = Classes<float>(60, 1);
    private static readonly Dataset<float> Validation = Classes<float>(20, 2);

    [Fact]
    public void Adam_with_dropout_resumes_to_the_same_bits() => ResumesToTheSameBits(() => new AdamNet.Trainer(new AdamNet(5), 9));

    [Fact]
    public void Momentum_resumes_to_the_same_bits() => ResumesToTheSameBits(() => new MomentumNet.Trainer(new MomentumNet(5)));

    [Fact]
    public void RmsProp_resumes_to_the_same_bits() => ResumesToTheSameBits(() => new RmsPropNet.Trainer(new RmsPropNet(5)));

    [Fact]
    public void A_checkpoint_is_not_taken_for_another_networks()
    {
        using TemporaryFolder folder = new();
        FitOptions options = new() { Epochs = 2, BatchSize = 7, CheckpointPath = folder["c"] };
        new AdamNet.Trainer(new AdamNet(5)).Fit(Data, options);
        options.Resume = true;
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => new MomentumNet.Trainer(new MomentumNet(5)).Fit(Data, options));
        Assert.Contains("layer 2 Dropout rate=0.3, where this run has Dense units=3 activation=Softmax", error.Message);
        error = Assert.Throws<NetworkFileException>(() => new NamedNet.Trainer(new NamedNet(5)).Fit(Data, options));
        Assert.Contains("parameter dense1.weight [4, 8], where this run has parameter hidden.weight [4, 8]", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Losses_are_per_sample_whatever_the_reduction(bool sum)
    {
        Dataset<double> data = Classes<double>(60, 1);
        ITrainer<double> trainer = sum ? new SumNet.Trainer(new SumNet(1)) : new MeanNet.Trainer(new MeanNet(1));
        trainer.LearningRate = 0;
        double loss = trainer.Loss(data.Inputs, data.Targets) / (sum ? data.Count : 1);
        FitResult result = trainer.Fit(data, new FitOptions { Epochs = 1, BatchSize = 7, Validation = data });
        Assert.Equal(loss, result.History[0].TrainingLoss, 12);
        Assert.Equal(loss, result.History[0].ValidationLoss!.Value, 12);
    }

    [Fact]
    public void Parameters_survive_a_file_in_either_order()
    {
        AdamNet network = new(3);
        foreach (WeightOrder order in new[] { WeightOrder.InOut, WeightOrder.OutIn })
        {
            using MemoryStream stream = new();
            network.Save(stream, new SaveOptions { Order = order });
            stream.Position = 0;
            AdamNet loaded = new(4);
            loaded.Load(stream, new LoadOptions { Order = order });
            Assert.Equal(Parameters(network), Parameters(loaded));
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        AdamNet.Trainer trainer = new(new AdamNet(5));
        long Allocated(int epochs)
        {
            FitOptions options = new() { Epochs = epochs, BatchSize = 2 };
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(Data, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // 30 steps an epoch; only the history grows.
        Allocated(300);
        Assert.InRange((Allocated(101) - Allocated(1)) / 100, 0, 3 * Unsafe.SizeOf<EpochReport>());
    }

    private static void ResumesToTheSameBits(Func<ITrainer<float>> create) =>
        Gen.Select(Gen.Int[0, 53], Gen.Bool).Sample(
            (breakAt, restoreBest) =>
            {
                using TemporaryFolder folder = new();
                int steps = 0;
                int limit = int.MaxValue;
                double Rate(double epoch) => steps++ < limit ? 0.01 / (1 + epoch) : throw new InvalidOperationException("broken off");
                FitOptions options = new()
                {
                    Epochs = 6,
                    BatchSize = 7,
                    Seed = 11,
                    Validation = Validation,
                    RestoreBest = restoreBest,
                    Schedule = LearningRateSchedule.Custom(Rate),
                };
                ITrainer<float> unbroken = create();
                unbroken.Fit(Data, options);

                options.CheckpointPath = folder["c"];
                (steps, limit) = (0, breakAt);
                Assert.Throws<InvalidOperationException>(() => create().Fit(Data, options));
                limit = int.MaxValue;
                options.Resume = true;
                ITrainer<float> resumed = create();
                resumed.Fit(Data, options);
                Assert.Equal(Parameters(unbroken.Network), Parameters(resumed.Network));
                Assert.Equal(State(unbroken), State(resumed));
            },
            iter: 20,
            threads: 1);

    private static int[] Parameters(INetwork<float> network)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return [.. parameters.Select(BitConverter.SingleToInt32Bits)];
    }

    private static byte[] State(ITrainer<float> trainer)
    {
        byte[] state = new byte[trainer.StateSize];
        trainer.GetState(state);
        return state;
    }

    private static Dataset<T> Classes<T>(int count, int seed)
        where T : struct, System.Numerics.INumber<T>
    {
        Random random = new(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
        T Input(int i, int label) => T.CreateChecked(random.NextDouble() + (i == label ? 0.7 : 0));
        T[] inputs = [.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(i => Input(i, label)))];
        return Dataset<T>.FromLabels(4, 3, inputs, labels);
    }
}
