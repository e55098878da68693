using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>A saved file says what stood behind each layer, and is not loaded where something else does.</summary>
public sealed class LayerFunctionsTests
{
    private const string Key = "generatednetworks.functions";

    [Fact]
    public void A_file_says_what_stands_behind_each_layer()
    {
        // Dropout computes nothing outside training.
        Assert.Equal("dense1=Tanh, dense2=Softmax", Stated(new AdamNet().SaveToBytes()));
        Assert.Equal("hidden=Tanh, dense2=Softmax", Stated(new NamedNet().SaveToBytes()));
        Assert.Equal("dense1=Tanh, dense2=Identity", Stated(new RegressionNet().SaveToBytes()));
        Assert.Equal("normalize1=Clip, dense1=Relu6", Stated(new ImageNet().SaveToBytes()));
        Assert.Equal("=Clip, dense1=Tanh Clip, dense2=Sigmoid", Stated(new PartsNet().SaveToBytes()));
        Assert.Equal("fc=Tanh, dense2=Softmax", Stated(new AdamNet().SaveToBytes(new SaveOptions { Names = "dense1=fc" })));
        Assert.Equal(new AdamNet().SaveToBytes(), new AdamNet().SaveToBytes());
    }

    /// <summary>By the definition of the format: metadata are strings by name, and any number of them may stand there.</summary>
    [Fact]
    public void Other_readers_find_strings_among_the_metadata()
    {
        byte[] file = new AdamNet().SaveToBytes();
        using JsonDocument header = JsonDocument.Parse(Header(file));
        Assert.All(header.RootElement.GetProperty("__metadata__").EnumerateObject(), entry => Assert.Equal(JsonValueKind.String, entry.Value.ValueKind));
        Assert.Equal(["__metadata__", "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"], header.RootElement.EnumerateObject().Select(entry => entry.Name));
    }

