namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Metrics of outputs with several axes, where each position counts, and of networks with several outputs, of which one is named.</summary>
public class LayoutMetricsTests
{
    private const int Heads = 5, Kinds = 3, Sizes = 2;

    private static readonly Dataset<float> Positions = Random(300, 12, 12, seed: 1, (targets, random) =>
    {
        for (int position = 0; position < 4; position++)
            targets[(3 * position) + random.Next(3)] = 1;
    });

    // More than are measured at once, and a number that does not divide.
    private static readonly Dataset<float> Both = Random(4001, 4, Heads, seed: 2, (targets, random) =>
    {
        targets[random.Next(Kinds)] = 1;
        for (int i = 0; i < Sizes; i++)
            targets[Kinds + i] = random.NextSingle();
    });

    [Fact]
    public void Each_position_counts()
    {
        // What is largest at a position of the inputs is largest there in the outputs.
        PositionsNet network = new();
        network.SetParameters([9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0]);
        Dataset<float> data = new(12, 12, OneHot([0, 1, 2, 0, 2, 2, 1, 0]), OneHot([0, 1, 1, 0, 2, 0, 1, 0]));
        Assert.Equal(6.0 / 8, network.Accuracy(data));
        ConfusionMatrix matrix = network.Confusion(data);
        Assert.Equal((3, 8, 6), (matrix.ClassCount, matrix.Total, matrix.Correct));
        Assert.Equal((3, 1, 1), (matrix[0, 0], matrix[1, 2], matrix[0, 2]));
        Assert.Equal(network.Accuracy(data), network.Accuracy(data, output: "dense1"));
        float[] targets = data.Targets.ToArray();
        targets.AsSpan(15, 3).Fill(float.NaN);
        Assert.StartsWith("The targets of sample 1 at position 1 are not numbers.", Assert.Throws<ArgumentException>(() => network.Confusion(new Dataset<float>(12, 12, data.Inputs, targets))).Message);
    }

    [Fact]
    public void Positions_are_measured_as_samples_are()
    {
        PositionsNet network = new(3);
        float[] outputs = network.Predict(Positions.Inputs);
        int right = 0, among = 0;
        for (int first = 0; first < outputs.Length; first += 3)
        {
            float[] shares = outputs[first..(first + 3)];
            int actual = Positions.Targets.Slice(first, 3).IndexOf(1);
            right += Array.IndexOf(shares, shares.Max()) == actual ? 1 : 0;
            among += shares.Count(share => share > shares[actual]) < 2 ? 1 : 0;
        }

        Assert.Equal(right / 1200.0, network.Accuracy(Positions));
        Assert.Equal(among / 1200.0, network.TopKAccuracy(Positions, 2));

        // The trainer's loss is the mean over positions, too.
        Assert.Equal(new PositionsNet.Trainer(network).Loss(Positions.Inputs, Positions.Targets), network.LogLoss(Positions), 1e-5);

        // Of each class against the others, all positions together.
        double[] areas = [.. Enumerable.Range(0, 3).Select(@class => Area(outputs, Positions.Targets.ToArray(), @class))];
        Assert.Equal(areas.Average(), network.AreaUnderRocCurve(Positions), 1e-12);
    }

    [Fact]
    public void A_question_at_each_position_has_an_answer_each()
    {
        QuestionsNet network = new();
        network.SetParameters([1, 0, 0, 0]);
        Dataset<double> data = new(12, 4, [2, 0, 0, -1, 0, 0, 3, 0, 0, -2, 0, 0], [1, 0, 0, 0]);
        Assert.Equal(0.75, network.Accuracy(data));
        Assert.Equal(0.75, network.BinaryAccuracy(data));
        ConfusionMatrix matrix = network.Confusion(data);
        Assert.Equal((2, 4, 1, 1), (matrix.ClassCount, matrix.Total, matrix[0, 1], matrix[1, 1]));
        Assert.Equal(new QuestionsNet.Trainer(network).Loss(data.Inputs, data.Targets), network.LogLoss(data), 1e-12);
    }

    [Fact]
    public void Values_are_one_series_over_all_positions()
    {
        Dataset<double> data = Doubles(40, 12, 8);
        TracksNet network = new(2);
        double[] outputs = network.Predict(data.Inputs);
        double[] each = new double[2];
        for (int track = 0; track < 2; track++)
        {
            double[] said = [.. outputs.Where((_, i) => i % 2 == track)];
            double[] real = [.. data.Targets.ToArray().Where((_, i) => i % 2 == track)];
            double mean = real.Average();
            each[track] = 1 - (real.Zip(said).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / real.Sum(value => Math.Pow(value - mean, 2)));
        }

        Assert.Equal(each.Average(), network.RSquared(data), 1e-12);
        double[] errors = network.SampleErrors(data);
        Assert.Equal(40, errors.Length);
        Assert.Equal(Enumerable.Range(0, 8).Average(i => Math.Pow(outputs[8 + i] - data.Targets[8 + i], 2)), errors[1], 1e-12);
    }

