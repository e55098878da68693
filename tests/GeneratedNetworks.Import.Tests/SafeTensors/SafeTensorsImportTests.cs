using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using GeneratedNetworks.Import.Tests.Formats;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.SafeTensors;

public sealed class SafeTensorsImportTests
{
    [Fact]
    public void TensorsAreAsTheFileHasThem()
    {
        ImportedModel model = ModelFile.Read(Path.Combine(Fixture.Folder("SafeTensors"), "types.safetensors"));
        Assert.Equal("safetensors", model.Format);
        Assert.Null(model.InputShape);
        Assert.False(model.HasArchitecture);
        Assert.Empty(model.Layers);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixture.Folder("SafeTensors"), "types.json")));
        Assert.Equal(7, model.Tensors.Count);
        foreach ((ImportedTensor tensor, JsonElement row) in model.Tensors.Zip(expected.RootElement.EnumerateArray()))
        {
            Assert.Equal(row.GetProperty("name").GetString(), tensor.Name);
            Assert.Equal(row.GetProperty("type").GetString(), tensor.ElementType);
            Assert.Equal(row.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32()), tensor.Shape);
            JsonElement values = row.GetProperty("values");
            Assert.Equal(
                values.ValueKind == JsonValueKind.Null ? null : [.. values.EnumerateArray().Select(value => value.GetDouble())], tensor.Values);
        }
    }

    [Theory]
    [InlineData("saved-in-out", "safetensors, weights [in, out]", new double[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("saved-out-in", "safetensors, weights [out, in]", new double[] { 1, 4, 2, 5, 3, 6 })]
    public void TheOrderOfWeightsThatSaveWroteIsSaid(string name, string format, double[] weight)
    {
        ImportedModel model = ModelFile.Read(Path.Combine(Fixture.Folder("SafeTensors"), name + ".safetensors"));
        Assert.Equal(format, model.Format);
        Assert.Equal(weight, model.Tensors[0].Values!);
        Assert.Equal([new("dense1", "Tanh")], model.Functions);
    }

    [Fact]
    public void FunctionsAreSaidOnlyWhereTheFileDoes() =>
        Assert.Empty(ModelFile.Read(Path.Combine(Fixture.Folder("SafeTensors"), "types.safetensors")).Functions);

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "tensor 'w': its shape [3] of F32 needs 12 bytes, but it has 8.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "tensor 'w': its data end at byte")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "4 bytes follow after the last tensor.")]
    [InlineData("""{"w":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}""", "tensor 'w': its shape [65536, 65536] has more than")]
    [InlineData("""{"w":{"dtype":"I8","shape":[4294967296],"data_offsets":[0,8]}}""", "tensor 'w': its shape [4294967296] has an extent above")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,8]}}""", "tensor 'w', byte")]
    [InlineData("""{"__metadata__":{"generatednetworks.functions":"dense1"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        "its metadata say that the functions behind its layers are 'dense1', which cannot be understood.")]
    [InlineData("[]", "byte 8: expected '{'")]
    public void AMalformedFileIsRefused(string header, string problem) =>
        Assert.StartsWith(problem, FixtureChecks.Refusal("w.safetensors", Build(header, 8)));

    [Fact]
    public void ATruncatedFileIsRefused() =>
        FixtureChecks.Truncated("cut.safetensors", File.ReadAllBytes(Path.Combine(Fixture.Folder("SafeTensors"), "types.safetensors")));

    [Fact]
    public void ANumberThatIsNoneIsPassedOn()
    {
        byte[] content = Build("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8);
        BinaryPrimitives.WriteSingleLittleEndian(content.AsSpan(content.Length - 8), float.NaN);
        Assert.Equal([double.NaN, 0], FixtureChecks.Read("nan.safetensors", content).Tensors[0].Values!);
    }

    private static byte[] Build(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. new byte[dataBytes]];
    }
}
