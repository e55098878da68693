using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Versions of the standard operator set: those that are known, and those that are not published yet.</summary>
public sealed class OnnxOperatorSetTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(28)]
    public void KnownOnesAreRead(long version) => Assert.Equal([4], OnnxModels.Read(Model(version)).InputShape);

    [Theory]
    [InlineData(29, "versions up to 28 are known")]
    [InlineData(long.MaxValue, "versions up to 28 are known")]
    [InlineData(0, "does not exist")]
    [InlineData(-1, "does not exist")]
    public void OthersAreRefused(long version, string message)
    {
        string refusal = OnnxModels.Refuse(Model(version));
        Assert.Contains($"it uses version {version} of the standard operator set", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    private static ModelProto Model(long version)
    {
        ModelProto model = OnnxModels.Gemm(OnnxModels.Floats("w", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8));
        model.OpsetImport[0].Version = version;
        return model;
    }
}