    [Fact]
    public void One_of_several_outputs_is_named()
    {
        HeadsNet network = new(1);
        float[] outputs = network.Predict(Both.Inputs);
        (float[] kinds, float[] sizes) = (Columns(outputs, 0, Kinds), Columns(outputs, Kinds, Sizes));
        (float[] actual, float[] real) = (Columns(Both.Targets.ToArray(), 0, Kinds), Columns(Both.Targets.ToArray(), Kinds, Sizes));
        Assert.Equal(Metrics.Accuracy<float>(kinds, actual, 3, 0.5), network.Accuracy(Both, output: "kind"));
        Assert.Equal(Metrics.TopKAccuracy<float>(kinds, actual, 3, 2), network.TopKAccuracy(Both, 2, "kind"));
        Assert.Equal(Metrics.LogLoss<float>(kinds, actual, 3), network.LogLoss(Both, "kind"));
        Assert.Equal(Metrics.AreaUnderRocCurve<float>(kinds, actual, 3), network.AreaUnderRocCurve(Both, "kind"));
        Assert.Equal(Metrics.BinaryAccuracy<float>(kinds, actual, 0.3), network.BinaryAccuracy(Both, 0.3, "kind"));
        Assert.Equal(Metrics.Confusion<float>(kinds, actual, 3, 0.5).ToString(), network.Confusion(Both, output: "kind").ToString());
        Assert.Equal(Metrics.RSquared<float>(sizes, real, 2), network.RSquared(Both, "size"));
        Assert.Equal(Metrics.MeanAbsoluteError<float>(sizes, real), network.MeanAbsoluteError(Both, "size"));
        Assert.Equal(Metrics.SampleErrors<float>(sizes, real, 2), network.SampleErrors(Both, "size"));
    }

    [Fact]
    public void Which_of_several_is_not_guessed()
    {
        HeadsNet network = new();
        Action[] measures =
        [
            () => network.Accuracy(Both), () => network.Confusion(Both), () => network.TopKAccuracy(Both, 1), () => network.LogLoss(Both), () => network.RSquared(Both),
            () => network.BinaryAccuracy(Both), () => network.AreaUnderRocCurve(Both), () => network.MeanAbsoluteError(Both), () => network.SampleErrors(Both),
        ];
        Assert.All(measures, measure => Assert.StartsWith(
            "The network has 2 outputs, 'kind' and 'size': output must say which one is measured, such as \"kind\".",
            Assert.Throws<ArgumentException>("output", measure).Message));
        Assert.StartsWith("The network has no output 'trunk'; there are 'kind' and 'size'.", Assert.Throws<ArgumentException>("output", () => network.Accuracy(Both, output: "trunk")).Message);
        Assert.StartsWith("The network has no output 'kind'; there is 'dense1'.", Assert.Throws<ArgumentException>("output", () => new PositionsNet().Accuracy(Positions, output: "kind")).Message);
    }

    [Fact]
    public void A_run_measures_positions()
    {
        PositionsNet network = new(1);
        EpochReport last = new PositionsNet.Trainer(network).Fit(Positions, new FitOptions { Epochs = 2, Validation = Positions }).History[^1];
        Assert.Equal(network.Accuracy(Positions), last.ValidationAccuracy);
        TracksNet tracks = new(1);
        Dataset<double> values = Doubles(40, 12, 8);
        last = new TracksNet.Trainer(tracks).Fit(values, new FitOptions { Epochs = 2, Validation = values }).History[^1];
        Assert.Equal(tracks.RSquared(values), last.ValidationRSquared!.Value, 1e-12);
    }

    [Fact]
    public void A_run_measures_the_output_that_it_is_told()
    {
        HeadsNet network = new(1);
        HeadsNet.Trainer trainer = new(network);
        EpochReport last = trainer.Fit(Both, new FitOptions { Epochs = 1, Validation = Both, MeasureTraining = true, MetricOutput = "kind" }).History[^1];
        double accuracy = network.Accuracy(Both, output: "kind");
        Assert.InRange(accuracy, 0.2, 0.9);
        Assert.Equal((accuracy, accuracy, null, null), (last.ValidationAccuracy, last.TrainingAccuracy, last.ValidationRSquared, last.TrainingRSquared));
        last = trainer.Fit(Both, new FitOptions { Epochs = 1, Validation = Both, MetricOutput = "size" }).History[^1];
        Assert.Equal(network.RSquared(Both, "size"), last.ValidationRSquared!.Value, 1e-6);
        Assert.Null(last.ValidationAccuracy);

        // Without a name the loss is all that is known.
        last = trainer.Fit(Both, new FitOptions { Epochs = 1, Validation = Both }).History[^1];
        Assert.NotNull(last.ValidationLoss);
        Assert.Equal((null, null), (last.ValidationAccuracy, last.ValidationRSquared));
        Assert.StartsWith(
            "The network has 2 outputs, 'kind' and 'size': MetricOutput must say which one is measured, such as \"kind\".",
            Assert.Throws<ArgumentException>("options", () => trainer.Fit(Both, new FitOptions { MeasureTraining = true })).Message);
        Assert.StartsWith(
            "The network has no output 'kinds'; there are 'kind' and 'size'.",
            Assert.Throws<ArgumentException>("options", () => trainer.Fit(Both, new FitOptions { MetricOutput = "kinds" })).Message);
    }

