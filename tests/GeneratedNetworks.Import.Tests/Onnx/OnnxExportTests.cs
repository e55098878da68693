using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Files that we write: ONNX Runtime runs them with the outputs of the network, and we read them as what they were.</summary>
[Trait("Category", "Numeric")]
public sealed class OnnxExportTests
{
    // Far enough out to reach both sides of every clip and the flat ends of every curve.
    private const double Span = 12;

    public static TheoryData<Activation, Precision> Functions
    {
        get
        {
            TheoryData<Activation, Precision> data = [];
            foreach (Activation function in Enum.GetValues<Activation>())
            {
                foreach (Precision precision in Enum.GetValues<Precision>())
                    data.Add(function, precision);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void OnnxRuntimeComputesWhatTheNetworkComputes(Activation function, Precision precision)
    {
        ImportedModel model = Model(function);
        double[] inputs = Numbers(40 * 5, 11, Span);
        using OnnxRuntime runtime = new(Write(model, precision));
        Approx.Equal(NaiveModel.Forward(model, inputs), runtime.Forward(inputs), precision == Precision.Double ? 1e-12 : 1e-5, $"{function} {precision}");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void WhatIsWrittenIsReadAgain(Activation function, Precision precision)
    {
        ImportedModel model = Model(function);
        ImportedModel read = OnnxFormat.Read(new ModelSource("written.onnx", Write(model, precision), null));
        Assert.Equal(Describe(model), Describe(read));
        Assert.Equal(model.InputShape, read.InputShape);
        Assert.Equal($"ONNX, opset {OnnxExport.Opset}, by GeneratedNetworks 0.1.0", read.Format);
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            Assert.Equal(model.Tensors[i].Name, read.Tensors[i].Name);
            Assert.Equal(model.Tensors[i].Shape, read.Tensors[i].Shape);
            Assert.Equal(model.Tensors[i].Values, read.Tensors[i].Values);
        }
    }

    public static TheoryData<string> Graphs => [.. Fixture.Names("Onnx").Where(name => name.StartsWith("graph-", StringComparison.Ordinal)
        && Fixture.Load("Onnx", name, ".onnx").Read() is { Inputs.Count: 0, Outputs.Count: 0 })];

    /// <summary>What is read from a file goes back into its place: the same inputs, with their channels where the file has them, give the same outputs.</summary>
    [Theory]
    [MemberData(nameof(Graphs))]
    public void AFileIsWrittenInTheOrderInWhichItWasRead(string name)
    {
        Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
        ImportedModel model = fixture.Read();
        byte[] written = Write(model, Precision.Single);
        using OnnxRuntime runtime = new(written);
        Approx.Equal(fixture.FlatOutputs, runtime.Forward(fixture.FlatInputs), 1e-5, name);
        ImportedModel read = OnnxFormat.Read(new ModelSource("written.onnx", written, null));
        Assert.Equal(model.InputAxes, read.InputAxes);
        Assert.Equal(model.OutputAxes, read.OutputAxes);
        Assert.Equal(model.InputShape, read.InputShape);
    }

    [Fact]
    public void SomeGraphsHaveTheirChannelsFirstOnBothEnds()
    {
        ImportedModel[] models = [.. Graphs.Select(row => Fixture.Load("Onnx", row.Data, ".onnx").Read())];
        Assert.Contains(models, model => model.InputAxes is [2, 0, 1] && model.OutputAxes is null);
        Assert.Contains(models, model => model.InputAxes is not null && model.OutputAxes is not null);
    }

    [Fact]
    public void SoftmaxOfAValueOfMoreAxesRunsOverTheLast()
    {
        double[] inputs = Numbers(4 * 6, 5, 3);
        using OnnxRuntime runtime = new(Write(Softmax(2, 3), Precision.Double));
        Approx.Equal(NaiveModel.Forward(Softmax(2, 3), inputs), runtime.Forward(inputs), 1e-12, "softmax of [2, 3]");

        static ImportedModel Softmax(params int[] shape)
        {
            LayerChain chain = new(new ModelSource("axes.test", [], null), shape);
            chain.Activate(null, Activation.Softmax);
            return chain.Build("a test");
        }
    }

    [Fact]
    public void TensorsThatDoNotFitTheLayersAreNamed()
    {
        ImportedModel model = Model(Activation.Relu);
        ImportedModel short1 = model with { Tensors = [model.Tensors[0]] };
        ImportedModel wrong = model with { Tensors = [model.Tensors[0], model.Tensors[0], model.Tensors[2]] };
        ImportedModel many = model with { Tensors = [.. model.Tensors, new("spare", [1], "F32", [1])] };
        ImportedModel bare = model with { InputShape = null, Layers = [] };
        Assert.Contains("'hidden' needs a tensor of shape [6]", Assert.Throws<ArgumentException>(() => Write(short1, Precision.Single)).Message);
        Assert.Contains("'hidden.weight' has [5, 6]", Assert.Throws<ArgumentException>(() => Write(wrong, Precision.Single)).Message);
        Assert.Contains("'spare' belongs to no layer", Assert.Throws<ArgumentException>(() => Write(many, Precision.Single)).Message);
        Assert.Contains("tensors alone", Assert.Throws<ArgumentException>(() => Write(bare, Precision.Single)).Message);
    }

    /// <summary>The function between two dense layers, or behind them where it belongs on the output.</summary>
    private static ImportedModel Model(Activation function)
    {
        bool isOutput = function is Activation.Softmax or Activation.LogSoftmax;
        LayerChain chain = new(new ModelSource("export.test", [], null), [5]);
        chain.Dense("hidden", Numbers(5 * 6, 1, 1), Numbers(6, 2, 1), 6);
        chain.Activate(null, isOutput ? Activation.Tanh : function);
        chain.Dropout(null, 0.5);
        chain.Dense("last", Numbers(6 * 3, 3, 1), null, 3);
        chain.Activate(null, function);
        return chain.Build("a test");
    }

    private static byte[] Write(ImportedModel model, Precision precision)
    {
        using MemoryStream stream = new();
        OnnxExport.Write(stream, model, precision);
        return stream.ToArray();
    }

    /// <summary>Numbers that 32 bits hold, so that single and double start alike.</summary>
    private static double[] Numbers(int count, int seed, double span)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(((random.NextDouble() * 2) - 1) * span))];
    }

    private static string[] Describe(ImportedModel model) =>
    [
        .. model.Layers.Where(layer => layer.Attribute != "Dropout")
            .Select(layer => $"{layer.Attribute} {string.Join(" ", layer.Arguments.Select(argument => $"{argument.Key}={argument.Value}"))}"),
    ];
}
