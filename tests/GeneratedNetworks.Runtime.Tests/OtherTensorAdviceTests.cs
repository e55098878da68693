namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Where a file calls its tensors otherwise, the call that reads it is spelled out if shapes leave no choice, and then it does.</summary>
public sealed class OtherTensorAdviceTests
{
    private const string Unknown = "the network has no parameter of that name";

    [Fact]
    public void Layers_are_told_by_their_shapes()
    {
        AdamNet trained = new(seed: 3);
        byte[] file = trained.SaveToBytes(new SaveOptions { Names = "dense1=fc1, dense2=fc2" });
        AssertFault(file, $"{Unknown}: Load(path, new LoadOptions {{ Names = \"dense1=fc1, dense2=fc2\" }}) reads its layers into the network's.");
        AdamNet loaded = new(seed: 4);
        loaded.Load(file, new LoadOptions { Names = "dense1=fc1, dense2=fc2" });
        Assert.Equal(trained.Predict([1, 2, 3, 4]), loaded.Predict([1, 2, 3, 4]));

        // One that has the network's name needs no other.
        AssertFault(trained.SaveToBytes(new SaveOptions { Names = "dense2=fc2" }), "{ Names = \"dense2=fc2\" }) reads");
    }

    [Fact]
    public void A_file_that_says_nothing_of_axes_is_read_as_its_shapes_say()
    {
        const string Fault = "Load(path, new LoadOptions { Names = \"dense1=0, dense2=2\", Order = WeightOrder.OutIn }) reads its layers into the network's.";
        byte[] file = SafeTensorsTests.FileOf(null, ("0.weight", "8,4"), ("0.bias", "8"), ("2.weight", "3,8"), ("2.bias", "3"));
        AssertFault(file, Fault);
        new AdamNet().Load(file, new LoadOptions { Names = "dense1=0, dense2=2", Order = WeightOrder.OutIn });

        // Asked for, the other order is none that may be proposed.
        AssertFault(
            file, new LoadOptions { Order = WeightOrder.InOut },
            "Names of LoadOptions says what the file calls the network's 'dense1', 'dense2'; not read yet are its '0', '2'.");
    }

    /// <summary>Where shapes fit both ways, the framework that wrote the file decides.</summary>
    [Theory]
    [InlineData("pt", ", Order = WeightOrder.OutIn")]
    [InlineData("np", "")]
    [InlineData(null, "")]
    public void A_square_weight_is_turned_as_its_framework_does(string? format, string order)
    {
        byte[] file = SafeTensorsTests.FileOf(format is null ? null : $"\"format\":\"{format}\"", ("fc.weight", "2,2"), ("fc.bias", "2"));
        AssertFault(new LinearNetwork<float>(2, 2), file, null, $"{Unknown}: Load(path, new LoadOptions {{ Names = \"dense1=fc\"{order} }}) reads its layers");
    }

    [Fact]
    public void An_order_that_the_file_states_is_kept()
    {
        byte[] file = SafeTensorsTests.FileOf("\"format\":\"pt\",\"generatednetworks.weight_order\":\"in,out\"", ("fc.weight", "2,2"), ("fc.bias", "2"));
        AssertFault(new LinearNetwork<float>(2, 2), file, null, "{ Names = \"dense1=fc\" }) reads its layers");
    }

    [Fact]
    public void Layers_that_the_network_lacks_are_passed_over()
    {
        byte[] file = SafeTensorsTests.FileOf(null, ("a.weight", "4,8"), ("a.bias", "8"), ("b.weight", "8,3"), ("b.bias", "3"), ("c.weight", "3,9"), ("c.bias", "9"));
        AssertFault(file, "{ Names = \"dense1=a, dense2=b\", AllowOtherTensors = true }) reads its layers into the network's.");
        new AdamNet().Load(file, new LoadOptions { Names = "dense1=a, dense2=b", AllowOtherTensors = true });

        byte[] more = SafeTensorsTests.FileOf(null, ("dense1.weight", "2,2"), ("dense1.bias", "2"), ("step", "1"));
        LinearNetwork<float> network = new(2, 2);
        AssertFault(network, more, null, $"{Unknown}; AllowOtherTensors = true passes over it.");
        network.Load(more, new LoadOptions { AllowOtherTensors = true });
    }

