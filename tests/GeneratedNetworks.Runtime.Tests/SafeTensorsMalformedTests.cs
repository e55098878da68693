using System.Buffers.Binary;
using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class SafeTensorsMalformedTests
{
    private const string Weight = """ "dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]} """;
    private const string WeightAt = """ "dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":""";
    private const string BiasAt = """ "dense1.bias":{"dtype":"F32","shape":[1],"data_offsets":""";
    private const string Bias = """ "dense1.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]} """;

    [Theory]
    [InlineData("", null, "expected '{' but the header ends")]
    [InlineData("[]", null, "expected '{' but found '['")]
    [InlineData("{", null, "expected '\"' but the header ends")]
    [InlineData("{}", "dense1.weight", "it is not in the file")]
    [InlineData("{} x", null, "expected the end of the header but found 'x'")]
    [InlineData("{" + Weight + "}", "dense1.bias", "it is not in the file")]
    [InlineData("{" + Weight + "," + Weight + "}", "dense1.weight", "the name occurs twice")]
    [InlineData("{" + Weight + "," + Bias + ",}", null, "expected '\"' but found '}'")]
    [InlineData("""{"dense1.weight":{}}""", "dense1.weight", "expected '\"' but found '}'")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2,1]}}""", "dense1.weight", "dtype, shape and two data_offsets are needed")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","dtype":"F32"}}""", "dense1.weight", "unexpected or repeated entry 'dtype'")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[8,0]}}""", "dense1.weight", "before their begin")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0]}}""", "dense1.weight", "two data_offsets are needed")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8,9]}}""", "dense1.weight", "at most 2 numbers")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[-2,1]}}""", "dense1.weight", "expected a non-negative integer but found '-'")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2.0,1],"data_offsets":[0,8]}}""", "dense1.weight", "expected ']' but found '.'")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[02,1],"data_offsets":[0,8]}}""", "dense1.weight", "cannot begin with 0")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "dense1.weight", "too large")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]},""" + "\"x\":{}}", "x", "expected '\"' but found '}'")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},""" + Bias + "}", "dense1.weight", "OutIn would")]
    [InlineData("""{"dense1.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},""" + Bias + "}", "dense1.weight", "shape [2] does not fit")]
    [InlineData("""{"dense1.weight":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,8]},""" + Bias + "}", "dense1.weight", "BF16 cannot be read")]
    [InlineData("{" + WeightAt + "[0,7]}," + BiasAt + "[7,12]}}", "dense1.weight", "needs 8 bytes but it has 7")]
    [InlineData("{" + WeightAt + "[0,8]}," + BiasAt + "[4,8]}}", "dense1.bias", "overlap")]
    [InlineData("{" + WeightAt + "[0,8]}," + BiasAt + "[9,13]}}", "dense1.bias", "leave a gap")]
    [InlineData("{" + WeightAt + "[4,12]}," + BiasAt + "[12,16]}}", "dense1.weight", "leave a gap")]
    [InlineData("""{"a\q":1}""", null, "no such escape")]
    [InlineData("""{"a\u12g4":1}""", null, "four hexadecimal digits")]
    [InlineData("""{"a\u12""", null, "four hexadecimal digits")]
    [InlineData("{\"a\nb\":1}", null, "a control character")]
    [InlineData("""{"__metadata__":{"a":1}}""", null, "expected '\"' but found '1'")]
    public void Malformed_headers_are_explained(string header, string? tensor, string problem)
    {
        NetworkFileException error = Refused(SafeTensorsTests.File(header, 1, 2, 3));
        Assert.Contains(problem, error.Message);
        Assert.Equal(tensor, error.Tensor);
    }

    [Fact]
    public void Names_may_be_escaped()
    {
        byte[] file = SafeTensorsTests.File("""{"dense1\u002eweight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},""" + Bias + "}  ", 1, 2, 3);
        LinearNetwork<float> network = new(2, 1);
        network.Load(new MemoryStream(file), null);
        Assert.Equal([1f, 2, 3], network.Parameters);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        byte[] file = SafeTensorsTests.File("{\"ab\":1}");
        file[10] = 0xFF;
        Assert.Contains("not UTF-8", Refused(file).Message);
    }

    [Fact]
    public void Cut_anywhere_it_is_refused_with_the_place()
    {
        byte[] good = SafeTensorsTests.File("{" + Weight + "," + Bias + "}", 1, 2, 3);
        for (int length = 0; length < good.Length; length++)
        {
            NetworkFileException error = Refused(good[..length]);
            Assert.Equal(length < 8 ? 0 : length, error.Position);
            Assert.Contains(length == 0 ? "the file is empty" : length < 8 ? "this is no safetensors file" : "the file ends within", error.Message);
        }

        NetworkFileException longer = Refused([.. good, 0]);
        Assert.Equal(good.Length, longer.Position);
        Assert.Contains("bytes follow after the last tensor", longer.Message);
    }

    [Fact]
    public void Changed_anywhere_it_loads_or_is_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000], Gen.Byte).Sample((place1, value1, place2, value2) =>
        {
            byte[] file = SafeTensorsTests.File("{" + Weight + "," + Bias + "}", 1, 2, 3);
            file[place1 % file.Length] = value1;
            file[place2 % file.Length] = value2;
            LinearNetwork<float> network = new(2, 1);
            try
            {
                network.Load(new MemoryStream(file), null);
            }
            catch (NetworkFileException)
            {
                Assert.All(network.Parameters, p => Assert.Equal(0, p));
            }
        });

    [Fact]
    public void A_length_that_lies_costs_no_memory()
    {
        byte[] file = new byte[100];
        BinaryPrimitives.WriteInt64LittleEndian(file, 99_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("ends within its header of 99000000 bytes", Refused(file).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Assert.Contains("this is no safetensors file. Load reads what Save wrote", Refused(file).Message);

        // The same for a tensor of more elements than the file holds.
        string x = """ "x":{"dtype":"F32","shape":[1000000000],"data_offsets":[12,4000000012]} """;
        byte[] huge = SafeTensorsTests.File("{" + Weight + "," + Bias + "," + x + "}", 1, 2, 3);
        before = GC.GetAllocatedBytesForCurrentThread();
        LinearNetwork<float> network = new(2, 1);
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => network.Load(new MemoryStream(huge), new LoadOptions { AllowOtherTensors = true }));
        Assert.Equal("x", error.Tensor);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void The_file_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["w.safetensors"], "no");
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => new LinearNetwork<float>(2, 1).Load(folder["w.safetensors"]));
        Assert.StartsWith(folder["w.safetensors"] + ", byte 0: this is no safetensors file", error.Message);
    }

    private static NetworkFileException Refused(byte[] file)
    {
        LinearNetwork<float> network = new(2, 1);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => network.Load(new MemoryStream(file), null));
        Assert.All(network.Parameters, p => Assert.Equal(0, p));
        return error;
    }
}
