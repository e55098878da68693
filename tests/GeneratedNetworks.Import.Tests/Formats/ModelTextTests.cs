using System.Runtime.InteropServices;

namespace GeneratedNetworks.Import.Tests.Formats;

public sealed class ModelTextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12_288)]
    [InlineData(12_289)]
    [InlineData(30_001)]
    public void TensorsOfAnyLengthAreOneLineOfBase64(int length)
    {
        double[] singles = [.. Enumerable.Range(0, length).Select(i => i * 0.25)];
        double[] doubles = [.. Enumerable.Range(0, length).Select(i => i / 3.0 + 0.1)];
        ImportedModel model = new("a test", null, [], [new("a", [length], "F32", singles), new("b", [length], "F64", doubles)]);
        StringWriter writer = new();
        ModelText.Write(writer, "a.test", model);
        string[] lines = writer.ToString().Split('\n');
        Assert.Equal($"tensor \"a\" F32 {length}", lines[3]);
        Assert.Equal(singles.Select(value => (float)value), MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(lines[4])).ToArray());
        Assert.Equal($"tensor \"b\" F64 {length}", lines[5]);
        Assert.Equal(doubles, MemoryMarshal.Cast<byte, double>(Convert.FromBase64String(lines[6])).ToArray());
        Assert.Equal(["end 2", ""], lines[7..]);
    }
}