    /// <summary>Two layers of one shape could be exchanged without a word.</summary>
    [Fact]
    public void Layers_of_one_shape_are_not_guessed()
    {
        byte[] file = SafeTensorsTests.FileOf(null, ("a.weight", "3,3"), ("a.bias", "3"), ("b.weight", "3,3"), ("b.bias", "3"));
        const string Fault = ": Names of LoadOptions says what the file calls the network's 'dense1', 'dense2'; not read yet are its 'a', 'b'.";
        AssertFault(new TwinNet(), file, null, Unknown + Fault);

        // Nor one layer of the file for both.
        AssertFault(new TwinNet(), SafeTensorsTests.FileOf(null, ("a.weight", "3,3"), ("a.bias", "3")), null, ": Names of LoadOptions says what the file calls the network's 'dense1', 'dense2'; not read yet are its 'a'.");

        // Nor the first of two for one.
        AssertFault(new LinearNetwork<float>(3, 3), file, null, ": Names of LoadOptions says what the file calls the network's 'dense1'; not read yet are its 'a', 'b'.");

        // What is missing is told in the same words.
        AssertFault(
            new TwinNet(), file, new LoadOptions { AllowOtherTensors = true },
            "it is not in the file, but the network's 'dense1.weight' needs it" + Fault);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    public void A_name_that_no_list_can_hold_is_not_spelled_out(string layer) => AssertFault(
        new LinearNetwork<float>(2, 1), SafeTensorsTests.FileOf(null, (layer + ".weight", "2,1"), (layer + ".bias", "1")), null,
        $"Names of LoadOptions says what the file calls the network's 'dense1'; not read yet are its '{layer}'.");

    [Fact]
    public void Parts_of_other_names_need_another_option()
    {
        byte[] file = SafeTensorsTests.FileOf(null, ("dense1.kernel", "2,1"), ("dense1.b", "1"));
        LinearNetwork<float> network = new(2, 1);
        AssertFault(network, file, null, $"{Unknown}: NameInFile of LoadOptions says what the file calls the network's 'dense1'; not read yet are its 'dense1'.");
        network.Load(file, new LoadOptions { NameInFile = name => name.Replace("weight", "kernel").Replace("bias", "b") });
    }

    [Fact]
    public void Names_that_were_given_are_not_given_again()
    {
        byte[] file = new AdamNet().SaveToBytes(new SaveOptions { Names = "dense1=fc1, dense2=fc2" });
        const string Fault = "Names of LoadOptions says what the file calls the network's 'dense2'; not read yet are its 'fc2'.";
        AssertFault(file, new LoadOptions { Names = "dense1=fc1" }, Fault);
        AssertFault(file, new LoadOptions { NameInFile = name => name.Replace("dense1", "fc1") }, Fault);
    }

    [Fact]
    public void A_file_without_the_tensors_has_no_advice() => AssertFault(
        SafeTensorsTests.FileOf(null, ("dense1.weight", "4,8"), ("dense1.bias", "8")),
        "it is not in the file, but the network's 'dense2.weight' needs it.");

    [Fact]
    public void Of_many_layers_the_first_are_named()
    {
        (string, string)[] tensors = [.. Enumerable.Range(0, 11).Select(layer => ($"l{layer}.weight", "5,5"))];
        AssertFault(SafeTensorsTests.FileOf(null, tensors), "not read yet are its 'l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7' and 3 more.");
    }

    [Fact]
    public void A_normalization_that_is_not_declared_is_told()
    {
        AssertFault(
            new LinearNetwork<float>(2, 1), new NormalizedNet().SaveToBytes(), null,
            $"{Unknown}: the file's network began with [Normalize], 'normalize1', so write [Normalize] as the first layer, above the others; "
                + "AllowOtherTensors = true computes without it.");
        new NormalizedNet().Load(new NormalizedNet().SaveToBytes());
        new LinearNetwork<float>(2, 1).Load(new NormalizedNet().SaveToBytes(), new LoadOptions { AllowOtherTensors = true });

        byte[] behind = SafeTensorsTests.FileOf(null, ("dense1.weight", "2,1"), ("dense1.bias", "1"), ("scale.mean", "1"), ("scale.deviation", "1"));
        AssertFault(new LinearNetwork<float>(2, 1), behind, null, ": the file's network had [Normalize], 'scale', so write [Normalize] where it was; ");

        // Where the network has one that the file calls otherwise, it is a matter of names.
        byte[] renamed = new NormalizedNet().SaveToBytes(new SaveOptions { Names = "normalize1=input" });
        AssertFault(new NormalizedNet(), renamed, null, $"{Unknown}: Load(path, new LoadOptions {{ Names = \"normalize1=input\" }}) reads its layers into the network's.");
    }

    private static void AssertFault(byte[] file, string fault) => AssertFault(file, null, fault);

    private static void AssertFault(byte[] file, LoadOptions? options, string fault) => AssertFault(new AdamNet(seed: 1), file, options, fault);

    private static void AssertFault(INetwork<float> network, byte[] file, LoadOptions? options, string fault)
    {
        float[] before = new float[network.ParameterCount], after = new float[network.ParameterCount];
        network.GetParameters(before);
        Assert.Contains(fault, Assert.Throws<NetworkFileException>(() => network.Load(file, options)).Message);
        network.GetParameters(after);
        Assert.Equal(before, after);
    }
}

/// <summary>Two layers of one shape.</summary>
[GeneratedNetwork(3)]
[Dense(3, Activation.Tanh)]
[Dense(3)]
internal sealed partial class TwinNet;
