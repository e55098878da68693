using GeneratedNetworks.Import;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeneratedNetworks.Onnx.Tests;

/// <summary>What a program saves computes in ONNX Runtime what the network computes, and is read again as the same layers.</summary>
[Trait("Category", "Numeric")]
public sealed class SavingTests
{
    [Fact]
    public void OnnxRuntimeComputesWhatTheNetworkComputes()
    {
        Agrees(new SingleNet(3), 1e-5);
        Agrees(new DoubleNet(3), 1e-12);
        Agrees(new ScalarNet(3), 1e-5);
        Agrees(new NothingNet(), 0);
        Agrees(new Opset17Net(), 1e-5);
        Agrees(new Opset6Net(), 1e-5);
        Agrees(FrozenPolicy.Instance, 1e-5);
    }

    [Fact]
    public void TrainedParametersAreSavedAndNotThoseOfTheStart()
    {
        SingleNet network = new(1);
        Random random = new(2);
        float[] inputs = [.. Enumerable.Range(0, 40 * 6).Select(_ => (float)random.NextDouble())];
        Dataset<float> data = Dataset<float>.FromLabels(6, 4, inputs, [.. Enumerable.Range(0, 40).Select(i => i % 4)]);
        network.Adapt(data);
        new SingleNet.Trainer(network).Fit(data);
        Agrees(network, 1e-5);
        ImportedModel read = Read(network);
        Assert.Equal(Parameters(network), read.Tensors.SelectMany(tensor => tensor.Values!).Select(value => (float)value));
        Assert.Equal(SingleNet.ParameterLayout.ToArray().Select(p => p.Name), read.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(
            ["Normalize Clip=2", "Flatten", "Dense units=7 activation=Gelu UseBias=True", "Activation activation=HardSwish", "Clip minimum=-0.5 maximum=4",
                "Dense units=5 activation=Tanh UseBias=False", "Dense units=4 activation=Softmax UseBias=True"],
            read.Layers.Select(layer => string.Join(" ", [layer.Attribute, .. layer.Arguments.Where(a => a.Key != "Name").Select(a => FormattableString.Invariant($"{a.Key}={a.Value}"))])));
    }

    [Theory]
    [InlineData(null, null, null, "input", "output", 13)]
    [InlineData("observation", "action", 24, "observation", "action", 24)]
    [InlineData("dense1.weight", "number/0", 17, "dense1.weight", "number/0", 17)]
    public void NamesAndOperatorSetAreThoseThatAreAskedFor(string? input, string? output, int? opset, string expectedInput, string expectedOutput, int expectedOpset)
    {
        DoubleNet network = new(5);
        OnnxOptions options = new() { InputName = input, OutputName = output, Opset = opset };
        AssertNames(network, options, expectedInput, expectedOutput, expectedOpset);
        Agrees(network, 1e-12, options);
    }

    [Fact]
    public void NamesAndOperatorSetOfTheSourceAreKept()
    {
        AssertNames(new Opset17Net(), null, "input", "output", 17);
        AssertNames(FrozenPolicy.Instance, null, "obs_0", "deterministic_continuous_actions", 13);
        AssertNames(new Opset6Net(), null, "x", "y", 13);
        AssertNames(new Opset6Net(), new OnnxOptions { OutputName = "z", Opset = 15 }, "x", "z", 15);
        Assert.Equal(("obs_0", "deterministic_continuous_actions"), (FrozenPolicy.Info.Source!.Input, FrozenPolicy.Info.Source.Output));
        Assert.StartsWith("ONNX, opset 17, by pytorch", new Opset17Net().Info.Source!.Format, StringComparison.Ordinal);
        Assert.EndsWith("torch-gelu-opset17.onnx", new Opset17Net().Info.Source!.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesAreReplacedWhole()
    {
        string folder = Directory.CreateTempSubdirectory("generatednetworks-").FullName;
        try
        {
            string path = Path.Combine(folder, "net.onnx");
            new SingleNet(1).SaveOnnx(path);
            byte[] first = File.ReadAllBytes(path);
            Assert.Equal(Bytes(new SingleNet(1)), first);
            new SingleNet(2).SaveOnnx(path);
            Assert.NotEqual(first, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<DirectoryNotFoundException>(() => new SingleNet(1).SaveOnnx(Path.Combine(folder, "missing", "net.onnx")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void WhatCannotBeIsRefusedInWords()
    {
        DoubleNet network = new();
        Assert.StartsWith("Opset is 12; it must lie in [13, 24].", Refused(new() { Opset = 12 }), StringComparison.Ordinal);
        Assert.StartsWith("Opset is 25; it must lie in [13, 24].", Refused(new() { Opset = 25 }), StringComparison.Ordinal);
        Assert.StartsWith("InputName and OutputName cannot be empty.", Refused(new() { InputName = "" }), StringComparison.Ordinal);
        Assert.StartsWith("InputName and OutputName are both 'output'; they must differ.", Refused(new() { InputName = "output" }), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("network", () => ((DoubleNet)null!).SaveOnnx(Stream.Null));
        Assert.Throws<ArgumentNullException>("path", () => network.SaveOnnx((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => network.SaveOnnx((Stream)null!));

        string Refused(OnnxOptions options) => Assert.ThrowsAny<ArgumentException>(() => network.SaveOnnx(Stream.Null, options)).Message;
    }

    private static void Agrees<T>(INetwork<T> network, double tolerance, OnnxOptions? options = null)
        where T : struct
    {
        using InferenceSession session = new(Bytes(network, options));
        (string name, NodeMetadata input) = session.InputMetadata.Single();
        Assert.Equal([-1, .. network.Info.InputShape], input.Dimensions);
        const int Count = 23;
        Random random = new(7);

        // Wide enough to reach both sides of every limit.
        double[] numbers = [.. Enumerable.Range(0, Count * network.InputSize).Select(_ => (double)(float)((random.NextDouble() * 16) - 8))];
        T[] inputs = [.. numbers.Select(value => (T)Convert.ChangeType(value, typeof(T), null))];
        T[] outputs = network.Predict<T>(inputs);
        int[] shape = [Count, .. network.Info.InputShape];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(inputs, shape))]);
        DisposableNamedOnnxValue result = results.Single();
        Assert.Equal([Count, .. network.Info.OutputShape], result.AsTensor<T>().Dimensions.ToArray());
        double[] expected = Doubles([.. result.AsTensor<T>()]);
        double[] actual = Doubles(outputs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{network.Info.Name}, output {i}: {expected[i]:g9} and {actual[i]:g9}");
    }

    private static void AssertNames<T>(INetwork<T> network, OnnxOptions? options, string input, string output, int opset)
        where T : struct
    {
        using InferenceSession session = new(Bytes(network, options));
        Assert.Equal((input, output), (session.InputMetadata.Single().Key, session.OutputMetadata.Single().Key));
        Assert.StartsWith(FormattableString.Invariant($"ONNX, opset {opset}, by GeneratedNetworks"), Read(network, options).Format, StringComparison.Ordinal);
        Assert.Equal(output, Read(network, options).Output);
    }

    private static ImportedModel Read<T>(INetwork<T> network, OnnxOptions? options = null)
        where T : struct
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, Bytes(network, options));
        try
        {
            return ModelFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Bytes<T>(INetwork<T> network, OnnxOptions? options = null)
        where T : struct
    {
        using MemoryStream stream = new();
        network.SaveOnnx(stream, options);
        return stream.ToArray();
    }

    private static float[] Parameters(INetwork<float> network)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private static double[] Doubles<T>(T[] values) => [.. values.Select(value => Convert.ToDouble(value, null))];
}