    [Fact]
    public void Another_activation_is_not_loaded()
    {
        AdamNet trained = new(seed: 3);
        RmsPropNet other = new(seed: 4);
        float[] before = Values(other);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => other.Load(trained.SaveToBytes()));
        Assert.Contains("it was saved by a network with Tanh behind 'dense1', and 'GeneratedNetworks.Runtime.Tests.RmsPropNet' has Relu there", error.Message);
        Assert.Contains("set AllowOtherFunctions", error.Message);
        Assert.Equal(before, Values(other));
        other.Load(trained.SaveToBytes(), new LoadOptions { AllowOtherFunctions = true });
        Assert.Equal(Values(trained), Values(other));
    }

    [Fact]
    public void The_same_functions_fit_however_they_are_declared()
    {
        PartsNet trained = new(seed: 3);
        WholeNet same = new(seed: 4);
        same.Load(trained.SaveToBytes());
        Assert.Equal(Values(trained), Values(same));
        MomentumNet withoutDropout = new();
        withoutDropout.Load(new AdamNet(seed: 5).SaveToBytes());
        Assert.Equal(Values(new AdamNet(seed: 5)), Values(withoutDropout));
    }

    [Fact]
    public void Layers_are_known_by_the_files_names()
    {
        byte[] file = new AdamNet(seed: 3).SaveToBytes(new SaveOptions { Names = "dense1=a.b, dense2=head" });
        MomentumNet same = new();
        same.Load(file, new LoadOptions { Names = "dense1=a.b, dense2=head" });
        Assert.Equal(Values(new AdamNet(seed: 3)), Values(same));
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => new RmsPropNet().Load(file, new LoadOptions { NameInFile = name => name.Replace("dense1", "a.b").Replace("dense2", "head") }));
        Assert.Contains("Tanh behind 'a.b'", error.Message);
    }

    /// <summary>The function behind a normalization is its limit, which is an argument and not a layer.</summary>
    [Fact]
    public void Another_limit_of_a_normalization_is_told_as_such()
    {
        byte[] plain = new NormalizedNet(seed: 3).SaveToBytes();
        byte[] limited = new LimitedNet(seed: 3).SaveToBytes();
        LimitedNet other = new(seed: 4);
        float[] before = Values(other);
        Assert.Contains(
            "it was saved by a network with [Normalize], 'normalize1', without Clip, and 'GeneratedNetworks.Runtime.Tests.LimitedNet' has it with Clip, so that the same "
                + "parameters would give other outputs. Remove Clip, or set AllowOtherFunctions to load it as it is.",
            Assert.Throws<NetworkFileException>(() => other.Load(plain)).Message);
        Assert.Equal(before, Values(other));
        Assert.Contains(
            "with [Normalize], 'normalize1', with Clip, and 'GeneratedNetworks.Runtime.Tests.NormalizedNet' has it without Clip, so that the same parameters would give "
                + "other outputs. Declare it as it was trained, by [Normalize(Clip = …)] where that had one, or set AllowOtherFunctions",
            Assert.Throws<NetworkFileException>(() => new NormalizedNet().Load(limited)).Message);
        other.Load(plain, new LoadOptions { AllowOtherFunctions = true });
        Assert.Equal(Values(new NormalizedNet(seed: 3)), Values(other));
        other.Load(limited);
        Assert.Equal(Values(new LimitedNet(seed: 3)), Values(other));
    }

    [Fact]
    public void What_comes_before_all_parameters_counts_too()
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => new PartsNet().Load(With(new PartsNet().SaveToBytes(), "=Relu, dense1=Tanh Clip, dense2=Sigmoid")));
        Assert.Contains("with Relu before its first parameters, and 'GeneratedNetworks.Runtime.Tests.PartsNet' has Clip there", error.Message);
    }

    [Fact]
    public void Files_that_do_not_say_it_fit_any_functions()
    {
        byte[] file = With(new AdamNet(seed: 3).SaveToBytes(), null);
        Assert.Null(Stated(file));
        RmsPropNet network = new();
        network.Load(file);
        Assert.Equal(Values(new AdamNet(seed: 3)), Values(network));

        // Nor do those whose names would be read back as something else.
        byte[] odd = new AdamNet(seed: 3).SaveToBytes(new SaveOptions { Names = "dense1=a=b" });
        Assert.Null(Stated(odd));
        network.Load(odd, new LoadOptions { Names = "dense1=a=b" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("dense1")]
    [InlineData("dense1=")]
    [InlineData("dense1=Tanh, dense1=Tanh")]
    [InlineData("dense1=Tanh, ")]
    public void Nonsense_is_told(string text)
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => new AdamNet().Load(With(new AdamNet().SaveToBytes(), text)));
        Assert.Contains($"the functions behind its layers are '{text}', which cannot be understood", error.Message);
    }

    [Fact]
    public void A_layer_that_the_network_lacks_is_of_no_concern()
    {
        byte[] file = With(new MeanNet().SaveToBytes(), "dense1=Softmax, dense7=Relu");
        new MeanNet().Load(file);
    }

    private static float[] Values(INetwork<float> network)
    {
        float[] values = new float[network.ParameterCount];
        network.GetParameters(values);
        return values;
    }

    private static string? Stated(byte[] file)
    {
        using JsonDocument header = JsonDocument.Parse(Header(file));
        return header.RootElement.GetProperty("__metadata__").TryGetProperty(Key, out JsonElement value) ? value.GetString() : null;
    }

    private static string Header(byte[] file) => Encoding.UTF8.GetString(file, 8, (int)BinaryPrimitives.ReadInt64LittleEndian(file));

    /// <summary>The file with another text under the key, or without the key.</summary>
    private static byte[] With(byte[] file, string? functions)
    {
        string header = Header(file);
        string entry = $",\"{Key}\":\"{Stated(file)}\"";
        Assert.Contains(entry, header);
        byte[] text = Encoding.UTF8.GetBytes(header.Replace(entry, functions is null ? "" : $",\"{Key}\":\"{functions}\""));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. file.AsSpan(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))];
    }
}

[GeneratedNetwork(4)]
[Clip(-1, 1)]
[Dense(8, Activation.Tanh)]
[Clip(-0.5, 0.5)]
[Dense(2)]
[Activation(Activation.Sigmoid)]
internal sealed partial class PartsNet;

/// <summary>The functions of <see cref="PartsNet"/>, declared in other attributes.</summary>
[GeneratedNetwork(4)]
[Flatten]
[Clip(-1, 1)]
[Dense(8)]
[Activation(Activation.Identity)]
[Activation(Activation.Tanh)]
[Clip(-0.5, 0.5)]
[Dense(2, Activation.Sigmoid)]
internal sealed partial class WholeNet;

[GeneratedNetwork(2)]
[Normalize]
[Dense(1)]
internal sealed partial class NormalizedNet;

[GeneratedNetwork(2)]
[Normalize(Clip = 5)]
[Dense(1)]
internal sealed partial class LimitedNet;
