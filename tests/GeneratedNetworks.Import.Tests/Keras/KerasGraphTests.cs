using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using GeneratedNetworks.Import.Tests.Formats;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Keras;

/// <summary>Functional models: what their layers become, several inputs and outputs, layers in several places, and graphs that make no sense.</summary>
public sealed class KerasGraphTests
{
    [Theory]
    [InlineData("signals-3", "Conv1D Conv1D DepthwiseConv1D DepthwiseConv1D Conv1D MaxPool1D Conv1DTranspose AveragePool1D GlobalMaxPool Dense")]
    [InlineData("images-2", "Conv2D PRelu DepthwiseConv2D Clip Conv2D DepthwiseConv2D Conv2D PRelu MaxPool2D AveragePool2D Flatten Dense")]
    [InlineData("transposes-3", "Conv2DTranspose Conv2DTranspose Conv2DTranspose Conv2DTranspose")]
    [InlineData("residual-2", "Conv2D BatchNorm Activation Conv2D BatchNorm Add Conv2D Conv2D BatchNorm Add GlobalAveragePool Dense")]
    public void LayersBecomeTheirs(string name, string layers) =>
        Assert.Equal(layers.Split(' ').Order(StringComparer.Ordinal), Read(name).Layers.Select(layer => layer.Attribute).Where(kind => kind != "Reshape").Order(StringComparer.Ordinal));

    [Fact]
    public void WindowsKeepTheirBorders()
    {
        IReadOnlyList<ImportedLayer> images = Read("images-2").Layers;
        Assert.Equal([1, 0, 2, 1], images[0].Get<int[]>("Pads", []));
        Assert.Equal([2, 1], images[0].Get<int[]>("Strides", []));
        Assert.Equal([3, 2], images[0].Get<int[]>("kernel", []));
        IReadOnlyList<ImportedLayer> signals = Read("signals-3").Layers;
        Assert.Equal([4, 0], signals[0].Get<int[]>("Pads", []));
        Assert.Equal(2, signals[0].Get("Dilation", 1));
        Assert.Equal([0, 1], signals[1].Get<int[]>("Pads", []));
        Assert.Equal(2, signals[1].Get("Groups", 1));
        Assert.Equal(2, signals[2].Get("Multiplier", 1));
    }

    [Fact]
    public void BatchNormalizationKeepsHowItTrains()
    {
        ImportedLayer[] image = [.. Read("residual-2").Layers.Where(layer => layer.Attribute == "BatchNorm")];
        Assert.Equal(3, image.Length);
        Assert.All(image, norm => Assert.Equal((0.95, 0.001, true), (norm.Get("Momentum", 0.0), norm.Get("Epsilon", 0.0), norm.Get("UnbiasedVariance", true))));
        Assert.Equal([false, false, true], image.Select(norm => norm.Get("Frozen", false)).Order());
        ImportedLayer[] rows = [.. Read("packed-2").Layers.Where(layer => layer.Attribute == "BatchNorm")];
        Assert.Equal(2, rows.Length);
        Assert.All(rows, norm => Assert.False(norm.Get("UnbiasedVariance", true)));
        Assert.Equal([true, false], rows.Select(norm => norm.Get("UseScale", true)));
        Assert.False(Assert.Single(Read("layers-3").Layers, layer => layer.Attribute == "BatchNorm").Get("UnbiasedVariance", true));
    }

    [Theory]
    [InlineData("policy, value", "policy value")]
    [InlineData("value,policy", "value policy")]
    public void SeveralOutputsLieSideBySide(string asked, string names)
    {
        ImportedModel model = ModelFile.Read(Fixture.Load("Keras", "heads-3-policy").Path, null, asked);
        string[] order = names.Split(' ');
        Assert.Equal(string.Join(", ", order), model.Output);
        Assert.Empty(model.OtherOutputs);
        Assert.Equal(order, model.Outputs.Select(output => output.Name));
        Assert.Equal([3], model.OutputShape!);
        Fixture[] parts = [.. order.Select(name => Fixture.Load("Keras", "heads-3-" + name))];
        double[] expected = [.. Enumerable.Range(0, parts[0].Inputs.Length).SelectMany(row => parts.SelectMany(part => part.Outputs[row]))];
        Approx.Equal(expected, NaiveModel.Forward(model, parts[0].FlatInputs), 1e-12, asked);
    }

