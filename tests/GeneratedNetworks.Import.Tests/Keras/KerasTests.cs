using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GeneratedNetworks.Import.Tests.Formats;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Keras;

public sealed class KerasTests
{
    public static TheoryData<string> Names => [.. Fixture.Names("Keras")];

    [Theory]
    [MemberData(nameof(Names))]
    public void AModelGivesTheNumbersOfItsLayers(string name) => FixtureChecks.Naive(Load(name), name);

    [Fact]
    public void GeneratedCodeGivesTheNumbersOfTheLayers() => FixtureChecks.Generated([.. Fixture.Names("Keras").Select(name => (name, Load(name)))]);

    [Theory]
    [InlineData("sequential-2", "Keras 2, h5", "hidden.weight hidden.bias scores.weight scores.bias")]
    [InlineData("oldest", "Keras 1, h5", "dense_1.weight")]
    [InlineData("hdf5-3", "Keras 3, h5", "dense.weight dense.bias")]
    [InlineData("layers-3", "Keras 3, keras", "rescaling.mean rescaling.deviation first.weight first.bias second.weight norm.gamma norm.beta norm.mean norm.variance third.weight third.bias")]
    [InlineData("packed-2", "Keras 2, h5", "standard.gamma standard.beta standard.mean standard.variance wide.weight wide.bias middle.mean middle.variance out.weight out.bias")]
    public void TheFormatIsSaidAndLayersKeepTheirNames(string name, string format, string tensors)
    {
        ImportedModel model = ModelFile.Read(Load(name).Path);
        Assert.Equal(format, model.Format);
        Assert.Equal(tensors.Split(' '), model.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void KernelsStayAsTheyAre()
    {
        ImportedTensor weight = ModelFile.Read(Load("sequential-2").Path).Tensors[0];
        Assert.Equal([4, 8], weight.Shape);
        byte[] content = Content("sequential-2.h5");
        byte[] kernel = new byte[weight.Values!.Length * sizeof(float)];
        for (int i = 0; i < weight.Values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(kernel.AsSpan(i * sizeof(float)), (float)weight.Values[i]);
        Assert.True(content.AsSpan().IndexOf(kernel) > 0);
    }

    [Fact]
    public void DropoutIsKeptForTraining()
    {
        ImportedModel model = ModelFile.Read(Load("sequential-2").Path);
        Assert.Equal(["Dense", "Dropout", "Dense"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal(0.25, model.Layers[1].Get("rate", 0.0));
    }

    [Theory]
    [InlineData("refused-conv.h5", "layer 'conv3d' (Conv3D) is not supported; supported are Activation, Add, AlphaDropout, Average, AveragePooling1D")]
    [InlineData("refused-hard-sigmoid.h5", "layer 'dense' (Dense) has the activation 'hard_sigmoid' of Keras 2, clip(0.2·x + 0.5, 0, 1); that of")]
    [InlineData("refused-exponential.h5", "layer 'dense' (Dense) has the activation 'exponential', which is not supported; supported are elu, gelu,")]
    [InlineData("refused-slope.h5", "layer 're_lu' (ReLU) has the slope 0, the threshold 0.5 and the maximum")]
    [InlineData("refused-channels-first.h5", "layer 'conv2d' (Conv2D) has its channels first, which moves elements; channels_last is supported")]
    [InlineData("refused-slopes.h5", "layer 'slopes' (PReLU) has slopes of shape [1, 4, 2] for a value of shape [4, 4, 2]; one for all, for each channel")]
    [InlineData("refused-zeros.h5", "'zeros': it puts zeros around its value, and only a convolution or pool that reads it can take them up")]
    [InlineData("refused-moved.h5", "layer 'turned' (Permute) gives the axes of a value of shape [4, 2] the order [2, 1], which moves elements")]
    [InlineData(
        "refused-shape.h5",
        "'kernel' of layer 'dense' (Dense), at 'model_weights/dense/dense/kernel:0', has the shape [4, 4]; [5, 4] is expected")]
    [InlineData("refused-axis.h5", "layer 'norm' (BatchNormalization) runs over the axis [1] of a value of shape [3, 4] behind the batch; the last is supported")]
    [InlineData("refused-weights.h5", "it holds no architecture: the attribute 'model_config' is missing")]
    [InlineData("refused-branch.h5", "layer 'maximum' (Maximum) is not supported; supported are Activation, Add,")]
    [InlineData("refused-lstm-gates.h5", "layer 'lstm' (LSTM) has gates of hard_sigmoid, clip(0.2·x + 0.5, 0, 1), the default of Keras before 2.3")]
    [InlineData("refused-lstm-backwards.h5", "layer 'lstm' (LSTM) reads its sequence from the end, and a layer here goes forward (go_backwards = true)")]
    [InlineData("refused-lstm-stateful.h5", "layer 'lstm' (LSTM) keeps its state from one batch to the next by itself")]
    [InlineData("refused-lstm-state.h5", "layer 'lstm' (LSTM) gives its state beside its value")]
    [InlineData("refused-bidirectional.h5", "layer 'both' (Bidirectional) reads its sequence from both ends")]
    [InlineData("refused-masking.h5", "layer 'masking' (Masking) leaves out steps by their values")]
    [InlineData("refused-mask-zero.h5", "layer 'words' (Embedding) leaves out the steps whose number is 0 (mask_zero = true)")]
    [InlineData("refused-link.h5", "its HDF5 structure has a message of type 2, which is damaged or not supported")]
    [InlineData("refused-soft-link.h5", "it has HDF5 links by name, which are not supported")]
    [InlineData("refused-data.h5", "its HDF5 structure has a message of type 7, which is damaged or not supported")]
    [InlineData(
        "refused-name.keras",
        "in 'model.weights.h5', 'kernel' of layer 'mine' (Dense) should be in 'layers/dense/vars', which belongs to the layer 'another'")]
    [InlineData("refused-nested.h5", "layer 'encoder' (Sequential) is not supported; supported are Activation, Add,")]
    [InlineData("refused-nested.keras", "layer 'encoder' (Sequential) is not supported; supported are Activation, Add,")]
    [InlineData(
        "refused-int8.keras",
        "in 'model.weights.h5', 'kernel' of layer 'dense' (Dense), at 'layers/dense/vars/0', holds elements of 1 bytes of the class FixedPoint; floating-point numbers of 2, 4 or 8 bytes are supported")]
    [InlineData("refused-class.keras", "it is a model of the class 'MyModel'; Sequential and Functional are supported")]
    public void WhatIsNotSupportedIsNamed(string file, string problem) => Assert.StartsWith(problem, FixtureChecks.Refusal(file, Content(file)));

    [Fact]
    public void AForeignFileIsRefused()
    {
        Assert.Contains("it is no HDF5 file", FixtureChecks.Refusal("a.h5", new byte[1000]));
        Assert.Contains("it is no HDF5 file", FixtureChecks.Refusal("a.hdf5", []));
        Assert.Contains("it is no archive, or damaged", FixtureChecks.Refusal("a.keras", new byte[1000]));
        Assert.Contains("holds no 'config.json'", FixtureChecks.Refusal("a.keras", Archive(("other.json", "{}"u8.ToArray()))));
        Assert.Contains("holds no 'model.weights.h5'", FixtureChecks.Refusal("a.keras", Archive(("config.json", "{}"u8.ToArray()))));
    }

    [Fact]
    public void TheNewestHdfLayoutIsRefusedWithItsVersion()
    {
        byte[] content = Content("sequential-2.h5");
        content[8] = 3;
        Assert.StartsWith("its HDF5 superblock has version 3", FixtureChecks.Refusal("latest.h5", content));
    }

    [Theory]
    [InlineData("sequential-2.h5", 7)]
    [InlineData("packed-2.h5", 61)]
    [InlineData("chunks-3.keras", 3)]
    public void ATruncatedFileIsRefused(string file, int step) => FixtureChecks.Truncated("cut" + Path.GetExtension(file), Content(file), step);

    [Fact]
    public void ANumberThatIsNoneIsPassedOn()
    {
        byte[] content = Content("sequential-2.h5");
        byte[] first = BitConverter.GetBytes((float)ModelFile.Read(Load("sequential-2").Path).Tensors[0].Values![0]);
        int start = content.AsSpan().IndexOf(first);
        BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(start), float.NaN);
        Assert.True(double.IsNaN(FixtureChecks.Read("nan.h5", content).Tensors[0].Values![0]));
    }

    [Fact]
    public void AnArchiveThatUnpacksToFarMoreIsRefused()
    {
        // Sixteen megabytes of zeros are sixteen kilobytes in an archive.
        byte[] bomb = Archive(("config.json", new byte[1 << 24]));
        Assert.InRange(bomb.Length, 0, 1 << 16);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("'config.json' unpacks to more than", FixtureChecks.Refusal("bomb.keras", bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 22);
    }

    /// <summary>What a configuration of a few bytes in the archive may hold besides is bounded, and so is what it takes to read it: an object takes far more than its two letters.</summary>
    [Theory]
    [InlineData(900_000, null)]
    [InlineData(4_000_000, "'config.json' unpacks to more than")]
    public void AConfigurationOfManyThingsTakesLittle(int bytes, string? refusal)
    {
        string config = Encoding.UTF8.GetString(Entry(Content("chunks-3.keras"), "config.json"));
        string things = string.Concat(Enumerable.Repeat(",{}", bytes / 3));
        byte[] content = WithConfig($"{config[..config.LastIndexOf('}')]},\"more\":[0{things}]}}");
        Assert.InRange(content.Length, 0, 1 << 18);
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (refusal is null)
            Assert.NotEmpty(FixtureChecks.Read("many.keras", content).Layers);
        else
            Assert.Contains(refusal, FixtureChecks.Refusal("many.keras", content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 25);
    }

    [Fact]
    public void AChunkThatUnpacksToMoreThanItsSizeIsRefused()
    {
        // The kernel's own chunk is exchanged for zeros that are many times as many.
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            stream.Write(new byte[40_000]);
        byte[] bomb = packed.ToArray();
        byte[] weights = Entry(Content("chunks-3.keras"), "model.weights.h5");
        int chunk = weights.AsSpan().IndexOf<byte>([0x78, 0x5E]);
        Assert.True(chunk > 0);
        bomb.CopyTo(weights, chunk);
        byte[] archive = Archive(("config.json", Entry(Content("chunks-3.keras"), "config.json")), ("model.weights.h5", weights));
        Assert.Contains("cannot be read", FixtureChecks.Refusal("bomb.keras", archive));
    }

    [Theory]
    [InlineData("""{"class_name":"Sequential"}""", "its architecture has no configuration")]
    [InlineData(
        """{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{"name":"d"}}]}}""",
        "its architecture names no input shape")]
    [InlineData(
        """{"class_name":"Sequential","config":{"layers":[{"class_name":"Dense","config":{}}]}}""",
        "layer 0 (Dense) of its architecture has no name")]
    [InlineData("""{"class_name":"Sequential","config":{"build_input_shape":[null,null],"layers":[]}}""", "its input has the shape [null,null]; all axes but the first")]
    [InlineData(
        """{"class_name":"Sequential","config":{"build_input_shape":[null,null],"layers":[{"class_name":"Dense","config":{"name":"d","units":2}}]}}""",
        "its input has the shape [null,null]; all axes but the first")]
    [InlineData("""{"class_name":"Sequential","config":{"build_input_shape":[null,null,3],"layers":[]}}""", "its input leaves the number of its steps open")]
    [InlineData(
        """{"class_name":"Sequential","config":{"build_input_shape":[null,null],"layers":[{"class_name":"Embedding","config":{"name":"e","input_dim":5,"output_dim":2}}]}}""",
        "its input leaves the number of its steps open")]
    [InlineData("""{"class_name":"Functional","config":{"layers":[]}}""", "it must have one output, and has 0")]
    [InlineData(
        """{"class_name":"Sequential","config":{"build_input_shape":[null,3],"layers":[{"class_name":"Dropout","config":{"name":"d","rate":[]}}]}}""",
        "layer 'd' (Dropout) has rate = []; a number is expected")]
    [InlineData("""{"class_name":"\ud800"}""", "its architecture holds text that is not Unicode")]
    [InlineData("[[[", "its architecture is no JSON")]
    public void AnArchitectureThatMakesNoSenseIsRefused(string config, string problem)
    {
        byte[] archive = WithConfig(config);
        Assert.StartsWith(problem, FixtureChecks.Refusal("a.keras", archive));
    }

    [Fact]
    public void AnArchitectureThatClaimsAHugeInputCostsNoMemory()
    {
        string config = """
            {"class_name":"Sequential","config":{"build_input_shape":[null,1000000000],"layers":[{"class_name":"Rescaling","config":{"name":"r"}}]}}
            """;
        byte[] archive = WithConfig(config);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("too many for a file", FixtureChecks.Refusal("a.keras", archive));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 24);
    }

    private static Fixture Load(string name) => Fixture.Load("Keras", name);

    private static byte[] WithConfig(string config) =>
        Archive(("config.json", Encoding.UTF8.GetBytes(config)), ("model.weights.h5", Entry(Content("chunks-3.keras"), "model.weights.h5")));

    private static byte[] Content(string file) => File.ReadAllBytes(Path.Combine(Fixture.Folder("Keras"), file));

    private static byte[] Entry(byte[] archive, string name)
    {
        using ZipArchive zip = new(new MemoryStream(archive));
        using MemoryStream content = new();
        using Stream stream = zip.GetEntry(name)!.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream result = new();
        using (ZipArchive zip = new(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                stream.Write(content);
            }
        }

        return result.ToArray();
    }
}