    [Fact]
    public void Targets_are_checked_by_the_loss_of_their_output()
    {
        float[] targets = Both.Targets.ToArray();
        targets[3] = -1;
        HeadsNet.Trainer trainer = new(new HeadsNet());
        trainer.Fit(new Dataset<float>(4, Heads, Both.Inputs, targets), new FitOptions { Epochs = 1 });
        targets[7] = -1;
        Assert.StartsWith(
            "In the training data, target 2 of sample 1 (both counted from 0) is -1, but CrossEntropy of 'kind' needs targets of 0 or more.",
            Assert.Throws<ArgumentException>("data", () => trainer.Fit(new Dataset<float>(4, Heads, Both.Inputs, targets), new FitOptions { Epochs = 1 })).Message);
    }

    [Fact]
    public void What_a_network_says_of_itself_has_all_outputs()
    {
        NetworkInfo info = new HeadsNet().Info;
        Assert.Equal((4, 5, null), (info.InputSize, info.OutputSize, info.Loss));
        Assert.Equal([Heads], info.OutputShape);
        Assert.Equal(["kind: 3 at 0", "size: 2 at 3"], info.OutputLayout.ToArray().Select(output => output.ToString()));
        Assert.Equal(["x: 4 at 0"], info.InputLayout.ToArray().Select(input => input.ToString()));
        Assert.Equal([Loss.CrossEntropy, Loss.MeanSquaredError], info.Losses);
        Assert.StartsWith("GeneratedNetworks.Runtime.Tests.HeadsNet: 4 → 5, ", info.ToString());

        NetworkInfo one = new PositionsNet().Info;
        Assert.Equal(["dense1: 4×3 at 0"], one.OutputLayout.ToArray().Select(output => output.ToString()));
        Assert.Equal([4, 3], one.OutputShape);
        Assert.Equal([Loss.CrossEntropy], one.Losses);
        Assert.Empty(new ImageNet().Info.Losses);
    }

    [Fact]
    public void A_static_network_has_all_outputs()
    {
        const string Table = "x\tInput\t1\t\t\tinput\nkind\tDense\t2\t\t\tby hand\nsize\tDense\t1\t\t\tby hand";
        NetworkInfo info = new("Frozen", Precision.Double, "input 1", Table, [], outputs: [new("kind", 0, 2), new("size", 2, 1)]);
        StaticNetwork<double> network = new(info, _ => { }, (inputs, outputs) =>
        {
            for (int i = 0; i < inputs.Length; i++)
                new[] { inputs[i], -inputs[i], 2 * inputs[i] }.CopyTo(outputs[(3 * i)..]);
        });
        Assert.Equal(3, network.OutputSize);
        Dataset<double> data = new(1, 3, [1, -1], [1, 0, 2, 1, 0, -3]);
        Assert.Equal(0.5, network.Accuracy(data, output: "kind"));
        Assert.Equal(0.5, network.MeanAbsoluteError(data, "size"));
        Assert.Throws<ArgumentException>("output", () => network.Accuracy(data));
    }

    private static double Area(float[] outputs, float[] targets, int @class)
    {
        float[] scores = [.. outputs.Where((_, i) => i % 3 == @class)];
        bool[] positives = [.. targets.Where((_, i) => i % 3 == @class).Select(target => target == 1)];
        double wins = 0, pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (!positives[i] || positives[j])
                    continue;
                pairs++;
                wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        return wins / pairs;
    }

    private static float[] OneHot(int[] classes) => [.. classes.SelectMany(label => Enumerable.Range(0, 3).Select(i => i == label ? 1f : 0))];

    private static float[] Columns(float[] rows, int first, int count) => [.. rows.Where((_, i) => i % Heads >= first && i % Heads < first + count)];

    private static Dataset<double> Doubles(int count, int inputSize, int targetSize)
    {
        Random random = new(1);
        return new Dataset<double>(
            inputSize,
            targetSize,
            [.. Enumerable.Range(0, count * inputSize).Select(_ => random.NextDouble())],
            [.. Enumerable.Range(0, count * targetSize).Select(_ => random.NextDouble())]);
    }

    private static Dataset<float> Random(int count, int inputSize, int targetSize, int seed, Action<float[], Random> draw)
    {
        Random random = new(seed);
        List<float> inputs = [], targets = [];
        for (int i = 0; i < count; i++)
        {
            float[] target = new float[targetSize];
            draw(target, random);
            targets.AddRange(target);
            inputs.AddRange(Enumerable.Range(0, inputSize).Select(_ => random.NextSingle()));
        }

        return new Dataset<float>(inputSize, targetSize, [.. inputs], [.. targets]);
    }
}
