using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class MetricsTests
{
    [Fact]
    public void Accuracy_compares_the_largest()
    {
        float[] outputs = [0.1f, 0.9f, 0, 0.5f, 0.2f, 0.3f, 0, 0, 1];
        float[] targets = [0, 1, 0, 0, 1, 0, 0, 0, 1];
        Assert.Equal(2.0 / 3, Metrics.Accuracy<float>(outputs, targets, 3, 0.5));
        Assert.Equal(0.75, Metrics.Accuracy<double>([0.5, 0.49, 0.9, 0.1], [1, 0, 1, 1], 1, 0.5));
        Assert.Equal(0.5, Metrics.Accuracy<double>([0.5, 0.49, 0.9, 0.1], [1, 0, 1, 1], 1, 0.6));
    }

    /// <summary>Padding: of several classes none is the target. With one output 0 is a class.</summary>
    [Fact]
    public void Targets_without_a_class_do_not_count()
    {
        float[] outputs = [0.1f, 0.9f, 0, 0.5f, 0.2f, 0.3f, 0.6f, 0, 0.4f, 0, 0, 1], targets = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        Assert.Equal(0.5, Metrics.Accuracy<float>(outputs, targets, 3, 0.5));
        Assert.Equal((2, 1), (Metrics.Confusion<float>(outputs, targets, 3, 0.5).Total, Metrics.Confusion<float>(outputs, targets, 3, 0.5).Correct));
        Assert.Equal((0.5, 1.0), (Metrics.TopKAccuracy<float>(outputs, targets, 3, 1), Metrics.TopKAccuracy<float>(outputs, targets, 3, 2)));
        Assert.Equal(0.5, Metrics.Accuracy<float>([0.2f, 0.7f], [0, 0], 1, 0.5));
        Assert.Equal(double.NaN, Metrics.Accuracy<float>(outputs, new float[12], 3, 0.5));
        Assert.Equal(double.NaN, Metrics.TopKAccuracy<float>(outputs, new float[12], 3, 1));
    }

    [Fact]
    public void What_is_not_a_number_has_no_class()
    {
        Assert.Equal(-1, Metrics.ClassOf<float>([float.NaN, float.NaN]));
        Assert.Equal(1, Metrics.ClassOf<float>([float.NaN, float.NegativeInfinity]));
        Assert.Equal(-1, Metrics.ClassOf<float>([float.NaN]));
        Assert.Equal(0, Metrics.ClassOf<double>([2.0, 2, 1]));
        Assert.Equal(0, Metrics.Accuracy<float>([float.NaN, float.NaN], [float.NaN, float.NaN], 2, 0.5));
        ConfusionMatrix matrix = Metrics.Confusion<float>([float.NaN, float.NaN, 0, 1], [0, 1, 0, 1], 2, 0.5);
        Assert.Equal((2, 1, 1, 0.5, 0.5), (matrix.Total, matrix.Unclassified, matrix.Correct, matrix.Accuracy, matrix.Recall(1)));
    }

    [Fact]
    public void The_confusion_matrix_counts()
    {
        ConfusionMatrix matrix = Metrics.Confusion<double>([0.9, 0.1, 0.2, 0.8, 0.7, 0.3], [1, 0, 0, 1, 0, 1], 2, 0.5);
        Assert.Equal((1, 0, 1, 1), (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]));
        Assert.Equal((0.5, 1.0), (matrix.Precision(0), matrix.Precision(1)));
        Assert.Equal((1.0, 0.5), (matrix.Recall(0), matrix.Recall(1)));
        Assert.Equal("       0   1\n   0   1   0\n   1   1   1\n", matrix.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[2, 0]);
        Assert.Equal(2, Metrics.Confusion<double>([0.1], [1], 1, 0.5).ClassCount);
        Assert.Throws<ArgumentException>(() => Metrics.Confusion<double>([0.1], [double.NaN], 1, 0.5));
    }

    [Fact]
    public void Accuracy_and_confusion_agree() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 20], Gen.Int).Sample((size, count, seed) =>
        {
            Random random = new(seed);
            double[] outputs = [.. Enumerable.Range(0, size * count).Select(_ => random.NextDouble())];
            double[] targets = [.. Enumerable.Range(0, size * count).Select(_ => random.NextDouble())];
            ConfusionMatrix matrix = Metrics.Confusion<double>(outputs, targets, size, 0.5);
            Assert.Equal(count, matrix.Total);
            Assert.Equal(Metrics.Accuracy<double>(outputs, targets, size, 0.5), matrix.Accuracy);
        });

    [Fact]
    public void R_squared_is_1_for_perfect_and_0_for_the_mean()
    {
        Assert.Equal(1, Metrics.RSquared<double>([1, 2, 3], [1, 2, 3], 1));
        Assert.Equal(0, Metrics.RSquared<double>([2, 2, 2], [1, 2, 3], 1));
        Assert.Equal(-3, Metrics.RSquared<double>([3, 2, 1], [1, 2, 3], 1));
        Assert.Equal(0.5, Metrics.RSquared<float>([1, 2, 2, 2, 3, 2], [1, 1, 2, 2, 3, 3], 2));
        Assert.Equal(1, Metrics.RSquared<double>([4, 4], [4, 4], 1));
        Assert.Equal(0, Metrics.RSquared<double>([4, 5], [4, 4], 1));
    }

    [Fact]
    public void Classes_have_the_names_of_the_data()
    {
        const string Csv = "x,kind\n2,a cat\n-3,dog\n4,dog\n";
        Dataset<double> data = Dataset<double>.ReadCsv(new StringReader(Csv), new CsvOptions { TextLabels = true });
        LinearNetwork<double> network = new(1, 2);
        network.SetParameters([1, -1, 0, 0]);
        ConfusionMatrix matrix = network.Confusion(data);
        Assert.Equal(["a cat", "dog"], matrix.ClassNames);
        Assert.Equal("       a cat dog\n a cat     1   0\n   dog     1   1\n", matrix.ToString());

        // Those of other columns, and of numbers, are none.
        Assert.Null(network.Confusion(Dataset<double>.FromLabels(1, 2, [2, -3], [0, 1])).ClassNames);
        Assert.Null(Metrics.Confusion<double>([0.9, 0.1], [1, 0], 2, 0.5).ClassNames);
    }

    [Fact]
    public void Long_names_are_cut()
    {
        Dataset<double> data = Dataset<double>.ReadCsv(
            new StringReader("x,kind\n2,a\n-3,a very very very long name\n"), new CsvOptions { TextLabels = true });
        LinearNetwork<double> network = new(1, 2);
        network.SetParameters([1, -1, 0, 0]);
        Assert.StartsWith(new string(' ', 24) + "a a very very very lo…\n", network.Confusion(data).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_are_measured_on_datasets()
    {
        LinearNetwork<double> network = new(1, 2);
        network.SetParameters([1, -1, 0, 0]);
        Dataset<double> data = Dataset<double>.FromLabels(1, 2, [2, -3, 4], [0, 1, 1]);
        Assert.Equal(2.0 / 3, network.Accuracy(data));
        Assert.Equal(1, network.Confusion(data)[1, 0]);
        Assert.True(network.RSquared(data) < 1);
        Assert.Throws<ArgumentException>(() => network.Accuracy(Samples.Numbered(3)));
        Assert.Throws<ArgumentException>(() => network.Accuracy(new Dataset<double>(1, 2, [], [])));
    }

    [Fact]
    public void Lengths_that_disagree_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Metrics.Accuracy<double>([1, 2], [1], 1, 0.5));
        Assert.Throws<ArgumentException>(() => Metrics.Accuracy<double>([1, 2, 3], [1, 2, 3], 2, 0.5));
        Assert.Throws<ArgumentException>(() => Metrics.RSquared<double>([], [], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.RSquared<double>([1], [1], 0));
    }
}
