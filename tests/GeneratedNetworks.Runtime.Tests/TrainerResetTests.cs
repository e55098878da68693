namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What generic code asks of a generated trainer.</summary>
public class TrainerResetTests
{
    [Fact]
    public void A_trainer_that_was_reset_is_as_good_as_new()
    {
        IsAsNew(Samples.Linear<float>(40, 4, 3), () => new RegressionNet.Trainer(new RegressionNet(1), 7));
        IsAsNew(Classes<float>(3), () => new AdamNet.Trainer(new AdamNet(1), 7));
        IsAsNew(Classes<float>(3), () => new MomentumNet.Trainer(new MomentumNet(1)));
        IsAsNew(Classes<float>(3), () => new RmsPropNet.Trainer(new RmsPropNet(1)));
        IsAsNew(Classes<double>(3), () => new SumNet.Trainer(new SumNet(1)));
        IsAsNew(Classes<double>(2), () => new ScalarLabelsNet.Trainer(new ScalarLabelsNet(1)));
    }

    [Fact]
    public void A_trainer_says_its_loss_and_reduction()
    {
        Assert.Equal((Loss.CrossEntropy, Reduction.Sum), Of(new SumNet.Trainer(new SumNet(1))));
        Assert.Equal((Loss.CrossEntropy, Reduction.Mean), Of(new MeanNet.Trainer(new MeanNet(1))));
        Assert.Equal((Loss.BinaryCrossEntropy, Reduction.Sum), Of(new ScalarLabelsNet.Trainer(new ScalarLabelsNet(1))));
        Assert.Equal((Loss.MeanSquaredError, Reduction.Mean), Of(new RegressionNet.Trainer(new RegressionNet(1))));

        static (Loss?, Reduction) Of<T>(ITrainer<T> trainer)
            where T : struct => (trainer.LossKind, trainer.Reduction);
    }

    private static void IsAsNew<T>(Dataset<T> data, Func<ITrainer<T>> create)
        where T : struct
    {
        ITrainer<T> fresh = create();
        byte[] state = new byte[fresh.StateSize];
        fresh.GetState(state);
        T[] start = new T[fresh.Network.ParameterCount];
        fresh.Network.GetParameters(start);
        T[] expected = Train(fresh);

        ITrainer<T> used = create();
        Train(used);
        used.Backward(data.Inputs, data.Targets);
        used.Reset();
        byte[] after = new byte[used.StateSize];
        used.GetState(after);
        Assert.Equal(state, after);
        Assert.Throws<InvalidOperationException>(used.Update);
        used.Network.SetParameters(start);
        Assert.Equal(expected, Train(used));

        T[] Train(ITrainer<T> trainer)
        {
            for (int i = 0; i < 5; i++)
                trainer.Step(data.Inputs, data.Targets);
            T[] parameters = new T[trainer.Network.ParameterCount];
            trainer.Network.GetParameters(parameters);
            Assert.NotEqual(start, parameters);
            return parameters;
        }
    }

    private static Dataset<T> Classes<T>(int classes)
        where T : struct, System.Numerics.INumber<T>
    {
        Random random = new(1);
        return Dataset<T>.FromLabels(
            4, classes, [.. Enumerable.Range(0, 160).Select(_ => T.CreateChecked(random.NextDouble()))], [.. Enumerable.Range(0, 40).Select(i => i % classes)]);
    }
}
