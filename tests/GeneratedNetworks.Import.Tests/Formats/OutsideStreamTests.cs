using System.Text.Json;
using GeneratedNetworks.CompilerServices;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>
/// A policy of ML-Agents with an LSTM, whose file computes one step and takes its state as an input: here a stream, which is held to what comes with the file, run
/// on, and trained on.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class OutsideStreamTests(ITestOutputHelper output)
{
    private const string Policy = "mlagents/ex_Hallway.onnx";
    private const string Actions = "74";

    private static readonly Lazy<IReadOnlyDictionary<string, Type>> Types = new(Compile);

    private delegate void Run<T>(ReadOnlySpan<T> frames, Span<T> outputs, Span<T> memories);

    [Fact]
    public void TheStateIsMemory()
    {
        ImportedModel model = ModelFile.Read(OutsideFiles.PathOf(Policy), null, Actions);
        output.WriteLine(string.Join("\n", model.Layers.Select(layer => $"{layer.Attribute} {string.Join(" ", layer.Arguments)}")));
        Assert.True(model.IsFrame);
        Assert.Equal(["obs_0", "obs_1", "action_masks"], model.Inputs.Select(port => port.Name));
        Assert.All(model.Inputs, port => Assert.Equal(1, port.Shape[0]));
        ImportedMemory memory = Assert.Single(model.Memories);
        Assert.Equal(("recurrent_in", "recurrent_out"), (memory.Name, memory.Output));
        Assert.Contains(model.Notes, note => note.StartsWith("The file's input 'recurrent_in' and its output 'recurrent_out' are memory here", StringComparison.Ordinal));

        // Under the same names, and in the same order, as the class says.
        NetworkValue[] layout = ((ReadOnlySpanOf)Types.Value["Hallway"].GetProperty("MemoryLayout")!.GetMethod!.CreateDelegate(typeof(ReadOnlySpanOf)))().ToArray();
        Assert.Equal(memory.Parts, layout.Select(part => part.Name));
        Assert.Equal([64, 64], layout.Select(part => part.Length));
        Assert.Equal([32, 105], ModelFile.Read(OutsideFiles.PathOf(Policy), null, Actions, window: 32).Inputs[0].Shape);
    }

    private delegate ReadOnlySpan<NetworkValue> ReadOnlySpanOf();

    [Fact]
    public void WhatIsNoOutputIsNamed()
    {
        Assert.Contains("'recurrent_out' is the state that the next call takes back", Assert.Throws<ModelFileException>(() => ModelFile.Read(OutsideFiles.PathOf(Policy), null, "recurrent_out")).Message);
        Assert.Contains("The value before the noise is '74': ", Assert.Throws<ModelFileException>(() => ModelFile.Read(OutsideFiles.PathOf(Policy))).Message);
    }

    /// <summary>Two agents, each with a memory of its own: the logarithms of their actions' probabilities, and their memories after it.</summary>
    [Theory]
    [InlineData("Hallway", 1e-5)]
    [InlineData("ExactHallway", 1e-12)]
    public void OutputsAndMemoriesAreThoseOfTheReference(string name, double tolerance)
    {
        using JsonDocument document = OutsideFiles.Open("mlagents");
        JsonElement entry = document.RootElement.GetProperty("ex_Hallway.onnx");
        JsonElement inputs = entry.GetProperty("inputs");
        double[] before = OutsideFiles.Numbers(inputs.GetProperty("recurrent_in").GetProperty("value"));
        double[] after = OutsideFiles.Numbers(entry.GetProperty("outputs").GetProperty("recurrent_out").GetProperty("value"));
        double[] expected = OutsideFiles.Numbers(entry.GetProperty("logProbabilities").GetProperty(Actions));
        double[] memories = [.. before];
        double[] actual = Streams(name, Frames(inputs), memories, 2 * 5);
        double largest = expected.Where(double.IsFinite).Max(Math.Abs), worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNegativeInfinity(expected[i]))
                Assert.Equal(0, Math.Exp(actual[i]));
            else
                worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]) / Math.Max(1, largest));
        }

        double worstMemory = after.Zip(memories, (theirs, ours) => Math.Abs(theirs - ours)).Max();
        output.WriteLine($"{name}: {worst:g2} of max(1, {largest:g4}); memories {worstMemory:g2}");
        Assert.Equal(3, expected.Count(double.IsNegativeInfinity));
        Assert.InRange(worst, 0, tolerance);
        Assert.InRange(worstMemory, 0, tolerance);

        // Had the memory not gone in, it would show.
        double[] fresh = Streams(name, Frames(inputs), new double[before.Length], 2 * 5);
        Assert.True(fresh.Where((_, i) => double.IsFinite(expected[i])).Zip(expected.Where(double.IsFinite), (ours, theirs) => Math.Abs(ours - theirs)).Max() > 0.01);
    }

    /// <summary>A window of three frames from zeros, against the file, run three times with what it gives back.</summary>
    [Fact]
    public void AWindowIsSoManyRunsOfTheFile()
    {
        ModelReading reading = ModelReading.Open(OutsideFiles.PathOf(Policy), ["64"], window: 3);
        Assert.Equal(["obs_0", "obs_1"], reading.Inputs.Select(input => input.Name));
        Random random = new(4);
        double[] window = [.. Enumerable.Range(0, reading.InputSize).Select(_ => (2 * random.NextDouble()) - 1)];
        INetwork<double> network = (INetwork<double>)Activator.CreateInstance(Types.Value["ThreeFrames"])!;
        double[] actual = new double[network.OutputSize];
        network.Forward(window, actual);
        double[] expected = reading.Run(window);
        Approx.Equal(expected, actual, 1e-12, "three frames");
        Approx.Equal(expected, NaiveModel.Forward(ModelFile.Read(OutsideFiles.PathOf(Policy), null, "64", window: 3), window), 1e-12, "by plain loops");
    }

    /// <summary>Windows that go on from memories, towards other actions than the policy's among those that are allowed.</summary>
    [Fact]
    public void TrainingGoesOn()
    {
        (ITrainer<float> trainer, double[] samples, double[] answers) = Trainer<float>("TrainedHallway");
        float[] inputs = Array.ConvertAll(samples, value => (float)value), targets = Array.ConvertAll(answers, value => (float)value);
        IStreamTrainer<float> streams = (IStreamTrainer<float>)trainer;
        trainer.LearningRate = 1e-3f;
        double first = 0, last = 0;
        for (int i = 0; i < 20; i++)
        {
            last = streams.StepStreams(inputs, targets, Memories<float>(value => (float)value));
            first = i == 0 ? last : first;
        }

        output.WriteLine($"loss {first:g4} before, {last:g4} after");
        Assert.InRange(last, 0, 0.5 * first);
    }

    /// <summary>A few parameters of each tensor, in windows of four frames.</summary>
    [Fact]
    public void GradientsAreDifferencesOfTheLoss()
    {
        (ITrainer<double> trainer, double[] inputs, double[] targets) = Trainer<double>("ExactTrainedHallway");
        IStreamTrainer<double> streams = (IStreamTrainer<double>)trainer;
        INetwork<double> network = trainer.Network;
        double[] parameters = new double[network.ParameterCount], gradients = new double[network.ParameterCount];
        network.GetParameters(parameters);
        streams.BackwardStreams(inputs, targets, Memories<double>(value => value));
        trainer.GetGradients(gradients);
        double largest = gradients.Max(Math.Abs), worst = 0;
        Random random = new(7);
        int compared = 0;
        foreach (NetworkParameter part in network.ParameterLayout)
        {
            if (part.Name.EndsWith("mean", StringComparison.Ordinal) || part.Name.EndsWith("deviation", StringComparison.Ordinal))
                continue;
            for (int k = 0; k < 4; k++, compared++)
            {
                int i = part.Offset + random.Next(part.Length);
                double value = parameters[i], step = 1e-5;
                double numeric = (LossAt(i, value + step) - LossAt(i, value - step)) / (2 * step);
                LossAt(i, value);
                worst = Math.Max(worst, Math.Abs(numeric - gradients[i]) / Math.Max(1, largest));
                Assert.True(worst <= 1e-8, $"{part.Name}[{i - part.Offset}]: gradient {gradients[i]:g9}, difference {numeric:g9}");
            }
        }

        output.WriteLine($"{compared} gradients within {worst:g2} of max(1, {largest:g4})");
        Assert.True(compared >= 4 * 9);
        Assert.True(largest > 1e-3, "The loss is flat.");

        double LossAt(int index, double value)
        {
            parameters[index] = value;
            network.SetParameters(parameters);
            return streams.BackwardStreams(inputs, targets, Memories<double>(number => number));
        }
    }

    private static T[] Memories<T>(Func<double, T> convert)
    {
        using JsonDocument document = OutsideFiles.Open("mlagents");
        return Array.ConvertAll(OutsideFiles.Numbers(document.RootElement.GetProperty("ex_Hallway.onnx").GetProperty("inputs").GetProperty("recurrent_in").GetProperty("value")), value => convert(value));
    }

    /// <summary>Two windows of four frames; the answer to each frame is the next action that its mask allows.</summary>
    private static (ITrainer<T> Trainer, double[] Inputs, double[] Targets) Trainer<T>(string name)
        where T : struct
    {
        object network = Activator.CreateInstance(Types.Value[name])!;
        ITrainer<T> trainer = (ITrainer<T>)Activator.CreateInstance(network.GetType().GetNestedType("Trainer")!, network, 1UL)!;
        Random random = new(3);
        double[] inputs = [.. Enumerable.Range(0, 2 * trainer.Network.InputSize).Select(_ => (3 * random.NextDouble()) - 1.5)];
        double[] targets = new double[2 * trainer.Network.OutputSize];
        for (int sample = 0; sample < 2; sample++)
        {
            for (int frame = 0; frame < 4; frame++)
            {
                // All frames of the observations come before those of the masks.
                int mask = (sample * trainer.Network.InputSize) + (4 * 108) + (frame * 5);
                for (int action = 0; action < 5; action++)
                    inputs[mask + action] = action == (sample + frame) % 5 ? 0 : 1;
                targets[(sample * trainer.Network.OutputSize) + (frame * 5) + ((sample + frame + 1) % 5)] = 1;
            }
        }

        return (trainer, inputs, targets);
    }

    /// <summary>Side by side: what each of the two agents sees, and may do.</summary>
    private static double[] Frames(JsonElement inputs)
    {
        double[][] parts = [.. new[] { "obs_0", "obs_1", "action_masks" }.Select(name => OutsideFiles.Numbers(inputs.GetProperty(name).GetProperty("value")))];
        return [.. Enumerable.Range(0, 2).SelectMany(agent => parts.SelectMany(part => part.Skip(agent * part.Length / 2).Take(part.Length / 2)))];
    }

    private static double[] Streams(string name, double[] frames, double[] memories, int outputs)
    {
        object network = Activator.CreateInstance(Types.Value[name])!;
        System.Reflection.MethodInfo method = network.GetType().GetMethod("ForwardStreams")!;
        double[] results = new double[outputs];
        if (network is INetwork<double>)
        {
            method.CreateDelegate<Run<double>>(network)(frames, results, memories);
            return results;
        }

        float[] singles = new float[outputs], states = Array.ConvertAll(memories, value => (float)value);
        method.CreateDelegate<Run<float>>(network)(Array.ConvertAll(frames, value => (float)value), singles, states);
        Array.ConvertAll(states, value => (double)value).CopyTo(memories, 0);
        return Array.ConvertAll(singles, value => (double)value);
    }

    private static IReadOnlyDictionary<string, Type> Compile()
    {
        const string Training = "[Training(Loss.CrossEntropy, Optimizer.Adam)]\n";
        string source = $"""
            [GeneratedNetwork(Model = "{Policy}", Outputs = "{Actions}", Streaming = true)] public sealed partial class Hallway;
            [GeneratedNetwork(Model = "{Policy}", Outputs = "{Actions}", Streaming = true, Precision = Precision.Double)] public sealed partial class ExactHallway;
            [GeneratedNetwork(Model = "{Policy}", Outputs = "64", Window = 3, Precision = Precision.Double)] public sealed partial class ThreeFrames;
            {Training}[GeneratedNetwork(Model = "{Policy}", Outputs = "{Actions}", Streaming = true, Window = 4)] public sealed partial class TrainedHallway;
            {Training}[GeneratedNetwork(Model = "{Policy}", Outputs = "{Actions}", Streaming = true, Window = 4, Precision = Precision.Double)] public sealed partial class ExactTrainedHallway;
            """;
        return GeneratedModel.CompileFiles(source, [(Policy, ModelFile.ReadAll(OutsideFiles.PathOf(Policy)))]);
    }
}
