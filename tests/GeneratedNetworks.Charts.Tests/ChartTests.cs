using System;
using System.IO;
using System.Linq;
using ScottPlot.Plottables;
using Xunit;

namespace GeneratedNetworks.Charts.Tests;

/// <summary>Each chart is drawn, and the pixels of its PNG are looked at where it matters.</summary>
public class ChartTests
{
    [Fact]
    public void The_plane_is_coloured_by_class_and_pale_where_unsure()
    {
        // Class 1 where x > y, surely so far from the diagonal.
        Plane network = new(2, 1, x => [1 / (1 + MathF.Exp(5 * (x[1] - x[0])))]);
        Dataset<float> data = new(2, 1, [-4, -4, 4, 4, -1, 3, 3, -1], [0, 1, 0, 1]);
        using Canvas canvas = new(Chart.DecisionBoundary(network, data));
        Assert.Equal((800, 600), (canvas.Width, canvas.Height));
        AssertBlue(canvas[-3, 2]);
        AssertOrange(canvas[2, -3]);
        AssertNearWhite(canvas[0.5, 0.5]);

        // The samples stand out of their region, in the full colour of their class.
        Assert.Equal((0x00, 0x72, 0xB2), canvas[-1, 3]);
        Assert.Equal((0xE6, 0x9F, 0x00), canvas[3, -1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_number_of_classes_as_probabilities_or_their_logarithms(bool logarithms)
    {
        // Three sectors, each sure: outputs of a softmax over linear functions.
        Plane network = new(2, 3, x =>
        {
            float[] z = [10 * x[0], 10 * x[1], -10 * (x[0] + x[1])];
            float greatest = z.Max();
            float sum = z.Sum(v => MathF.Exp(v - greatest));
            return [.. z.Select(v => logarithms ? v - greatest - MathF.Log(sum) : MathF.Exp(v - greatest) / sum)];
        });
        Dataset<float> data = Dataset<float>.FromLabels(2, 3, [3, 0, 0, 3, -3, -3], [0, 1, 2]);
        Chart chart = Chart.DecisionBoundary(network, data);
        using Canvas canvas = new(chart);
        AssertBlue(canvas[2, -1]);
        AssertOrange(canvas[-1, 2]);
        (int red, int green, int blue) = canvas[-2, -2];
        Assert.True(green > red && green > blue);
        Assert.Equal(["0", "1", "2"], chart.Plot.GetPlottables<Scatter>().Select(points => points.LegendText).Where(text => text.Length > 0));
    }

    [Fact]
    public void A_confusion_matrix_has_its_first_class_on_top_and_its_diagonal_dark()
    {
        ConfusionMatrix matrix = Metrics.Confusion<float>(
            [1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1], [1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1], 3, 0.5);
        Chart chart = Chart.Confusion(matrix, ["ant", "bee", "cat"]);
        using Canvas canvas = new(chart);

        // Off the middles, where the numbers stand. Of two bees one was taken for a cat.
        Assert.Equal((0x00, 0x72, 0xB2), canvas[-0.3, 2.3]);
        Assert.Equal((0x80, 0xB8, 0xD8), canvas[1.3, 1.3]);
        Assert.Equal((0x80, 0xB8, 0xD8), canvas[2.3, 1.3]);
        Assert.Equal((255, 255, 255), canvas[1.7, 2.3]);
        Assert.Equal(["3", "1", "1", "1"], chart.Plot.GetPlottables<Text>().Select(text => text.LabelText));
        Assert.Equal(["cat", "bee", "ant"], chart.Plot.Axes.Left.TickGenerator.Ticks.OrderBy(tick => tick.Position).Select(tick => tick.Label));
        Assert.Contains("3 names", Assert.Throws<ArgumentException>(() => Chart.Confusion(Two(), ["a", "b", "c"])).Message);
    }

    [Fact]
    public void Weights_are_a_picture_for_each_unit()
    {
        // Unit 0 has +1 at its first input, unit 1 −1 at its last.
        float[] parameters = [1, 0, 0, 0, 0, 0, 0, -1, 7, 7];
        Plane network = new(4, 2, x => [0, 0], [new("dense1.weight", 0, 4, 2), new("dense1.bias", 8, 2)], parameters);
        Chart chart = Chart.Weights(network, "dense1");
        Heatmap[] maps = [.. chart.Plot.GetPlottables<Heatmap>()];
        Assert.Equal(2, maps.Length);
        Assert.Equal([1, 0, 0, 0], maps[0].Intensities.Cast<double>());
        Assert.Equal([0, 0, 0, -1], maps[1].Intensities.Cast<double>());
        using Canvas canvas = new(chart);
        Assert.Equal((0xB2, 0x18, 0x2B), canvas[18, -18]);
        Assert.Equal((255, 255, 255), canvas[54, -54]);
        Assert.Equal((0x21, 0x66, 0xAC), canvas[86 + 54, -54]);
        Assert.Contains("dense1.weight [4, 2]", chart.Plot.Axes.Title.Label.Text);
        Assert.Contains("no layer 'dense9' with weights; there are dense1", Assert.Throws<ArgumentException>(() => Chart.Weights(network, "dense9")).Message);
        Assert.Throws<ArgumentException>(() => Chart.Weights(network, "dense1", imageWidth: 3));
    }

    [Fact]
    public void Weights_that_make_no_square_are_one_picture_and_kernels_are_one_each()
    {
        Plane dense = new(3, 1, x => [0], [new("d.weight", 0, 3, 1)], [1, 2, 3]);
        using Canvas canvas = new(Chart.Weights(dense, "d"));
        Assert.Single(Chart.Weights(dense, "d").Plot.GetPlottables<Heatmap>());

        // [2, 2, 1, 2]: the two filters alternate.
        Plane kernels = new(4, 2, x => [0, 0], [new("c.weight", 0, 2, 2, 1, 2)], [1, 5, 2, 6, 3, 7, 4, 8]);
        Heatmap[] maps = [.. Chart.Weights(kernels, "c").Plot.GetPlottables<Heatmap>()];
        Assert.Equal([[1.0, 2, 3, 4], [5.0, 6, 7, 8]], maps.Select(map => map.Intensities.Cast<double>().ToArray()));
    }

    [Fact]
    public void Mistakes_are_shown_with_what_was_read()
    {
        Plane network = new(4, 2, x => x[0] > 0 ? [0.9f, 0.1f] : [0.2f, 0.8f]);
        Dataset<float> data = Dataset<float>.FromLabels(4, 2, [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0], [0, 1, 1]);
        Chart chart = Chart.Mistakes(network, data, imageWidth: 2);
        Assert.Equal("1 read as 0 (90 %)", Assert.Single(chart.Plot.GetPlottables<Text>()).LabelText);
        Assert.Equal([1.0, 0, 0, 1], Assert.Single(chart.Plot.GetPlottables<Heatmap>()).Intensities.Cast<double>());
        Assert.Equal("1 of 3 images were read wrong", chart.Plot.Axes.Title.Label.Text);
        using Canvas canvas = new(chart);
        Assert.Equal((255, 255, 255), canvas[32, -32]);
        Assert.Equal((0, 0, 0), canvas[97, -32]);
        Assert.Throws<ArgumentException>(() => Chart.Mistakes(network, data, imageWidth: 3));
    }

    [Fact]
    public void A_long_line_above_a_picture_becomes_two()
    {
        Plane network = new(4, 2, x => [0.9f, 0.1f]);
        Dataset<float> data = Dataset<float>.FromLabels(4, 2, [1, 0, 0, 0, 1, 0, 0, 1], [0, 1], ["pullover", "an ankle boot"]);
        Chart chart = Chart.Mistakes(network, data, imageWidth: 2);
        Assert.Equal("an ankle boot read\nas pullover (90 %)", Assert.Single(chart.Plot.GetPlottables<Text>()).LabelText);

        // 16 pixels lower than with one line.
        using Canvas canvas = new(chart);
        Assert.Equal((255, 255, 255), canvas[32, -32]);
        Assert.Equal((0, 0, 0), canvas[97, -32]);
        Assert.Equal(16, chart.Height - Chart.Mistakes(network, Dataset<float>.FromLabels(4, 2, [1, 0, 0, 0, 1, 0, 0, 1], [0, 1]), imageWidth: 2).Height);
    }

    [Fact]
    public void Networks_of_many_answers_are_refused()
    {
        Dataset<float> data = new(4, 4, [1, 0, 0, 0], [1, 0, 0, 1]);
        Assert.StartsWith(
            "One answer for each sample can be drawn, but the network has an output of 2 positions.",
            Assert.Throws<ArgumentException>("network", () => Chart.Mistakes(new PairNet(), data, imageWidth: 2)).Message);
    }

    [Fact]
    public void Losses_are_two_curves_and_the_best_epoch()
    {
        Dataset<float> train = new(1, 1, [0, 1, 2, 3], [1, 3, 5, 7]);
        Dataset<float> validation = new(1, 1, [4], [9]);
        LineNet.Trainer trainer = new(new LineNet(seed: 1));
        FitResult result = trainer.Fit(train, new FitOptions { Epochs = 40, Validation = validation, BatchSize = 4 }, cancellationToken: TestContext.Current.CancellationToken);
        Chart chart = Chart.Loss(result);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.png");
        try
        {
            chart.SavePng(path);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(path)[..4]);
        }
        finally
        {
            File.Delete(path);
        }

        Scatter[] curves = [.. chart.Plot.GetPlottables<Scatter>()];
        Assert.Equal(["training", "validation"], curves.Select(curve => curve.LegendText));
        Assert.True(result.History[0].TrainingLoss > 10 * result.History[^1].TrainingLoss);
        Assert.Equal(result.History.Select(report => Math.Log10(report.TrainingLoss)), Values(curves[0]));
        Assert.Equal(result.History.Select(report => Math.Log10(report.ValidationLoss!.Value)), Values(curves[1]));
        Assert.Equal(result.BestEpoch, Assert.Single(chart.Plot.GetPlottables<VerticalLine>()).X);

        // Without validation there is nothing to tell apart; losses that hardly move need no logarithm.
        result = trainer.Fit(train, new FitOptions { Epochs = 2, BatchSize = 4 }, cancellationToken: TestContext.Current.CancellationToken);
        chart = Chart.Loss(result);
        Assert.Equal(result.History.Select(report => report.TrainingLoss), Values(Assert.Single(chart.Plot.GetPlottables<Scatter>())));
        Assert.Empty(chart.Plot.GetPlottables<VerticalLine>());
    }

    [Fact]
    public void Accuracies_are_two_curves_below_100_per_cent()
    {
        // One output above ½ or not; of the validation set every sample is of class 1.
        Dataset<float> train = new(1, 1, [-2, -1, 1, 2], [0, 0, 1, 1]);
        Dataset<float> validation = new(1, 1, [-0.5f, 3, 4, 5], [1, 1, 1, 1]);
        StepNet.Trainer trainer = new(new StepNet(seed: 1)) { LearningRate = 1 };
        FitOptions options = new() { Epochs = 30, BatchSize = 4, Validation = validation, MeasureTraining = true };
        FitResult result = trainer.Fit(train, options, cancellationToken: TestContext.Current.CancellationToken);
        Chart chart = Chart.Accuracy(result);
        Scatter[] curves = [.. chart.Plot.GetPlottables<Scatter>()];
        Assert.Equal(["training", "validation"], curves.Select(curve => curve.LegendText));
        Assert.Equal(result.History.Select(report => 100 * report.TrainingAccuracy!.Value), Values(curves[0]));
        Assert.Equal(result.History.Select(report => 100 * report.ValidationAccuracy!.Value), Values(curves[1]));
        Assert.Equal((100, 75), (Values(curves[0])[^1], Values(curves[1])[^1]));
        Assert.Equal(result.BestEpoch, Assert.Single(chart.Plot.GetPlottables<VerticalLine>()).X);
        Assert.InRange(chart.Plot.Axes.GetLimits().Top, 100, 110);

        // One set alone is one curve; none is refused with what to do.
        options = new() { Epochs = 2, MeasureTraining = true };
        result = trainer.Fit(train, options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("training", Assert.Single(Chart.Accuracy(result).Plot.GetPlottables<Scatter>()).LegendText);
        result = trainer.Fit(train, new FitOptions { Epochs = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("set Validation, MeasureTraining or both", Assert.Throws<ArgumentException>(() => Chart.Accuracy(result)).Message);
    }

    [Fact]
    public void Where_there_are_no_classes_it_is_R_squared()
    {
        Dataset<float> train = new(1, 1, [0, 1, 2, 3], [1, 3, 5, 7]);
        LineNet.Trainer trainer = new(new LineNet(seed: 1));
        FitResult result = trainer.Fit(train, new FitOptions { Epochs = 5, MeasureTraining = true }, cancellationToken: TestContext.Current.CancellationToken);
        Chart chart = Chart.Accuracy(result);
        Assert.Equal(result.History.Select(report => report.TrainingRSquared!.Value), Values(Assert.Single(chart.Plot.GetPlottables<Scatter>())));
        Assert.Equal("R² while training", chart.Plot.Axes.Title.Label.Text);
    }

    private static double[] Values(Scatter curve) => [.. curve.Data.GetScatterPoints().Select(point => point.Y)];

    private static ConfusionMatrix Two() => Metrics.Confusion<float>([0, 1], [0, 1], 1, 0.5);

    private static void AssertBlue((int Red, int Green, int Blue) color) => Assert.True(color.Blue > color.Green && color.Green > color.Red, $"{color}");

    private static void AssertOrange((int Red, int Green, int Blue) color) => Assert.True(color.Red > color.Green && color.Green > color.Blue, $"{color}");

    private static void AssertNearWhite((int Red, int Green, int Blue) color) => Assert.True(Math.Min(color.Red, color.Blue) > 215, $"{color}");
}
