using GeneratedNetworks.Generator.Issues;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("digit.onnx", "digits.onnx")]
    [InlineData("digitss.onnx", "digits.onnx")]
    [InlineData("Digits.ONNX", "digits.onnx")]
    [InlineData("digtis.onnx", "digits.onnx")]
    [InlineData("digits.onxx", "digits.onnx")]
    [InlineData("digits2.onnx", "digits.onnx")]
    [InlineData("dagats.anyx", null)]
    [InlineData("net.onnx", "net.onnx")]
    [InlineData("nat.onnx", "net.onnx")]
    [InlineData("a.h5", null)]
    [InlineData("", null)]
    public void TheNearestWordIsFound(string word, string? nearest) =>
        Assert.Equal(nearest, Spelling.Nearest(word, ["net.onnx", "b.h", "digits1.onnx", "digits.onnx", "dogmas.tflite"]));

    /// <summary>Two neighbors that changed places are one slip, so that short words are found as well.</summary>
    [Theory]
    [InlineData("Tahn", "Tanh")]
    [InlineData("Rleu", "Relu")]
    [InlineData("Taxx", null)]
    [InlineData("Hnat", null)]
    public void SwappedLettersAreOneEdit(string word, string? nearest) => Assert.Equal(nearest, Spelling.Nearest(word, ["Tanh", "Relu"]));

    [Fact]
    public void OfEquallyNearWordsTheFirstInOrdinalOrderIsTaken() => Assert.Equal("nets", Spelling.Nearest("netx", ["nett", "nets"]));
}
