using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>The plain loops, to which <c>check</c> turns where generated code and file differ, against PyTorch and numbers computed by hand.</summary>
public sealed class PlainNetworkTests
{
    [Fact]
    public void LayersComputeWhatPyTorchDoes()
    {
        TorchCase[] cases = [.. TorchCase.All, .. TorchCase.Sequences];
        foreach (TorchCase network in cases)
            network.AssertOutputs(Forward(network.Model, network.Inputs), 1e-11);

        // Each layer that can be declared is in one of them, but for what the tests below have.
        string[] missing = [.. Generator.Layers.LayerRegistry.Layers.Select(layer => layer.Attribute).Except(cases.SelectMany(network => network.Model.Layers.Select(layer => layer.Attribute)))];
        Assert.Equal(["Clip", "Dropout", "Flatten", "Normalize"], missing.Order());
    }

    /// <summary>The shapes and counts that <c>inspect</c> shows are those of PyTorch's own numbers.</summary>
    [Fact]
    public void SizesAreThoseOfPyTorch()
    {
        foreach (TorchCase network in TorchCase.All)
        {
            NetworkSummary summary = NetworkSummary.Of(network.Model);
            Assert.Null(summary.Problem);
            Assert.Equal(network.Parameters.Length, summary.Parameters);
            Assert.Equal(network.Outputs.Length, network.Inputs.Length / summary.Input.Aggregate((product, extent) => product * extent) * summary.Output.Aggregate((product, extent) => product * extent));
        }
    }

    /// <summary>(x − [1, 2]) / [2, 4], held to ±1; then to [−0.5, 0.25]; dropout is for training.</summary>
    [Fact]
    public void NormalizeAndClipAreComputedByHand()
    {
        ImportedModel model = Declared.Model([2, 2], ["[Normalize(Clip = 1)]", "[Dropout(0.5)]", "[Activation(Activation.Identity)]"], [1, 2, 2, 4]);
        Assert.Equal([1, 0.5, -1, -0.25], Forward(model, [5, 4, -3, 1]));
        model = Declared.Model([2, 2], ["[Normalize]", "[Clip(-0.5, 0.25)]", "[Flatten]"], [1, 2, 2, 4]);
        Assert.Equal([0.25, 0.25, -0.5, -0.25], Forward(model, [5, 4, -3, 1]));
    }

    /// <summary>Two inputs, read by name or from above, and two outputs of which one is read on.</summary>
    [Fact]
    public void InputsAndOutputsLieOneAfterAnother()
    {
        ImportedModel model = Declared.WithParameters(
            new("a test", [5],
            [
                Declared.Layer("[Dense(2, UseBias = false)]"),
                Declared.Layer("[Activation(Activation.Relu, From = \"b\", Name = \"half\")]"),
                Declared.Layer("[Concat(\"half\", \"dense1\")]"),
            ],
            [])
            {
                Inputs = [new("a:0", [2], "a"), new("b", [3])],
                Outputs = [new("sums", [5], "concat1"), new("half", [3])],
            },
            [1, 2, 3, 4]);

        // [1, 10]·[[1, 2], [3, 4]] = [31, 42].
        Assert.Equal([5, 0, 7, 31, 42, 5, 0, 7], Forward(model, [1, 10, 5, -6, 7]));
    }

    /// <summary>Softmax runs over the last axis, and not over the whole sample.</summary>
    [Fact]
    public void SoftmaxIsOfEachRow()
    {
        double[] outputs = Forward(Declared.Model([2, 2], ["[Activation(Activation.Softmax)]"]), [0, Math.Log(3), 5, 5]);
        Assert.Equal([0.25, 0.75, 0.5, 0.5], outputs.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void NaNIsTheLargest()
    {
        ImportedModel model = Declared.Model([4, 1], ["[MaxPool1D(2)]"]);
        Assert.Equal([double.NaN, 4], Forward(model, [double.NaN, 1, 3, 4]));
        Assert.Equal([double.NaN], Forward(Declared.Model([3, 1], ["[GlobalMaxPool]"]), [1, double.NaN, 2]));
    }

    /// <summary>A file with channels first, of which the network has them last: [2, 2, 3] of the file are [2, 3, 2] here.</summary>
    [Fact]
    public void AFilesOrderIsTurnedIntoTheNetworks()
    {
        ImportedModel model = new("a test", [2, 3, 2], [], []) { InputAxes = [2, 0, 1], OutputShape = [5] };
        FileOrder order = FileOrder.Of(model, 5);
        double[] file = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        Assert.Equal([0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11], order.ToInput(file));
        Assert.Equal([0, 1, 2, 3, 4], order.ToOutput(file[..5]));

        model = new("a test", [5], [], [])
        {
            Inputs = [new("a", [1]), new("b", [2, 2]) { Axes = [1, 0] }],
            Outputs = [new("c", [2, 2]) { Axes = [1, 0] }, new("d", [1])],
        };
        order = FileOrder.Of(model, 5);
        Assert.Equal([0, 1, 3, 2, 4], order.ToInput(file[..5]));
        Assert.Equal([0, 2, 1, 3, 4], order.ToOutput(file[..5]));
    }

    [Fact]
    public void ASavedFileHoldsAllTensorsOfAGraph()
    {
        TorchCase network = TorchCase.All.Single(network => network.Name == "conv that adds to its input");
        using MemoryStream stream = new();
        StoredParameters.WriteSafeTensors(network.Model, Precision.Double, stream);
        string path = Path.GetTempFileName() + ".safetensors";
        File.WriteAllBytes(path, stream.ToArray());
        ImportedModel read = ModelFile.Read(path);
        File.Delete(path);
        Assert.Equal(network.Model.Tensors.Select(tensor => (tensor.Name, string.Join(",", tensor.Shape))).Order(), read.Tensors.Select(tensor => (tensor.Name, string.Join(",", tensor.Shape))).Order());
        Assert.Equal(network.Parameters, network.Model.Tensors.SelectMany(tensor => read.Tensors.Single(other => other.Name == tensor.Name).Values!));
    }

    private static double[] Forward(ImportedModel model, double[] inputs)
    {
        PlainNetwork<double> network = new(model);
        double[] outputs = new double[inputs.Length / network.InputSize * network.OutputSize];
        network.Forward(inputs, outputs);
        return outputs;
    }
}
