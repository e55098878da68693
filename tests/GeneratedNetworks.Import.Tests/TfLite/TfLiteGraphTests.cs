using GeneratedNetworks.Import.Tests.Formats;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.TfLite;

/// <summary>What becomes of windows, borders, branches, and several inputs and outputs; the numbers of all these files are held in <see cref="TfLiteTests"/>.</summary>
public sealed class TfLiteGraphTests
{
    [Fact]
    public void FiltersAreTurnedSoThatOutputsComeLast()
    {
        ImportedModel model = Read("conv");
        Assert.Equal(["Conv2D", "Conv2D", "Conv2D", "Dense"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal([[3, 3, 3, 4], [4], [3, 2, 4, 6], [6], [2, 2, 3, 4], [12, 3], [3]], model.Tensors.Select(tensor => tensor.Shape));
        Assert.Equal([2, 1], model.Layers[0].Get<int[]>("Strides", []));
        Assert.Equal([1, 1, 1, 1], model.Layers[0].Get<int[]>("Pads", []));
        Assert.Equal([1, 2], model.Layers[1].Get<int[]>("Dilations", []));
        Assert.Equal(2, model.Layers[2].Get("Groups", 1));
        Assert.Equal("first", model.Layers[0].Get("Name", ""));
        Assert.Equal(Activation.Relu6, model.Layers[0].Get("activation", Activation.Identity));
    }

    [Fact]
    public void TheMultiplierIsThatOfTheFiltersAndNotOfTheOptions()
    {
        ImportedModel model = Read("depthwise");
        Assert.All(model.Layers, layer => Assert.Equal("DepthwiseConv2D", layer.Attribute));
        Assert.Equal([3, 1, 1], model.Layers.Select(layer => layer.Get("Multiplier", 1)));
        Assert.Equal([3, 2, 2, 3], model.Tensors[0].Shape);
    }

    [Fact]
    public void ZerosAroundAValueArePartOfTheLayerBehind()
    {
        ImportedModel model = Read("borders");
        Assert.Equal(["Conv2D", "MaxPool2D", "AveragePool2D", "DepthwiseConv2D"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal([[1, 1, 1, 1], [1, 1, 0, 2], [1, 1, 1, 1], [1, 1, 0, 1]], model.Layers.Select(layer => layer.Get<int[]>("Pads", [])));
        Assert.True(model.Layers[2].Get("CountPadding", false));
    }

    [Fact]
    public void ZerosBeforeASignalStayWithItsTimeAxis()
    {
        ImportedModel model = Read("signal");
        ImportedLayer causal = model.Layers.First(layer => layer.Attribute == "Conv2D");
        Assert.Equal([0, 0, 4, 0], causal.Get<int[]>("Pads", []));
        ImportedLayer each = model.Layers.Single(layer => layer.Attribute == "Dense");
        Assert.True(each.Get("PerStep", false));
        Assert.Equal([4, 2], model.OutputShape);
    }

    [Fact]
    public void SeveralOutputsAreOneNetworkWhereBothAreAskedFor()
    {
        Fixture policy = Fixture.Load("TfLite", "two-policy");
        Fixture value = Fixture.Load("TfLite", "two-value");
        ImportedModel model = ModelFile.Read(policy.Path, null, "policy, value");
        Assert.Equal(["serving_default_x:0", "serving_default_speed:0"], model.Inputs.Select(port => port.Name));
        Assert.Equal(["policy", "value"], model.Outputs.Select(port => port.Name));
        Assert.Equal("policy, value", model.Output);
        Assert.Empty(model.OtherOutputs);
        double[] expected = [.. policy.Outputs.Zip(value.Outputs, (first, second) => first.Concat(second)).SelectMany(row => row)];
        Approx.Equal(expected, NaiveModel.Forward(model, policy.FlatInputs), 1e-12, "two");
        double[] turned = [.. policy.Outputs.Zip(value.Outputs, (first, second) => second.Concat(first)).SelectMany(row => row)];
        Approx.Equal(turned, NaiveModel.Forward(ModelFile.Read(policy.Path, null, "value, policy"), policy.FlatInputs), 1e-12, "two, turned");
    }

    [Fact]
    public void SeveralOutputsAreOfferedTogetherAndNotChosen()
    {
        string message = Assert.Throws<ModelFileException>(() => Read("two")).Message;
        Assert.Contains("it must have one output, and has 2: 'policy', 'value'.", message);
        Assert.Contains("'policy' of shape [batch, 3], 'value' of shape [batch, 1], 'policy, value' of shape [batch, 4]", message);
        string path = Path.Combine(Fixture.Folder("TfLite"), "two.tflite");
        Assert.Contains("'speed' is no tensor that its operators write", Assert.Throws<ModelFileException>(() => ModelFile.Read(path, null, "policy, speed")).Message);
        Assert.Contains("'policy, policy' names one output twice", Assert.Throws<ModelFileException>(() => ModelFile.Read(path, null, "policy, policy")).Message);
    }

    [Fact]
    public void InputsThatAnOutputDoesNotNeedAreLeftOut() =>
        Assert.Equal([4, 4, 1], ModelFile.Read(Path.Combine(Fixture.Folder("TfLite"), "two.tflite"), null, "model/conv_2d_0/CONV_2D").InputShape);

    [Theory]
    [InlineData("hybrid", true)]
    [InlineData("int8-conv", false)]
    [InlineData("float16", false)]
    [InlineData("conv", false)]
    public void WeightsOfWholeNumbersInAGraphOfOthersAreNoted(string name, bool isHybrid) =>
        Assert.Equal(isHybrid, Read(name).Notes.Any(note => note.StartsWith("The file holds weights of whole numbers", StringComparison.Ordinal)));

    private static ImportedModel Read(string name) => ModelFile.Read(Path.Combine(Fixture.Folder("TfLite"), name + ".tflite"));
}
