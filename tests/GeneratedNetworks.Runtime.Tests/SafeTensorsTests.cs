using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class SafeTensorsTests
{
    [Fact]
    public void What_is_saved_is_loaded_bit_for_bit() =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 7], Gen.Bool, Gen.Float.Array[56]).Sample((inputs, outputs, outIn, values) =>
        {
            LinearNetwork<float> network = new(inputs, outputs);
            values.AsSpan(0, network.ParameterCount).CopyTo(network.Parameters);
            WeightOrder order = outIn ? WeightOrder.OutIn : WeightOrder.InOut;
            using MemoryStream stream = new();
            network.Save(stream, new SaveOptions { Order = order });
            stream.Position = 0;
            LinearNetwork<float> loaded = new(inputs, outputs);
            loaded.Load(stream, new LoadOptions { Order = order });
            Assert.Equal(network.Parameters.Select(BitConverter.SingleToInt32Bits), loaded.Parameters.Select(BitConverter.SingleToInt32Bits));
        });

    [Fact]
    public void The_bytes_are_what_the_format_says()
    {
        LinearNetwork<float> network = new(2, 1);
        network.SetParameters([1, 2, -1]);
        byte[] bytes = Save(network);
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"generatednetworks.weight_order":"in,out","generatednetworks.functions":"dense1=Identity"},"dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"""
                + """ "dense1.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""".TrimStart(),
            Encoding.UTF8.GetString(bytes, 8, (int)length).TrimEnd());
        Assert.Equal("0000803F00000040000080BF", Convert.ToHexString(bytes.AsSpan(8 + (int)length)));
    }

    [Fact]
    public void Large_tensors_go_through_in_pieces()
    {
        LinearNetwork<double> network = new(300, 200);
        for (int i = 0; i < network.ParameterCount; i++)
            network.Parameters[i] = Math.Sin(i);
        using TemporaryFolder folder = new();
        network.Save(folder["w.safetensors"]);
        LinearNetwork<double> loaded = new(300, 200);
        loaded.Load(folder["w.safetensors"]);
        Assert.Equal(network.Parameters, loaded.Parameters);
        using Trickle trickle = new(System.IO.File.ReadAllBytes(folder["w.safetensors"]));
        LinearNetwork<double> again = new(300, 200);
        again.Load(trickle, null);
        Assert.Equal(network.Parameters, again.Parameters);
    }

    [Fact]
    public void Weights_are_transposed_only_when_told()
    {
        byte[] torch = File(
            """{"fc.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"fc.bias":{"dtype":"F32","shape":[2],"data_offsets":[16,24]}}""",
            1, 2, 3, 4, 5, 6);
        LoadOptions options = new() { NameInFile = name => name.Replace("dense1", "fc", StringComparison.Ordinal) };
        LinearNetwork<float> network = new(2, 2);
        network.Load(new MemoryStream(torch), options);
        Assert.Equal([1f, 2, 3, 4, 5, 6], network.Parameters);
        options.Order = WeightOrder.OutIn;
        network.Load(new MemoryStream(torch), options);
        Assert.Equal([1f, 3, 2, 4, 5, 6], network.Parameters);
    }

    [Fact]
    public void A_file_that_states_its_order_is_not_read_in_the_other()
    {
        LinearNetwork<float> network = new(2, 2);
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => network.Load(new MemoryStream(Save(network)), new LoadOptions { Order = WeightOrder.OutIn }));
        Assert.Contains("weights are [in,out], but Order reads them as [out,in]; leave Order out.", error.Message);
    }

    [Fact]
    public void An_order_that_nobody_knows_is_told()
    {
        byte[] file = File(
            """{"__metadata__":{"generatednetworks.weight_order":"out,out"},"dense1.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"""
                + """ "dense1.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} """,
            1, 2);
        LinearNetwork<float> network = new(1, 1);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => network.Load(file));
        Assert.Contains("its metadata say that weights are [out,out], which is no order that is known.", error.Message);
        Assert.Equal([0f, 0], network.Parameters);
    }

    [Fact]
    public void Precision_is_converted_only_when_asked()
    {
        LinearNetwork<double> wide = new(2, 1);
        wide.SetParameters([0.1, 1e300, -2]);
        LinearNetwork<float> narrow = new(2, 1);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => narrow.Load(new MemoryStream(Save(wide)), null));
        Assert.Contains("holds F64 but the network F32; AllowConversion", error.Message);
        narrow.Load(new MemoryStream(Save(wide)), new LoadOptions { AllowConversion = true });
        Assert.Equal([0.1f, float.PositiveInfinity, -2], narrow.Parameters);
        narrow.SetParameters([0.1f, 3, -2]);
        wide.Load(new MemoryStream(Save(narrow)), new LoadOptions { AllowConversion = true });
        Assert.Equal([0.1f, 3, -2], wide.Parameters);
    }

    [Fact]
    public void Other_tensors_are_passed_over_only_when_asked()
    {
        byte[] file = File(
            """{"step":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"dense1.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"""
                + """ "empty":{"dtype":"F32","shape":[0],"data_offsets":[8,8]},"""
                + """ "dense1.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]}} """,
            9, 2, 3);
        LinearNetwork<float> network = new(1, 1);
        Assert.Equal("step", Assert.Throws<NetworkFileException>(() => network.Load(new MemoryStream(file), null)).Tensor);
        network.Load(new MemoryStream(file), new LoadOptions { AllowOtherTensors = true });
        Assert.Equal([3f, 2], network.Parameters);
    }

    [Fact]
    public void A_failed_save_keeps_the_old_file()
    {
        using TemporaryFolder folder = new();
        LinearNetwork<float> network = new(1, 1);
        network.Save(folder["w"]);
        byte[] before = System.IO.File.ReadAllBytes(folder["w"]);
        Assert.ThrowsAny<IOException>(() => network.Save(Path.Combine(folder["none"], "w")));
        Assert.Equal(before, System.IO.File.ReadAllBytes(folder["w"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Save(folder["w"], new SaveOptions { Order = (WeightOrder)2 }));
    }

    internal static byte[] Save<T>(INetwork<T> network)
        where T : struct
    {
        using MemoryStream stream = new();
        network.Save(stream);
        return stream.ToArray();
    }

    internal static byte[] File(string header, params float[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + (data.Length * 4)];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        for (int i = 0; i < data.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + json.Length + (i * 4)), data[i]);
        return file;
    }

    /// <summary>A file of zeros with tensors of some names and shapes, such as "2,3".</summary>
    internal static byte[] FileOf(string? metadata, params (string Name, string Shape)[] tensors)
    {
        List<string> entries = metadata is null ? [] : [$"\"__metadata__\":{{{metadata}}}"];
        int end = 0;
        foreach ((string name, string shape) in tensors)
        {
            int begin = end;
            end += sizeof(float) * shape.Split(',').Aggregate(1, (product, size) => product * int.Parse(size, CultureInfo.InvariantCulture));
            entries.Add($"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[{begin},{end}]}}");
        }

        return File("{" + string.Join(",", entries) + "}", new float[end / sizeof(float)]);
    }

    /// <summary>A stream that cannot seek and gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1000));
    }
}
