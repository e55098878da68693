using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Networks as values.</summary>
public class NetworkExtensionsTests
{
    [Fact]
    public void Predict_returns_what_Forward_writes()
    {
        AdamNet net = new(1);
        float[] one = net.Predict([1, 2, 3, 4]);
        float[] expected = new float[3];
        net.Forward([1, 2, 3, 4], expected);
        Assert.Equal(expected, one);
        Assert.Equal(6, net.Predict(new float[8]).Length);
        Assert.Empty(net.Predict([]));
        ArgumentException error = Assert.Throws<ArgumentException>("inputs", () => net.Predict(new float[9]));
        Assert.StartsWith("9 values are not a whole number of samples of 4 inputs.", error.Message);
    }

    [Fact]
    public void A_copy_has_the_same_bits_and_a_life_of_its_own()
    {
        AdamNet source = new(1), copy = new(2);
        copy.CopyFrom(source);
        Assert.Equal(Parameters(source), Parameters(copy));
        new AdamNet.Trainer(copy).Step([1, 2, 3, 4], [0, 1, 0]);
        Assert.NotEqual(Parameters(source), Parameters(copy));
        Assert.Equal(Parameters(new AdamNet(1)), Parameters(source));

        // Of another class with the same shapes too.
        NamedNet named = new(3);
        named.CopyFrom(source);
        Assert.Equal(Parameters(source), Parameters(named));
    }

    [Fact]
    public void Lerp_is_the_weighted_mean() =>
        Gen.Select(Gen.Double[-1e3, 1e3].Array[6], Gen.Double[-1e3, 1e3].Array[6], Gen.Double[0, 1]).Sample((from, to, amount) =>
        {
            LinearNetwork<double> network = new(2, 2), source = new(2, 2);
            from.CopyTo(network.Parameters, 0);
            to.CopyTo(source.Parameters, 0);
            network.Lerp(source, amount);
            for (int i = 0; i < 6; i++)
            {
                decimal exact = ((1 - (decimal)amount) * (decimal)from[i]) + ((decimal)amount * (decimal)to[i]);
                Assert.Equal((double)exact, network.Parameters[i], 1e-11);
            }

            Assert.Equal(to, source.Parameters);
        });

