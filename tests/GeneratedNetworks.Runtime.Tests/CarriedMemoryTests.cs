namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Memory that goes from window to window: which data it can go through, and what <c>Fit</c> measures with it.</summary>
public class CarriedMemoryTests
{
    // 4 windows of 6 frames for each of 8 streams.
    private static readonly Dataset<float> Windows = Dataset<float>.Windows(Series(192, 2, 1, seed: 1), window: 6, streams: 8);

    // Another number of streams, and of windows.
    private static readonly Dataset<float> Validation = Dataset<float>.Windows(Series(90, 2, 1, seed: 2), window: 6, streams: 3);

    [Fact]
    public void A_batch_is_a_window_of_each_stream()
    {
        Assert.Equal(
            "CarryMemory takes a window of each stream as a batch, and the data are 8 streams: set BatchSize = 8, not 32. (Parameter 'options')",
            Refusal(Windows, new FitOptions { CarryMemory = true, Shuffle = false }));
        Assert.Contains("the data are 8 streams: set BatchSize = 8, not 4", Refusal(Windows, Options(4)));
        Assert.Contains("the data are 16 streams: set BatchSize = 16, not 8", Refusal(Windows.WithStreams(16), Options(8)));
        Assert.Equal(2, new FrameNet.Trainer(new FrameNet(1)).Fit(Windows, Options(8)).History.Count);

        // Without memory a batch is anything.
        Assert.Single(new FrameNet.Trainer(new FrameNet(1)).Fit(Windows, new FitOptions { Epochs = 1, BatchSize = 5 }).History);
    }

