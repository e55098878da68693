using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Metrics beyond accuracy and R², against their definitions spelled out.</summary>
public class ScoreTests
{
    [Fact]
    public void The_largest_is_the_first_of_equals_and_a_number()
    {
        Assert.Equal(1, Metrics.ArgMax<float>([1, 3, 3]));
        Assert.Equal(2, Metrics.ArgMax<double>([double.NaN, double.NegativeInfinity, -7]));
        Assert.Equal(0, Metrics.ArgMax<double>([-5]));
        Assert.Equal(-1, Metrics.ArgMax<float>([]));
        Assert.Equal(-1, Metrics.ArgMax<float>([float.NaN, float.NaN]));
        Assert.Throws<NotSupportedException>(() => Metrics.ArgMax<int>([1]));
    }

    [Fact]
    public void F1_is_the_harmonic_mean_of_precision_and_recall() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 40], Gen.Int).Sample((classes, count, seed) =>
        {
            Random random = new(seed);
            double[] outputs = [.. Enumerable.Range(0, classes * count).Select(_ => random.NextDouble())];
            double[] targets = [.. Enumerable.Range(0, classes * count).Select(_ => random.NextDouble())];
            ConfusionMatrix matrix = Metrics.Confusion<double>(outputs, targets, classes, 0.5);
            List<double> known = [];
            for (int i = 0; i < classes; i++)
            {
                double p = matrix.Precision(i), r = matrix.Recall(i);
                if (double.IsNaN(p) && double.IsNaN(r))
                {
                    Assert.True(double.IsNaN(matrix.F1(i)));
                    continue;
                }

                double expected = double.IsNaN(p) || double.IsNaN(r) || p + r == 0 ? 0 : 2 * p * r / (p + r);
                Assert.Equal(expected, matrix.F1(i), 1e-12);
                known.Add(expected);
            }

            Assert.Equal(known.Average(), matrix.MacroF1, 1e-12);
        });

    [Fact]
    public void F1_of_a_known_case()
    {
        // By hand: class 1 has two hits, one false alarm and one miss.
        ConfusionMatrix matrix = Metrics.Confusion<double>([0.9, 0.8, 0.7, 0.1, 0.2], [1, 1, 0, 1, 0], 1, 0.5);
        Assert.Equal(2.0 / 3, matrix.F1(1), 15);
        Assert.Equal(0.5, matrix.F1(0), 15);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.F1(2));
    }

    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 30], Gen.Int).Sample((size, count, seed) =>
        {
            // Few values, so that there are many ties.
            Random random = new(seed);
            float[] outputs = [.. Enumerable.Range(0, size * count).Select(_ => random.Next(6) / 5f)];
            float[] targets = [.. Enumerable.Range(0, size * count).Select(_ => (float)random.Next(2))];
            List<double> areas = [];
            for (int output = 0; output < size; output++)
            {
                double wins = 0, pairs = 0;
                for (int i = 0; i < count; i++)
                {
                    for (int j = 0; j < count; j++)
                    {
                        int positive = (i * size) + output, negative = (j * size) + output;
                        if (targets[positive] != 1 || targets[negative] != 0)
                            continue;
                        pairs++;
                        wins += outputs[positive] > outputs[negative] ? 1 : outputs[positive] == outputs[negative] ? 0.5 : 0;
                    }
                }

                if (pairs > 0)
                    areas.Add(wins / pairs);
            }

            double area = Metrics.AreaUnderRocCurve<float>(outputs, targets, size);
            if (areas.Count == 0)
                Assert.True(double.IsNaN(area));
            else
                Assert.Equal(areas.Average(), area, 1e-12);
        });

    [Fact]
    public void An_area_of_what_is_not_a_number_is_none() =>
        Assert.True(double.IsNaN(Metrics.AreaUnderRocCurve<double>([0.1, double.NaN, 0.3], [0, 1, 1], 1)));

    [Fact]
    public void Log_loss_is_the_trainers_loss()
    {
        Random random = new(1);
        Dataset<float> classes = Dataset<float>.FromLabels(
            4, 3, [.. Enumerable.Range(0, 200).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 50).Select(_ => random.Next(3))]);
        AdamNet softmax = new(1);
        Assert.Equal(new AdamNet.Trainer(softmax).Loss(classes.Inputs, classes.Targets), softmax.LogLoss(classes), 1e-5);

        // One output, by the definition.
        double expected = -(Math.Log(0.9) + Math.Log(1 - 0.2) + (0.25 * Math.Log(0.4)) + (0.75 * Math.Log(0.6))) / 3;
        Assert.Equal(expected, Metrics.LogLoss<double>([0.9, 0.2, 0.4], [1, 0, 0.25], 1), 1e-15);
    }

    [Fact]
    public void Log_loss_has_an_end_where_the_logarithm_has_none()
    {
        Assert.Equal(52 * Math.Log(2), Metrics.LogLoss<double>([0], [1], 1), 1e-12);
        Assert.Equal(23 * Math.Log(2), Metrics.LogLoss<float>([1], [0], 1), 1e-6);
        Assert.Equal(23 * Math.Log(2), Metrics.LogLoss<float>([0, 1], [1, 0], 2), 1e-6);
        Assert.Equal(0, Metrics.LogLoss<float>([1.000001f, 0], [1, 0], 2), 1e-6);
        ArgumentException error = Assert.Throws<ArgumentException>("outputs", () => Metrics.LogLoss<float>([0.5f, 0.5f, 0.5f, -2.5f], [1, 0, 0, 1], 2));
        Assert.StartsWith("Output 1 of sample 1 (both counted from 0) is -2.5, not a probability.", error.Message);
        Assert.Throws<ArgumentException>("outputs", () => Metrics.LogLoss<float>([float.NaN], [1], 1));
    }

    [Fact]
    public void Top_k_finds_the_class_among_the_first_of_a_stable_sort() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 20], Gen.Int).Sample((size, count, seed) =>
        {
            Random random = new(seed);
            double[] outputs = [.. Enumerable.Range(0, size * count).Select(_ => random.Next(8) == 0 ? double.NaN : random.Next(5))];
            int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(size))];
            double[] targets = [.. labels.SelectMany(label => Enumerable.Range(0, size).Select(i => i == label ? 1.0 : 0))];
            for (int k = 1; k <= size; k++)
            {
                int right = Enumerable.Range(0, count).Count(sample => Enumerable.Range(0, size)
                    .Where(i => !double.IsNaN(outputs[(sample * size) + i]))
                    .OrderByDescending(i => outputs[(sample * size) + i])
                    .Take(k)
                    .Contains(labels[sample]));
                Assert.Equal((double)right / count, Metrics.TopKAccuracy<double>(outputs, targets, size, k));
            }

            Assert.Equal(Metrics.Accuracy<double>(outputs, targets, size, 0.5), Metrics.TopKAccuracy<double>(outputs, targets, size, 1));
        });

    [Fact]
    public void Top_k_needs_classes_and_a_k_among_them()
    {
        Assert.Contains("k is 4; it must be in [1, 3]", Assert.Throws<ArgumentOutOfRangeException>("k", () => Metrics.TopKAccuracy<double>([1, 2, 3], [0, 0, 1], 3, 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("k", () => Metrics.TopKAccuracy<double>([1, 2, 3], [0, 0, 1], 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("outputSize", () => Metrics.TopKAccuracy<double>([1], [0], 1, 1));
    }

    [Fact]
    public void Errors_are_what_they_are_called()
    {
        Assert.Equal(1.5, Metrics.MeanAbsoluteError<float>([1, 2, 3, 4], [2, 0, 3, 7]));
        Assert.Equal([2.5, 4.5], Metrics.SampleErrors<float>([1, 2, 3, 4], [2, 0, 3, 7], 2));
        Assert.Equal(0.75, Metrics.BinaryAccuracy<float>([0.5f, 0.4f, 0.9f, 0.1f], [1, 0, 0, 0], 0.5));
        Assert.Throws<ArgumentException>("targets", () => Metrics.MeanAbsoluteError<float>([1], []));
        Assert.Throws<ArgumentException>("outputs", () => Metrics.SampleErrors<float>([1, 2, 3], [1, 2, 3], 2));
    }

    [Fact]
    public void A_network_is_measured_as_its_outputs_are()
    {
        Random random = new(1);
        Dataset<float> data = Dataset<float>.FromLabels(
            4, 3, [.. Enumerable.Range(0, 200).Select(_ => random.NextSingle())], [.. Enumerable.Range(0, 50).Select(_ => random.Next(3))]);
        AdamNet network = new(1);
        float[] outputs = network.Predict(data.Inputs);
        Assert.Equal(Metrics.MeanAbsoluteError<float>(outputs, data.Targets), network.MeanAbsoluteError(data));
        Assert.Equal(Metrics.SampleErrors<float>(outputs, data.Targets, 3), network.SampleErrors(data));
        Assert.Equal(Metrics.BinaryAccuracy<float>(outputs, data.Targets, 0.3), network.BinaryAccuracy(data, 0.3));
        Assert.Equal(Metrics.TopKAccuracy<float>(outputs, data.Targets, 3, 2), network.TopKAccuracy(data, 2));
        Assert.Equal(Metrics.AreaUnderRocCurve<float>(outputs, data.Targets, 3), network.AreaUnderRocCurve(data));
        Assert.Equal(Metrics.LogLoss<float>(outputs, data.Targets, 3), network.LogLoss(data));
    }

    [Fact]
    public void Each_samples_loss_is_the_trainers()
    {
        Dataset<double> data = Samples.Linear<double>(20, 2, 2);
        foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum })
        {
            LinearTrainer<double> trainer = new(2, 2, reduction);
            double[] losses = trainer.SampleLosses(data);
            Assert.Equal(20, losses.Length);
            Assert.Equal(data.GetTargets(7).ToArray().Sum(t => t * t) / 2, losses[7], 1e-12);
            double all = trainer.Loss(data.Inputs, data.Targets) / (reduction == Reduction.Sum ? 20 : 1);
            Assert.Equal(all, losses.Average(), 1e-12);
        }
    }
}