    [Fact]
    public void Lerp_reaches_both_ends_exactly_and_settles_on_its_target()
    {
        LinearNetwork<float> network = new(1, 1), source = new(1, 1);
        network.SetParameters([float.NaN, 3]);
        source.SetParameters([0.1f, float.PositiveInfinity]);
        network.Lerp(source, 0);
        Assert.Equal([float.NaN, 3], network.Parameters);
        network.Lerp(source, 1);
        Assert.Equal([0.1f, float.PositiveInfinity], network.Parameters);

        // The running mean of what does not move stays.
        source.SetParameters([0.1f, -0.7f]);
        network.SetParameters(source.Parameters);
        for (int i = 0; i < 1000; i++)
            network.Lerp(source, 0.005);
        Assert.Equal([0.1f, -0.7f], network.Parameters);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_written()
    {
        // As many parameters, in other shapes.
        LinearNetwork<float> network = new(1, 2), other = new(3, 1);
        ArgumentException error = Assert.Throws<ArgumentException>("source", () => network.CopyFrom(other));
        Assert.StartsWith("dense1.weight is [1, 2] here and [3, 1] in the source: both need the same layers.", error.Message);
        Assert.Throws<ArgumentException>("source", () => network.Lerp(other, 0.5));
        AdamNet two = new(1);
        error = Assert.Throws<ArgumentException>("source", () => two.CopyFrom(new LinearNetwork<float>(4, 8)));
        Assert.StartsWith("There are 4 tensors of parameters here and 2 in the source: both need the same layers.", error.Message);
        Assert.Contains("amount is 1.5", Assert.Throws<ArgumentOutOfRangeException>(() => network.Lerp(network, 1.5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Lerp(network, double.NaN));
        Assert.Throws<ArgumentNullException>("source", () => network.CopyFrom(null!));
        Assert.All(network.Parameters, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Copies_and_soft_updates_allocate_nothing()
    {
        AdamNet source = new(1), copy = new(2);
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            copy.CopyFrom(source);
            copy.Lerp(source, 0.1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Bytes_and_streams_hold_what_a_file_would()
    {
        using TemporaryFolder folder = new();
        AdamNet network = new(3);
        network.Save(folder["net"]);
        byte[] file = File.ReadAllBytes(folder["net"]);
        using MemoryStream stream = new();
        network.Save(stream);
        Assert.Equal(file, stream.ToArray());
        Assert.Equal(file, network.SaveToBytes());

        AdamNet fromBytes = new(4), fromStream = new(5);
        fromBytes.Load(file);
        stream.Position = 0;
        fromStream.Load(stream);
        Assert.Equal(Parameters(network), Parameters(fromBytes));
        Assert.Equal(Parameters(network), Parameters(fromStream));
        Assert.Throws<NetworkFileException>(() => fromBytes.Load(file[..^1]));
        Assert.Throws<ArgumentNullException>("bytes", () => fromBytes.Load((byte[])null!));
    }

    [Fact]
    public void Names_and_order_are_written_as_they_are_read()
    {
        AdamNet network = new(3);
        byte[] bytes = network.SaveToBytes(new SaveOptions { Names = " dense1 = 0; dense2=model.fc2,", Order = WeightOrder.OutIn });
        string header = System.Text.Encoding.UTF8.GetString(bytes, 8, (int)System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(bytes));
        Assert.Contains("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[8,4]", header);
        Assert.Contains("\"model.fc2.bias\":", header);

        // The file says its order: it need not be told.
        AdamNet loaded = new(4);
        loaded.Load(bytes, new LoadOptions { Names = "dense1=0, dense2=model.fc2" });
        Assert.Equal(Parameters(network), Parameters(loaded));
        loaded = new(4);
        loaded.Load(bytes, new LoadOptions { Names = "dense1=0, dense2=model.fc2", Order = WeightOrder.OutIn });
        Assert.Equal(Parameters(network), Parameters(loaded));

        static string Keras(string name) => name.Replace("weight", "kernel", StringComparison.Ordinal);
        loaded = new(4);
        loaded.Load(network.SaveToBytes(new SaveOptions { NameInFile = Keras }), new LoadOptions { NameInFile = Keras });
        Assert.Equal(Parameters(network), Parameters(loaded));
    }

    [Theory]
    [InlineData("dense1", "Names is a list of layer=name with each layer once, as in \"dense1=0, dense2=2\", and 'dense1' does not fit.")]
    [InlineData("dense1=a, dense1=b", "Names is a list of layer=name with each layer once, as in \"dense1=0, dense2=2\", and 'dense1=b' does not fit.")]
    [InlineData("dense3=a", "Names speaks of 'dense3', and no layer with parameters is called so; there are dense1, dense2.")]
    [InlineData("dense1=dense2", "Names gives two parameters the name 'dense2.weight'.")]
    public void Names_that_make_no_sense_are_refused(string names, string message)
    {
        AdamNet network = new(1);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("options", () => network.SaveToBytes(new SaveOptions { Names = names })).Message);
        byte[] bytes = network.SaveToBytes();
        Assert.StartsWith(message, Assert.Throws<ArgumentException>("options", () => network.Load(bytes, new LoadOptions { Names = names })).Message);
    }

    [Fact]
    public void One_way_of_naming_is_enough()
    {
        AdamNet network = new(1);
        SaveOptions options = new() { Names = "dense1=0", NameInFile = name => name };
        Assert.Contains("exclude each other", Assert.Throws<ArgumentException>("options", () => network.SaveToBytes(options)).Message);
        options = new() { NameInFile = _ => "__metadata__" };
        Assert.Contains("the format keeps that name", Assert.Throws<ArgumentException>("options", () => network.SaveToBytes(options)).Message);
        options = new() { NameInFile = _ => null! };
        Assert.Contains("gives 'dense1.weight' no name", Assert.Throws<ArgumentException>("options", () => network.SaveToBytes(options)).Message);
    }

    private static float[] Parameters(INetwork<float> network)
    {
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }
}
