using System.Diagnostics;
using System.Text;
using GeneratedNetworks.Onnx.Export;
using Microsoft.ML.OnnxRuntime;

namespace GeneratedNetworks.Onnx.Tests.Layers;

/// <summary>Every layer and its edges: files are what the format says, and ONNX Runtime computes from them what the network computes.</summary>
[Trait("Category", "Numeric")]
public sealed class LayerTests
{
    /// <summary>Layers whose operators ONNX Runtime has in single precision alone.</summary>
    private static readonly string[] SingleOnly = ["Conv", "Depthwise", "AveragePool", "SimpleRnn", "Gru", "Lstm"];

    public static TheoryData<string, Precision> Networks => [.. Sample.Types.Select(type => (type.Name, type.Namespace!.EndsWith("Double", StringComparison.Ordinal) ? Precision.Double : Precision.Single))];

    [Theory]
    [MemberData(nameof(Networks))]
    public void OnnxRuntimeComputesWhatTheNetworkComputes(string name, Precision precision)
    {
        if (precision == Precision.Single)
            Check(Sample.Create<float>(Sample.Find(name, precision)));
        else
            Check(Sample.Create<double>(Sample.Find(name, precision)));
    }

    [Fact]
    public void EveryAttributeOfALayerIsWritten()
    {
        IEnumerable<string> attributes = typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Select(type => type.Name[..^nameof(Attribute).Length]);
        Assert.Equal(attributes.Order(StringComparer.Ordinal), LayerTable.Layers.Select(layer => layer.Attribute).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatCannotBeWrittenIsRefusedInWords()
    {
        OnnxHeader header = new(["input"], ["output"], 13);
        Assert.StartsWith("A layer 'Attention' cannot be written as ONNX in any operator set.", Refused("Attention", "units", 3), StringComparison.Ordinal);
        Assert.StartsWith("'dense1' reads 'body', and no layer or input above it is called so.", Refused("Dense", "From", "body"), StringComparison.Ordinal);
        Assert.StartsWith("Layer 'conv1' needs a tensor of shape [3, 2, 4], and there is none left.", Refused("Conv1D", "kernel", 3), StringComparison.Ordinal);

        Assert.StartsWith("Layer 'lstm1' holds its cells in a range (CellClip)", Refused("Lstm", "CellClip", 2.0), StringComparison.Ordinal);
        Assert.StartsWith("Layer 'rnn1' has the function Mish in its steps", Refused("SimpleRnn", "activation", Activation.Mish), StringComparison.Ordinal);

        string Refused(string attribute, string argument, object value)
        {
            ExportLayer layer = ExportLayer.Of(attribute, new Dictionary<string, object> { [argument] = value, ["filters"] = 4 });
            return Assert.Throws<ArgumentException>(() => new NetworkWriter(ExportNetwork.Chain([5, 2], [layer], []), Precision.Single, header).Write()).Message;
        }
    }

    [Fact]
    public void OnnxRuntimeStillHasNoConvolutionInDouble()
    {
        foreach (string name in (string[])["ConvValid", "TransposedValid", "AveragePoolSame"])
        {
            byte[] file = Sample.Save(Sample.Create<double>(Sample.Find(name, Precision.Double)), new());
            Assert.Contains("NotImplemented", Assert.ThrowsAny<OnnxRuntimeException>(() => new InferenceSession(file)).Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Numbers of rows come as the network's own numbers, and each takes its row.</summary>
    [Fact]
    public void OnnxRuntimeLooksUpTheSameRows()
    {
        Letters network = (Letters)Sample.Create<float>(typeof(Letters));
        float[] ids = [3, 0, 6, 1, 2, 2, 5, 4, 6, 0], expected = network.Predict<float>(ids);
        using InferenceSession session = new(Sample.Save(network, new()));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(ids, [2, 5]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, session.InputNames, [input], session.OutputNames);
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void StatisticsOfTrainingAreSaved()
    {
        Random random = new(3);
        float[] inputs = [.. Enumerable.Range(0, 40 * 50).Select(_ => (random.NextSingle() * 6) - 1)];
        Single.BatchNormOfImages images = new(7);
        float[] means = [.. images.Predict<float>(inputs).Select(value => value * 0.1f)];
        new Single.BatchNormOfImages.Trainer(images).Fit(new Dataset<float>(50, Single.BatchNormOfImages.OutputSize, inputs, means), new() { Epochs = 3, BatchSize = 8 }, cancellationToken: TestContext.Current.CancellationToken);
        AssertMoved(Single.BatchNormOfImages.ParameterLayout, Parameters(images));
        Sample.Agrees(images, new(), 3, 1e-5);

        Double.BatchNormOfDense dense = new(7);
        double[] rows = [.. Enumerable.Range(0, 200).Select(_ => (random.NextDouble() * 6) - 1)];
        new Double.BatchNormOfDense.Trainer(dense).Fit(new Dataset<double>(5, 2, rows, rows[..80]), new() { Epochs = 3, BatchSize = 8 }, cancellationToken: TestContext.Current.CancellationToken);
        AssertMoved(Double.BatchNormOfDense.ParameterLayout, Parameters(dense));
        Sample.Agrees(dense, new(), 3, 1e-12);

        static void AssertMoved(ReadOnlySpan<NetworkParameter> layout, double[] parameters)
        {
            foreach (NetworkParameter parameter in layout)
            {
                double[] values = parameters[parameter.Offset..(parameter.Offset + parameter.Length)];
                if (parameter.Name.EndsWith(".mean", StringComparison.Ordinal))
                    Assert.All(values, value => Assert.NotEqual(0, value));
                if (parameter.Name.EndsWith(".variance", StringComparison.Ordinal))
                    Assert.All(values, value => Assert.NotEqual(1, value));
            }
        }
    }

    [Theory]
    [InlineData("Encoder", 1)]
    [InlineData("SeveralInputsAndOutputs", 2)]
    [InlineData("BatchNormOfImages", 2)]
    [InlineData("Residual", 2)]
    [InlineData("Rows", 4)]
    [InlineData("BatchNormOfSteps", 2)]
    [InlineData("GlobalOfInput", 0)]
    [InlineData("GlobalAverage", 1)]
    [InlineData("LayerNormOfSteps", 0)]
    [InlineData("OfInputAlone", 0)]
    public void TransposesStandWhereARunOfConvolutionsBeginsAndEndsAlone(string name, int transposes)
    {
        byte[] file = Sample.Save(Sample.Create<float>(Sample.Find(name, Precision.Single)), new());

        // The operator of a node is its field 4, a text of 9 bytes.
        byte[] node = [(4 << 3) | 2, 9, .. Encoding.ASCII.GetBytes("Transpose")];
        int count = 0;
        for (int at = file.AsSpan().IndexOf(node); at >= 0; at = file.AsSpan(at + 1).IndexOf(node) is var next && next >= 0 ? at + 1 + next : -1)
            count++;
        Assert.Equal(transposes, count);
    }

    [Fact]
    public void InputsAndOutputsHaveTheNamesThatTheyAreDeclaredBy()
    {
        Single.SeveralInputsAndOutputs network = new(1);
        Assert.Equal("image speed steps to policy value", Names(network, new()));
        Assert.Equal("speed to policy", Names(new Single.OneOfEachByName(1), new()));
        Assert.Equal("s to p", Names(new Single.OneOfEachByName(1), new() { InputName = "s", OutputName = "p" }));
        Assert.StartsWith(
            "InputName is 'obs', and there are 3: image, speed, steps.", Assert.Throws<ArgumentException>(() => Sample.Save(network, new() { InputName = "obs" })).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "OutputName is 'action', and there are 2: policy, value.", Assert.Throws<ArgumentException>(() => Sample.Save(network, new() { OutputName = "action" })).Message, StringComparison.Ordinal);

        static string Names(INetwork<float> network, OnnxOptions options)
        {
            using InferenceSession session = new(Sample.Save(network, options));
            return $"{string.Join(' ', session.InputNames)} to {string.Join(' ', session.OutputNames)}";
        }
    }

    /// <summary>The checker of the onnx package, with its inference of shapes, on all files in both precisions: those too that no runtime here executes.</summary>
    [Fact]
    public void TheCheckerOfOnnxTakesEveryFile()
    {
        string? python = Array.Find(["/usr/bin/python3", "python3"], candidate => Execute(candidate, "-c", "import onnx") is 0);
        Assert.SkipWhen(python is null, "There is no Python with the package onnx.");
        string folder = Directory.CreateTempSubdirectory("generatednetworks-").FullName;
        try
        {
            foreach (Type type in Sample.Types)
            {
                foreach (int opset in (int[])[13, 17])
                {
                    bool isDouble = type.Namespace!.EndsWith("Double", StringComparison.Ordinal);
                    byte[] file = isDouble ? Sample.Save(Sample.Create<double>(type), new() { Opset = opset }) : Sample.Save(Sample.Create<float>(type), new() { Opset = opset });
                    File.WriteAllBytes(Path.Combine(folder, FormattableString.Invariant($"{type.Name}.{isDouble}.{opset}.onnx")), file);
                }
            }

            foreach (Type type in Streams.StreamTests.Types)
            {
                foreach (int opset in (int[])[13, 17])
                    File.WriteAllBytes(Path.Combine(folder, FormattableString.Invariant($"{type.Name}.{opset}.onnx")), Sample.Save(Sample.Create<float>(type), new() { Opset = opset, Streaming = true }));
            }

            const string Script = "import glob, onnx, sys\nfor path in sorted(glob.glob(sys.argv[1] + '/*.onnx')):\n    onnx.checker.check_model(onnx.load(path), full_check=True)";
            Assert.Equal(0, Execute(python!, "-c", Script, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Check<T>(INetwork<T> network)
        where T : struct
    {
        bool isSingleOnly = network.Info.Layers.Any(layer => Array.Exists(SingleOnly, start => layer.Kind.StartsWith(start, StringComparison.Ordinal)));
        bool isDouble = typeof(T) == typeof(double) && !isSingleOnly;
        foreach (int opset in (int[])[13, 17, 24])
        {
            OnnxOptions options = new() { Opset = opset, Precision = isDouble ? null : Precision.Single };
            Sample.Agrees(network, options, 1, isDouble ? 1e-12 : 1e-5);
            Sample.Agrees(network, options, 3, isDouble ? 1e-12 : 1e-5);
        }
    }

    private static double[] Parameters<T>(INetwork<T> network)
        where T : struct
    {
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        return [.. parameters.Select(value => Convert.ToDouble(value, null))];
    }

    /// <summary>The exit code, with what went wrong in the output of the test; null where there is no such program.</summary>
    private static int? Execute(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            TestContext.Current.TestOutputHelper?.WriteLine(process.StandardError.ReadToEnd());
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
