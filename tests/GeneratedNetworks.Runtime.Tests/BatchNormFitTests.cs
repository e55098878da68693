namespace GeneratedNetworks.Runtime.Tests;

[GeneratedNetwork(6, Precision = Precision.Double)]
[Dense(8)]
[BatchNorm(Name = "norm")]
[Activation(Activation.Tanh)]
[Dense(2)]
[Training(Loss.MeanSquaredError, Optimizer.Adam, GhostBatch = 64)]
internal sealed partial class NormNet;

[GeneratedNetwork(6, 2, Precision = Precision.Double)]
[Conv1D(4, 3)]
[BatchNorm]
[Dense(2)]
[Training(Loss.MeanSquaredError, GhostBatch = 4)]
internal sealed partial class NormSignalNet;

[GeneratedNetwork(6, Precision = Precision.Double)]
[Dense(3)]
[BatchNorm]
[Dense(2)]
[Training(Loss.MeanSquaredError, GhostBatch = 2)]
internal sealed partial class NormPairsNet;

/// <summary>Fit with statistics of the batch.</summary>
public class BatchNormFitTests
{
    [Fact]
    public void Any_number_of_threads_ends_with_the_same_bits()
    {
        double[] without = Train(65, null);
        foreach (int threads in new[] { 1, 2, 3 })
            Assert.Equal(without, Train(65, threads));
    }

    [Fact]
    public void A_last_sample_joins_the_batch_before()
    {
        List<int> sizes = [];
        FitOptions options = new() { Epochs = 1, BatchSize = 64, OnStep = step => sizes.Add(step.Samples) };
        new NormNet.Trainer(new NormNet(1)).Fit(Data(65), options);
        Assert.Equal([65], sizes);

        // Where a channel has several values of each sample, one sample has a variance.
        sizes.Clear();
        new NormSignalNet.Trainer(new NormSignalNet(1)).Fit(Data(5, 12), options);
        Assert.Equal([5], sizes);
        options.BatchSize = 4;
        sizes.Clear();
        new NormSignalNet.Trainer(new NormSignalNet(1)).Fit(Data(5, 12), options);
        Assert.Equal([4, 1], sizes);
    }

    [Fact]
    public void One_sample_is_refused_before_anything_is_written()
    {
        NormNet network = new(1);
        NormNet.Trainer trainer = new(network);
        double[] before = new double[NormNet.ParameterCount], after = new double[NormNet.ParameterCount];
        network.GetParameters(before);
        Assert.Contains("two samples or more", Assert.Throws<ArgumentException>(() => trainer.Step(new double[6], new double[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Backward(new double[6], new double[2]));
        Assert.Throws<ArgumentException>(() => trainer.BackwardFrom(new double[6], new double[2]));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Data(1)));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Data(4), new FitOptions { BatchSize = 1 }));
        network.GetParameters(after);
        Assert.Equal(before, after);
        Assert.Equal(0.0, trainer.Loss(new double[6], Forward(network, new double[6])));
    }

    [Fact]
    public void Parts_of_two_take_an_even_batch()
    {
        NormPairsNet network = new(1);
        NormPairsNet.Trainer trainer = new(network);
        double[] before = new double[NormPairsNet.ParameterCount], after = new double[NormPairsNet.ParameterCount];
        network.GetParameters(before);
        Assert.Contains("an odd number of samples", Assert.Throws<ArgumentException>(() => trainer.Step(new double[3 * 6], new double[3 * 2])).Message, StringComparison.Ordinal);
        network.GetParameters(after);
        Assert.Equal(before, after);
        Assert.True(double.IsFinite(trainer.Step([.. Enumerable.Range(0, 4 * 6).Select(i => (double)(i % 5))], new double[4 * 2])));
    }

    [Fact]
    public void Averages_move_with_the_update_and_not_before()
    {
        NormNet network = new(1);
        NormNet.Trainer trainer = new(network) { LearningRate = 0 };
        Dataset<double> data = Data(65);
        double[] start = Averages(network);
        trainer.Backward(data.Inputs, data.Targets);
        trainer.CheckGradients(data.Inputs[..18], data.Targets[..6]);
        Assert.Equal(start, Averages(network));
        trainer.Update();
        double[] once = Averages(network);
        Assert.NotEqual(start, once);

        // 65 samples are parts of 33 and 32: two steps of each average.
        double[] sums = new double[65 * 8];
        double[] weights = Parameters(network);
        for (int sample = 0; sample < 65; sample++)
        {
            for (int o = 0; o < 8; o++)
            {
                double sum = weights[48 + o];
                for (int i = 0; i < 6; i++)
                    sum += data.Inputs[(sample * 6) + i] * weights[(i * 8) + o];
                sums[(sample * 8) + o] = sum;
            }
        }

        for (int o = 0; o < 8; o++)
        {
            (double mean, double variance) = (0, 1);
            foreach ((int first, int count) in new[] { (0, 33), (33, 32) })
            {
                double[] part = [.. Enumerable.Range(first, count).Select(sample => sums[(sample * 8) + o])];
                double m = part.Average(), v = part.Sum(value => (value - m) * (value - m)) / (count - 1);
                (mean, variance) = ((0.9 * mean) + (0.1 * m), (0.9 * variance) + (0.1 * v));
            }

            Assert.Equal(mean, once[o], 1e-12);
            Assert.Equal(variance, once[8 + o], 1e-12);
        }
    }

    private static double[] Train(int count, int? threads)
    {
        NormNet network = new(1);
        new NormNet.Trainer(network).Fit(Data(count), new FitOptions { Epochs = 3, BatchSize = 64, Threads = threads });
        return Parameters(network);
    }

    private static double[] Averages(NormNet network) => Parameters(network)[(56 + 16)..(56 + 32)];

    private static double[] Parameters(NormNet network)
    {
        double[] parameters = new double[NormNet.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private static double[] Forward(NormNet network, double[] inputs)
    {
        double[] outputs = new double[NormNet.OutputSize];
        network.Forward(inputs, outputs);
        return outputs;
    }

    private static Dataset<double> Data(int count, int inputs = 6)
    {
        Random random = new(3);
        return new(inputs, 2, [.. Enumerable.Range(0, count * inputs).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, count * 2).Select(_ => random.NextDouble())]);
    }
}
