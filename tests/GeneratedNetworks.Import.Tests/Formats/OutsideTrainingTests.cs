using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>
/// Convolutional files that others trained, as a project has them: named by a class, imported at build time, run in single precision beside their references,
/// and trained on. In double precision their gradients are held to central differences of the training loss.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OutsideTrainingTests(ITestOutputHelper output)
{
    private const double OutputTolerance = 1e-5;
    private const double GradientTolerance = 1e-6;

    // Small, since thousands of elements have a kink somewhere: the fewer lie between both ends, the better.
    private const double Difference = 1e-8;
    private const int Checked = 3;

    private static readonly Lazy<IReadOnlyDictionary<string, Type>> Types = new(Compile);

    public static TheoryData<string> Names => [.. Models.Keys];

    private static readonly Dictionary<string, Subject> Models = new()
    {
        ["ResNetOfKeras"] = new("mlperf/pretrainedResnet.h5", null, Loss.CrossEntropy, () => Flat(OutsideFiles.Mlperf("ic", "h5"))),
        ["ResNetOfTfLite"] = new("mlperf/pretrainedResnet.tflite", null, Loss.CrossEntropy, () => Flat(OutsideFiles.Mlperf("ic", "tflite"))),
        ["KeywordSpotting"] = new("mlperf/kws_ref_model_float32.tflite", null, Loss.CrossEntropy, () => Flat(OutsideFiles.Mlperf("kws", "tflite"))),
        ["Mnist"] = new("pretrained/onnx2c_mnist/model.onnx", null, Loss.MeanSquaredError, () =>
            (OutsideFiles.Tensor("pretrained/onnx2c_mnist/test_data_set_0_input_0.pb"), OutsideFiles.Tensor("pretrained/onnx2c_mnist/test_data_set_0_output_0.pb"))),
        ["GridFoodCollector"] = new("mlagents/ex_GridFoodCollector.onnx", "45", Loss.MeanSquaredError, OutsideFiles.GridFoodCollector)
        {
            // The value before the noise: the reference limits it to ±3 and divides it by 3.
            Ending = value => Math.Clamp(value, -3, 3) / 3,
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputsAreThoseOfTheReference(string name)
    {
        Subject subject = Models[name];
        (double[] inputs, double[] expected) = subject.Samples();
        INetwork<float> network = (INetwork<float>)Activator.CreateInstance(Types.Value[name])!;
        double[] actual = FileOrder.Forward(subject.Read(), values => GeneratedModel.Forward(network, values), inputs);
        double largest = expected.Max(Math.Abs);
        double deviation = expected.Zip(actual, (theirs, ours) => Math.Abs(theirs - subject.Ending(ours))).Max() / Math.Max(1, largest);
        output.WriteLine($"{name}: deviation {deviation:g2} of max(1, {largest:g4})");
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(deviation, 0, OutputTolerance);
    }

    /// <summary>Other answers than the file's: the next class, or other values.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TrainingGoesOn(string name)
    {
        (ITrainer<float> trainer, double[] samples, double[] answers) = Trainer<float>(name, "Trained");
        float[] inputs = Array.ConvertAll(samples, value => (float)value), targets = Array.ConvertAll(answers, value => (float)value);
        trainer.LearningRate = 1e-4f;
        double first = trainer.Step(inputs, targets);
        for (int i = 0; i < 10; i++)
            trainer.Step(inputs, targets);
        double last = trainer.Step(inputs, targets);
        output.WriteLine($"{name}: loss {first:g4} before, {last:g4} after");
        Assert.InRange(last, 0, 0.9 * first);
    }

    /// <summary>A few parameters of each tensor, drawn; the loss is that of training, with the statistics of the batch.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAreDifferencesOfTheLoss(string name)
    {
        (ITrainer<double> trainer, double[] inputs, double[] targets) = Trainer<double>(name, "Exact");
        INetwork<double> network = trainer.Network;
        double[] parameters = new double[network.ParameterCount], gradients = new double[network.ParameterCount];
        network.GetParameters(parameters);
        trainer.Backward(inputs, targets);
        trainer.GetGradients(gradients);
        double largest = gradients.Max(Math.Abs), worst = 0;
        Random random = new(7);
        int compared = 0;
        foreach (NetworkParameter part in network.ParameterLayout)
        {
            // What is kept and not trained has no gradient.
            if (part.Name.EndsWith("mean", StringComparison.Ordinal) || part.Name.EndsWith("variance", StringComparison.Ordinal) || part.Name.EndsWith("deviation", StringComparison.Ordinal))
                continue;
            for (int k = 0; k < Checked; k++)
            {
                int i = part.Offset + random.Next(part.Length);
                double value = parameters[i], step = Difference * Math.Max(1, Math.Abs(value));
                double numeric = (LossAt(i, value + step) - LossAt(i, value - step)) / (2 * step);
                LossAt(i, value);
                double error = Math.Abs(numeric - gradients[i]) / Math.Max(1, largest);
                worst = Math.Max(worst, error);
                compared++;
                Assert.True(error <= GradientTolerance, $"{part.Name}[{i - part.Offset}]: gradient {gradients[i]:g9}, difference {numeric:g9}");
            }
        }

        output.WriteLine($"{name}: {compared} gradients within {worst:g2} of max(1, {largest:g4})");
        Assert.True(compared > 8);
        Assert.True(largest > 1e-3, "The loss is flat.");

        double LossAt(int index, double value)
        {
            parameters[index] = value;
            network.SetParameters(parameters);
            return trainer.Backward(inputs, targets);
        }
    }

    private static (ITrainer<T> Trainer, double[] Inputs, double[] Targets) Trainer<T>(string name, string prefix)
        where T : struct
    {
        Subject subject = Models[name];
        (double[] samples, _) = subject.Samples();
        object network = Activator.CreateInstance(Types.Value[prefix + name])!;
        ITrainer<T> trainer = (ITrainer<T>)Activator.CreateInstance(network.GetType().GetNestedType("Trainer")!, network, 1UL)!;
        double[] inputs = [], targets = [];
        FileOrder.Forward(subject.Read(), values =>
        {
            inputs = values;
            return targets = GeneratedModel.Forward(network, values);
        }, samples);
        int size = targets.Length * trainer.Network.InputSize / inputs.Length;
        for (int start = 0; start < targets.Length; start += size)
        {
            Span<double> row = targets.AsSpan(start, size);
            int answer = row.IndexOf(row.ToArray().Max());
            for (int i = 0; i < size; i++)
                row[i] = subject.Loss != Loss.CrossEntropy ? (0.5 * row[i]) + 0.25 : i == (answer + 1) % size ? 1 : 0;
        }

        return (trainer, inputs, targets);
    }

    private static IReadOnlyDictionary<string, Type> Compile()
    {
        List<string> declarations = [];
        List<(string, ImportedChoice)> files = [];
        foreach ((string name, Subject subject) in Models)
        {
            files.Add((subject.File, ModelFile.ReadAll(OutsideFiles.PathOf(subject.File))));
            string reference = $"Model = \"{subject.File}\"{(subject.Output is null ? "" : $", Outputs = \"{subject.Output}\"")}";
            string training = $"[Training(Loss.{subject.Loss}, Optimizer.Adam)]";
            declarations.Add($"[GeneratedNetwork({reference})]\npublic sealed partial class {name} {{ }}");
            declarations.Add($"[GeneratedNetwork({reference})]\n{training}\npublic sealed partial class Trained{name} {{ }}");
            declarations.Add($"[GeneratedNetwork({reference}, Precision = Precision.Double)]\n{training}\npublic sealed partial class Exact{name} {{ }}");
        }

        return GeneratedModel.CompileFiles(string.Join("\n", declarations), files);
    }

    private static (double[] Inputs, double[] Outputs) Flat(IReadOnlyList<(double[] Input, double[] Output)> samples) =>
        ([.. samples.SelectMany(sample => sample.Input)], [.. samples.SelectMany(sample => sample.Output)]);

    private sealed record Subject(string File, string? Output, Loss Loss, Func<(double[] Inputs, double[] Outputs)> Samples)
    {
        /// <summary>What the reference does with the value that the network ends in.</summary>
        public Func<double, double> Ending { get; init; } = value => value;

        public ImportedModel Read() => ModelFile.Read(OutsideFiles.PathOf(File), null, Output);
    }
}
