namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A file of other sizes is answered with the layers that it has, as far as its tensors tell them.</summary>
public sealed class FileLayersTests
{
    private const string Unsaid = ", each with the activation that it was trained with";

    [Fact]
    public void A_file_of_another_network_is_answered_with_its_layers()
    {
        using TemporaryFolder folder = new();
        AdamNet trained = new(seed: 3);
        trained.Save(folder["adam.safetensors"]);
        LinearNetwork<float> network = new(1, 1);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => network.Load(folder["adam.safetensors"]));
        Assert.Equal(
            folder["adam.safetensors"] + ", tensor 'dense1.weight': its shape [4, 8] does not fit dense1.weight [1, 1]: the file is of a network of other sizes. Load the file "
                + "that 'LinearNetwork' saved, or declare the layers that this file has: "
                + "[GeneratedNetwork(4)] [Dense(8, Activation.Tanh)] [Dense(3, Activation.Softmax)].",
            error.Message);
        Assert.NotEqual(0, error.Position);
        Assert.All(network.Parameters, value => Assert.Equal(0, value));

        // That is how MomentumNet is declared.
        MomentumNet declared = new();
        declared.Load(folder["adam.safetensors"]);
        Assert.Equal(trained.Predict([1, 2, 3, 4]), declared.Predict([1, 2, 3, 4]));
    }

    [Theory]
    [InlineData("dense1.weight:2,3 dense1.bias:3", "[GeneratedNetwork(2)] [Dense(3)]")]
    [InlineData("dense1.weight:2,3 dense2.weight:3,4 dense2.bias:4", "[GeneratedNetwork(2)] [Dense(3, UseBias = false)] [Dense(4)]")]
    [InlineData("dense1.weight:2,3 head.weight:3,4", "[GeneratedNetwork(2)] [Dense(3, UseBias = false)] [Dense(4, UseBias = false, Name = \"head\")]")]
    [InlineData("dense1.weight:2,3 normalize1.mean:3 normalize1.deviation:3", "[GeneratedNetwork(2)] [Dense(3, UseBias = false)] [Normalize]")]
    [InlineData("dense1.weight:2,3 dense2.weight:4,4", null)]
    [InlineData("dense1.weight:2,3 dense1.bias:4", null)]
    [InlineData("dense1.weight:2,3 dense1.gain:3", null)]
    [InlineData("dense1.weight:2,3 a.b.weight:3,1", null)]
    [InlineData("dense1.weight:2,3,5,5 dense1.bias:5", null)]
    [InlineData("dense1.weight:2,3 normalize1.mean:3", null)]
    [InlineData("dense1.weight:2,2 b.weight:2,2 c.weight:2,2 d.weight:2,2 e.weight:2,2 f.weight:2,2 g.weight:2,2 h.weight:2,2 i.weight:2,2", null)]
    public void What_the_tensors_tell_is_declared(string tensors, string? layers) =>
        AssertEnds(File(tensors, functions: null), null, layers is null ? "declare the layers that this file has." : $"declare the layers that this file has: {layers}{Unsaid}.");

    [Theory]
    [InlineData("dense1=Relu", "[GeneratedNetwork(2)] [Dense(3, Activation.Relu)]")]
    [InlineData("dense1=Identity", "[GeneratedNetwork(2)] [Dense(3)]")]
    [InlineData("dense7=Relu", "[GeneratedNetwork(2)] [Dense(3)]")]
    [InlineData("dense1=Tanh Clip", null)]
    [InlineData("dense1=1", null)]
    [InlineData("=Relu, dense1=Tanh", null)]
    public void Functions_are_those_that_the_file_says(string functions, string? layers) => AssertEnds(
        File("dense1.weight:2,3 dense1.bias:3", functions), null, layers is null ? "declare the layers that this file has." : $"declare the layers that this file has: {layers}.");

    [Fact]
    public void Axes_and_precision_are_those_that_were_read()
    {
        byte[] file = File("dense1.weight:2,3 dense1.bias:2", "dense1=Tanh");
        LoadOptions options = new() { Order = WeightOrder.OutIn, AllowConversion = true };
        const string Start = "does not fit dense1.weight [7, 7] read as [out, in]: the file is of a network of other sizes. Load the file that 'LinearNetwork' saved, or ";
        AssertEnds(file, options, Start + "declare the layers that this file has: [GeneratedNetwork(3)] [Dense(2, Activation.Tanh)].");
        string fault = Assert.Throws<NetworkFileException>(() => new LinearNetwork<double>(7, 7).Load(file, options)).Message;
        Assert.EndsWith(": [GeneratedNetwork(3, Precision = Precision.Double)] [Dense(2, Activation.Tanh)].", fault);
    }

    [Fact]
    public void Where_layers_have_other_names_in_the_file_none_are_declared()
    {
        byte[] file = File("dense1.weight:2,3 dense1.bias:3", "dense1=Tanh");
        AssertEnds(file, new LoadOptions { Names = "dense1=dense1" }, "or declare the layers that this file has.");
        AssertEnds(file, new LoadOptions { NameInFile = name => name }, "or declare the layers that this file has.");
    }

    [Fact]
    public void A_tensor_of_other_axes_is_of_other_layers() => AssertEnds(
        File("dense1.weight:6 dense1.bias:3", null), null,
        "its shape [6] does not fit dense1.weight [7, 7]: the file is of a network with other layers. Load the file that 'LinearNetwork' saved, or declare the layers that this file has.");

    private static void AssertEnds(byte[] file, LoadOptions? options, string end)
    {
        LinearNetwork<float> network = new(7, 7);
        string message = Assert.Throws<NetworkFileException>(() => network.Load(file, options)).Message;
        Assert.EndsWith(end, message);
        Assert.DoesNotContain("byte", message);
    }

    private static byte[] File(string tensors, string? functions) => SafeTensorsTests.FileOf(
        functions is null ? null : $"\"generatednetworks.functions\":\"{functions}\"",
        [.. tensors.Split(' ').Select(tensor => tensor.Split(':')).Select(tensor => (tensor[0], tensor[1]))]);
}