    [Theory]
    [InlineData("policy, nobody", "'policy, nobody' is no layer of the model")]
    [InlineData("policy, policy", "'policy, policy' is no layer of the model")]
    [InlineData("x", "'x' is an input of the model, of which no layer computes anything")]
    public void WhatIsNoOutputIsNamed(string asked, string problem) => Assert.Contains(
        problem, Assert.Throws<ModelFileException>(() => ModelFile.Read(Fixture.Load("Keras", "heads-3-policy").Path, null, asked)).Message);

    [Fact]
    public void SeveralInputsKeepTheirOrder()
    {
        Assert.Equal(["left", "right"], Read("joins-3").Inputs.Select(input => input.Name));
        Assert.Equal([16], Read("joins-3").InputShape!);
        ImportedModel model = ModelFile.Read(Path.Combine(Fixture.Folder("Keras"), "shared-3.keras"));
        Assert.Equal(["b", "a"], model.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void ALayerInTwoPlacesIsSaidToBeUntied()
    {
        ImportedModel model = Read("shared-2");
        Assert.Equal(3, model.Layers.Count(layer => layer.Attribute == "Dense"));
        Assert.Equal(model.Tensors[0].Values, model.Tensors.Single(tensor => tensor.Name == "encode_2.weight").Values);
        Assert.Contains(model.Notes, note => note.StartsWith("The file uses the weights 'encode/kernel' in 2 layers, 'encode', 'encode_2'", StringComparison.Ordinal));
        Assert.Contains(model.Notes, note => note.StartsWith("The file uses layer 'norm' (BatchNormalization) in 2 places", StringComparison.Ordinal));
        ImportedModel second = ModelFile.Read(Path.Combine(Fixture.Folder("Keras"), "shared-3.keras"), null, "encode:1");
        Assert.Equal(3, second.InputShape![0]);
        Assert.Empty(second.Notes);
    }

    [Fact]
    public void WhatOnlyTrainingChangesIsSaid()
    {
        Assert.Contains(Read("signals-3").Notes, note => note.StartsWith("layer 'drop' (SpatialDropout1D) changes values in training alone", StringComparison.Ordinal));
        Assert.Contains(Read("images-2").Notes, note => note.StartsWith("layer 'leaky' (LeakyReLU) has the slope 0.2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"class_name":"Activation","config":{"name":"a","activation":"relu"},"inbound_nodes":[[["a",0,0,{}]]]}""", "layer 'a' (Activation) is computed from itself")]
    [InlineData("""{"class_name":"Activation","config":{"name":"a","activation":"relu"},"inbound_nodes":[]}""", "layer 'a' (Activation) is no input and reads nothing")]
    [InlineData("""{"class_name":"Activation","config":{"name":"a","activation":"relu"},"inbound_nodes":[[]]}""", "'a' depends on no input")]
    [InlineData("""{"class_name":"Activation","config":{"name":"a","activation":"relu"},"inbound_nodes":[[["y",0,0,{}]]]}""", "layer 'a' (Activation) reads 'y', which is no layer of the model")]
    [InlineData("""{"class_name":"Activation","config":{"name":"a","activation":"relu"},"inbound_nodes":[[["x",0,0,{}],["x",0,0,{}]]]}""", "layer 'a' (Activation) reads 2 values ('x', 'x'); one is supported")]
    [InlineData("""{"class_name":"Dropout","config":{"name":"a","rate":0.5},"inbound_nodes":[[["x",0,0,{"training":true}]]]}""", "layer 'a' (Dropout) is told to compute as in training, always")]
    [InlineData("""{"class_name":"Dropout","config":{"name":"a","rate":0.5},"inbound_nodes":[{"args":[["x",0,0]],"kwargs":{"training":true}}]}""", "layer 'a' (Dropout) is told to compute as in training, always")]
    [InlineData("""{"class_name":"Subtract","config":{"name":"a"},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (Subtract) reads 1 values; a difference is one of two")]
    [InlineData("""{"class_name":"Conv1D","config":{"name":"a","filters":1,"kernel_size":2},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (Conv1D) reads a value of shape [4, 4, 2]; a signal, [time, features], is expected")]
    [InlineData("""{"class_name":"Conv2D","config":{"name":"a","filters":1,"kernel_size":[2]},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (Conv2D) has kernel_size = [2]; 2 integers from 1 on are expected")]
    [InlineData("""{"class_name":"MaxPooling2D","config":{"name":"a","pool_size":[2,2],"padding":"causal"},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (MaxPooling2D) has padding = \"causal\"; supported are valid, same")]
    [InlineData("""{"class_name":"MaxPooling2D","config":{"name":"a","pool_size":[9,2]},"inbound_nodes":[[["x",0,0,{}]]]}""", "'a': its window does not fit axis 0 of a value of shape [4, 4, 2]")]
    [InlineData("""{"class_name":"ZeroPadding2D","config":{"name":"a","padding":[[1,-1],[0,0]]},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (ZeroPadding2D) has padding = [[1,-1],[0,0]]")]
    [InlineData("""{"class_name":"Concatenate","config":{"name":"a","axis":2},"inbound_nodes":[[["x",0,0,{}],["x",0,0,{}]]]}""", "layer 'a' (Concatenate) joins values of the shapes [4, 4, 2], [4, 4, 2] along the axis 2")]
    [InlineData("""{"class_name":"LayerNormalization","config":{"name":"a","axis":[1]},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (LayerNormalization) runs over the axis [1] of a value of shape [4, 4, 2]")]
    [InlineData("""{"class_name":"BatchNormalization","config":{"name":"a","momentum":1.0},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (BatchNormalization) has momentum = 1")]
    [InlineData("""{"class_name":"Conv2DTranspose","config":{"name":"a","filters":1,"kernel_size":[2,2],"output_padding":[1,0]},"inbound_nodes":[[["x",0,0,{}]]]}""", "layer 'a' (Conv2DTranspose) has output_padding = 1, which is to be less than its stride, 1")]
    public void AGraphThatMakesNoSenseIsRefused(string layer, string problem) => Assert.StartsWith(problem, FixtureChecks.Refusal("a.keras", Graph("a", layer)));

    /// <summary>A path of any length is followed without a stack, and one of many ways through it once.</summary>
    [Theory]
    [InlineData("Activation", 1)]
    [InlineData("Add", 2)]
    public void ManyLayersCostWhatTheyAre(string kind, int reads)
    {
        const int Count = 20_000;
        IEnumerable<string> layers = Enumerable.Range(0, Count).Select(i =>
        {
            string source = i == 0 ? "x" : $"l{i - 1}";
            return $$"""{"class_name":"{{kind}}","config":{"name":"l{{i}}","activation":"tanh"},"inbound_nodes":[[{{string.Join(',', Enumerable.Repeat($$"""["{{source}}",0,0,{}]""", reads))}}]]}""";
        });
        byte[] archive = Graph($"l{Count - 1}", [.. layers]);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(Count, FixtureChecks.Read("a.keras", archive).Layers.Count);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void AValueThatDoublesWithEveryLayerCostsNoMemory()
    {
        string[] layers = [.. Enumerable.Range(0, 40).Select(i => $$"""
            {"class_name":"Concatenate","config":{"name":"l{{i}}","axis":-1},"inbound_nodes":[[["{{(i == 0 ? "x" : $"l{i - 1}")}}",0,0,{}],["{{(i == 0 ? "x" : $"l{i - 1}")}}",0,0,{}]]]}
            """)];
        byte[] archive = Graph("l39", layers);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("elements", FixtureChecks.Refusal("a.keras", archive));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 24);
    }

    private static ImportedModel Read(string name) => ModelFile.Read(Fixture.Load("Keras", name).Path);

    private static byte[] Graph(string output, params string[] layers)
    {
        string config = $$$"""
            {"class_name":"Functional","config":{"name":"m","layers":[
            {"class_name":"InputLayer","config":{"name":"x","batch_input_shape":[null,4,4,2]},"inbound_nodes":[]},{{{string.Join(",\n", layers)}}}],
            "input_layers":[["x",0,0]],"output_layers":[["{{{output}}}",0,0]]}}
            """;
        using MemoryStream result = new();
        using (ZipArchive zip = new(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream architecture = zip.CreateEntry("config.json").Open())
                architecture.Write(Encoding.UTF8.GetBytes(config));
            using ZipArchive other = new(new MemoryStream(File.ReadAllBytes(Path.Combine(Fixture.Folder("Keras"), "chunks-3.keras"))));
            using Stream weights = other.GetEntry("model.weights.h5")!.Open();
            using Stream copy = zip.CreateEntry("model.weights.h5").Open();
            weights.CopyTo(copy);
        }

        return result.ToArray();
    }
}