    [Fact]
    public void Streams_that_nobody_knows_are_asked_for()
    {
        Dataset<float> byHand = new(12, 6, Windows.Inputs, Windows.Targets);
        foreach (Dataset<float> data in new[] { byHand, Windows.Shuffle(1) })
            Assert.Contains("of how many streams the training data are windows is not known: Dataset<T>.Windows cuts a series", Refusal(data, Options(8), "data"));
        Assert.Contains("of how many streams the validation data are windows is not known", Refusal(Windows, Options(8, byHand)));
        Assert.Contains("the validation data have Lengths", Refusal(Windows, Options(8, Validation.WithLengths([.. Enumerable.Repeat(6, 15)]))));

        FrameNet told = new(1), cut = new(1);
        new FrameNet.Trainer(told).Fit(byHand.WithStreams(8), Options(8));
        new FrameNet.Trainer(cut).Fit(Windows, Options(8));
        Assert.Equal(Parameters(cut), Parameters(told));
        Assert.Contains("32 samples are not as many windows of each of 5 streams", Assert.Throws<ArgumentException>("streams", () => byHand.WithStreams(5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("streams", () => byHand.WithStreams(0));
    }

    [Fact]
    public void Streams_are_known_as_long_as_their_order_holds()
    {
        Assert.Null(Series(6, 2, 1, seed: 1).Streams);
        Assert.Equal(8, Windows.Streams);
        Assert.Equal(8, Windows.MapInputs(x => x * 2).Streams);
        Assert.Equal(8, Windows.MapTargets((x, _) => x + 1).Streams);
        Assert.Equal(8, Windows.ScaleInputs(Scaling<float>.MinMax(Windows.Inputs, 12)).Streams);
        Assert.Equal(8, Windows.WithInputsAsTargets().Streams);
        Assert.Equal(8, Windows.WithLengths([.. Enumerable.Repeat(6, 32)]).Streams);
        Assert.Equal(8, Windows.WithLengths([.. Enumerable.Repeat(6, 32)]).Select([.. Enumerable.Range(0, 8)]).Streams);

        // Windows 1 and 2 of each stream, and the same from the middle of a batch.
        Assert.Equal(8, Windows.Select([.. Enumerable.Range(8, 16)]).Streams);
        Assert.Equal(8, Windows.Select([.. Enumerable.Range(4, 16)]).Streams);
        Assert.Null(Windows.Select([.. Enumerable.Range(0, 12)]).Streams);
        Assert.Null(Windows.Select([0, 1, 2, 3, 4, 5, 6, 8]).Streams);
        Assert.Null(Windows.Select([]).Streams);
        Assert.Null(Windows.Shuffle(3).Streams);
        (Dataset<float> first, Dataset<float> second) = Windows.Split(0.5, 1);
        Assert.Equal((null, null), (first.Streams, second.Streams));
    }

    /// <summary>The oracle runs each stream of the series frame by frame.</summary>
    [Fact]
    public void Validation_carries_memory_from_zeros()
    {
        FrameNet network = new(1);
        FitOptions options = Options(8, Validation);
        options.MeasureTraining = true;
        EpochReport report = new FrameNet.Trainer(network).Fit(Windows, options).History[^1];
        (double loss, double rSquared) = Streamed(network, Validation, 3);
        Assert.Equal(loss, report.ValidationLoss!.Value, 1e-6 * loss);
        Assert.Equal(rSquared, report.ValidationRSquared!.Value, 1e-6);
        Assert.Equal(Streamed(network, Windows, 8).RSquared, report.TrainingRSquared!.Value, 1e-6);

        // Windows that each start from zeros say something else.
        Assert.NotEqual(loss, new FrameNet.Trainer(network).Loss(Validation.Inputs, Validation.Targets), 1e-3 * loss);
        Assert.NotEqual(rSquared, network.RSquared(Validation), 1e-4);
    }

    [Fact]
    public void A_network_of_the_last_step_is_measured_after_each_window()
    {
        Random random = new(5);
        double[] inputs = [.. Enumerable.Range(0, 8 * 5 * 8).Select(_ => random.NextDouble() - 0.5)], targets = new double[40 * 3];
        for (int i = 0; i < 40; i++)
            targets[(3 * i) + random.Next(3)] = 1;
        Dataset<double> data = new Dataset<double>(8, 3, inputs, targets).WithStreams(5);
        LastFrameNet network = new(2);
        EpochReport report = new LastFrameNet.Trainer(network) { LearningRate = 0.2 }.Fit(
            data, new FitOptions { Epochs = 3, BatchSize = 5, CarryMemory = true, Shuffle = false, Validation = data }).History[^1];
        double loss = 0, right = 0;
        for (int stream = 0; stream < 5; stream++)
        {
            double[] memory = new double[LastFrameNet.MemorySize], outputs = new double[4 * 3];
            for (int i = stream; i < 40; i += 5)
            {
                network.ForwardStream(data.GetInputs(i), outputs, memory);
                int wanted = data.GetTargets(i).IndexOf(1), said = Array.IndexOf(outputs, outputs[9..].Max(), 9) - 9;
                loss -= Math.Log(outputs[9 + wanted]) / 40;
                right += said == wanted ? 1 / 40.0 : 0;
            }
        }

        Assert.Equal(loss, report.ValidationLoss!.Value, 1e-10);
        Assert.Equal(right, report.ValidationAccuracy!.Value, 1e-10);
    }

    /// <summary>In a window each input has its steps together, in a frame the inputs stand side by side.</summary>
    [Fact]
    public void Inputs_and_outputs_by_name_are_measured_with_memory()
    {
        Random random = new(6);
        Dataset<double> data = new Dataset<double>(15, 11, [.. Draw(12 * 15)], [.. Draw(12 * 11)]).WithStreams(4);
        TwoClocksNet network = new(3);
        foreach (string output in new[] { "track", "end" })
        {
            EpochReport report = new TwoClocksNet.Trainer(network) { LearningRate = 0.01 }.Fit(
                data, new FitOptions { Epochs = 1, BatchSize = 4, CarryMemory = true, Shuffle = false, Validation = data, MetricOutput = output }).History[^1];
            List<double> said = [], wanted = [];
            double[] memories = new double[4 * TwoClocksNet.MemorySize];
            for (int i = 0; i < 12; i++)
            {
                double[] window = data.GetInputs(i).ToArray(), targets = data.GetTargets(i).ToArray(), answers = new double[3];
                for (int t = 0; t < 5; t++)
                {
                    network.ForwardStream([window[t], window[5 + (2 * t)], window[6 + (2 * t)]], answers, memories.AsSpan(i % 4 * TwoClocksNet.MemorySize, TwoClocksNet.MemorySize));
                    if (output == "track")
                        said.AddRange(answers[..2]);
                }

                if (output == "end")
                    said.Add(answers[2]);
                wanted.AddRange(output == "track" ? targets[..10] : targets[10..]);
            }

            Assert.Equal(Metrics.RSquared<double>(said.ToArray(), wanted.ToArray(), output == "track" ? 2 : 1), report.ValidationRSquared!.Value, 1e-10);
        }

        IEnumerable<double> Draw(int count) => Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5);
    }

    [Fact]
    public void Threads_and_a_break_change_no_bit()
    {
        using TemporaryFolder folder = new();
        FrameNet whole = new(1);
        FitResult expected = new FrameNet.Trainer(whole).Fit(Windows, Options(8, Validation, epochs: 6));
        foreach (int threads in new[] { 1, 2, 3 })
        {
            FrameNet shared = new(1);
            FitOptions options = Options(8, Validation, epochs: 6);
            options.Threads = threads;
            Assert.Equal(expected.History.Select(Facts), new FrameNet.Trainer(shared).Fit(Windows, options).History.Select(Facts));
            Assert.Equal(Parameters(whole), Parameters(shared));
        }

        FitOptions half = Options(8, Validation, epochs: 3);
        half.CheckpointPath = folder["run"];
        new FrameNet.Trainer(new FrameNet(1)).Fit(Windows, half);
        half.Resume = true;
        half.Epochs = 6;
        FrameNet resumed = new(9);
        Assert.Equal(expected.History.Select(Facts), new FrameNet.Trainer(resumed).Fit(Windows, half).History.Select(Facts));
        Assert.Equal(Parameters(whole), Parameters(resumed));

        // Validation in other streams is another run.
        half.Validation = Validation.WithStreams(5);
        Assert.Contains("in validation through 3 streams", Assert.Throws<NetworkFileException>(() => new FrameNet.Trainer(new FrameNet(1)).Fit(Windows, half)).Message);
    }

    [Fact]
    public void Windows_of_another_length_are_told_so()
    {
        FrameNet.Trainer trainer = new(new FrameNet(1));
        Dataset<float> longer = Dataset<float>.Windows(Series(96, 2, 1, seed: 1), window: 12, streams: 2);
        Assert.StartsWith(
            "The network maps 12 inputs to 6 outputs, but a sample has 24 inputs and 12 targets. The network takes windows of 6 frames, and these are of 12: take window: 6, or [GeneratedNetwork(12, 2)].",
            Assert.Throws<ArgumentException>("data", () => trainer.Fit(longer)).Message);
        Assert.Contains("[GeneratedNetwork(25)] declares a network", Assert.Throws<ArgumentException>("data", () => trainer.Fit(new Dataset<float>(25, 6, new float[50], new float[12]))).Message);
    }

    [Fact]
    public void Frames_that_are_no_window_are_sent_to_ForwardStream()
    {
        FrameNet network = new(1);
        Assert.StartsWith(
            "20 values are not a whole number of samples of 12 inputs. These are 10 frames, and a sample is a window of 6: ForwardStream takes any number of frames.",
            Assert.Throws<ArgumentException>("inputs", () => network.Predict(new float[20])).Message);
        Assert.DoesNotContain("ForwardStream", Assert.Throws<ArgumentException>("inputs", () => network.Predict(new float[21])).Message);
    }

    /// <summary>Loss and R² of a network over each stream from its start to its end.</summary>
    private static (double Loss, double RSquared) Streamed(FrameNet network, Dataset<float> windows, int streams)
    {
        double squares = 0;
        double[] targets = [.. windows.Targets.ToArray().Select(t => (double)t)];
        for (int stream = 0; stream < streams; stream++)
        {
            float[] memory = new float[FrameNet.MemorySize], output = new float[1];
            for (int i = stream; i < windows.Count; i += streams)
            {
                for (int t = 0; t < 6; t++)
                {
                    network.ForwardStream(windows.GetInputs(i).Slice(2 * t, 2), output, memory);
                    squares += Math.Pow(output[0] - windows.GetTargets(i)[t], 2);
                }
            }
        }

        // R² of each of the values at a position, over all of them: the last axis has one.
        double mean = targets.Average();
        return (squares / targets.Length, 1 - (squares / targets.Sum(t => (t - mean) * (t - mean))));
    }

    /// <summary>The sum of the last frames' first values, which no window alone can know.</summary>
    private static Dataset<float> Series(int frames, int inputs, int targets, int seed)
    {
        Random random = new(seed);
        float[] x = [.. Enumerable.Range(0, frames * inputs).Select(_ => random.NextSingle() - 0.5f)], y = new float[frames * targets];
        for (int i = 0; i < frames; i++)
            y[i * targets] = Enumerable.Range(Math.Max(0, i - 5), Math.Min(i, 5) + 1).Sum(j => x[j * inputs]) + 0.3f;
        return new Dataset<float>(inputs, targets, x, y);
    }

    private static FitOptions Options(int batch, Dataset<float>? validation = null, int epochs = 2) =>
        new() { Epochs = epochs, BatchSize = batch, CarryMemory = true, Shuffle = false, Validation = validation };

    private static string Refusal(Dataset<float> data, FitOptions options, string parameter = "options") =>
        Assert.Throws<ArgumentException>(parameter, () => new FrameNet.Trainer(new FrameNet(1)).Fit(data, options)).Message;

    private static float[] Parameters(FrameNet network)
    {
        float[] parameters = new float[FrameNet.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private static (double Training, double? Validation, double? RSquared) Facts(EpochReport report) => (report.TrainingLoss, report.ValidationLoss, report.ValidationRSquared);
}
