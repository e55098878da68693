using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>Zeros around a value wait for the convolution that takes them up; what may stand between is the same for every format.</summary>
public sealed class PadTests
{
    /// <summary>A signal (1, 2, 3) with zeros around it, and sums of two elements: an axis comes before the zeros are taken up, and zeros around zeros add up.</summary>
    [Fact]
    public void AxesOfOneElementMoveTheZerosAndOthersAddUp()
    {
        LayerChain chain = Chain([3]);
        chain.Pad("once", [1, 0]);
        chain.Pad("twice", [1, 1]);
        Assert.Equal([6], chain.Shape);
        chain.Reshape(null, [6, 1]);
        chain.Convolve("sums", Sums(1), [1, 1], null);
        ImportedModel model = chain.Build("a test");
        Assert.Equal([2, 1], model.Layers.Single(layer => layer.Attribute == "Conv1D").Get<int[]>("Pads", []));
        Assert.Equal([0, 1, 3, 5, 3], NaiveModel.Forward(model, [1, 2, 3]));
    }

    /// <summary>A limit that leaves 0 as it is changes nothing but what the zeros are around.</summary>
    [Fact]
    public void ALimitGoesUnderTheZeros()
    {
        LayerChain chain = Chain([3, 1]);
        chain.Pad(null, [1, 0, 0, 0]);
        chain.Clip(null, -1, 2);
        chain.Convolve("sums", Sums(1), [1, 1], null);
        Assert.Equal([-1, 1, 4], NaiveModel.Forward(chain.Build("a test"), [-5, 2, 3]));

        LayerChain other = Chain([3, 1]);
        other.Pad("zeros", [1, 0, 0, 0]);
        other.Clip(null, 1, 2);
        other.Convolve("sums", Sums(1), [1, 1], null);
        Assert.Contains("'zeros': it puts zeros around its value", Assert.Throws<ModelFileException>(() => other.Build("a test")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 0, 0 }, null, "'zeros': it puts zeros around its last axis, the channels")]
    [InlineData(new[] { 1, 0, 0, 0 }, new[] { 4, 2 }, "'shape': it makes the shape [4, 2] of a value with zeros around it, of shape [2, 4]")]
    [InlineData(new[] { -1, 0, 0, 0 }, null, "'zeros': the pads [-1, 0, 0, 0] do not fit a value of shape [1, 4]")]
    [InlineData(new[] { int.MaxValue, 0, 1, 0 }, null, "'zeros': the pads [2147483647, 0, 1, 0] are too large")]
    public void WhatNoWindowCanTakeUpIsRefused(int[] pads, int[]? shape, string expected)
    {
        ModelFileException refused = Assert.Throws<ModelFileException>(() =>
        {
            LayerChain chain = Chain([1, 4]);
            chain.Pad("zeros", pads);
            if (shape is not null)
                chain.Reshape("shape", shape);
            chain.Convolve("sums", Sums(chain.Shape[^1]), [.. Enumerable.Repeat(1.0, 2 * chain.Shape[^1])], null);
        });
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static LayerChain Chain(int[] shape) => new(new ModelSource("hand.test", [], null), shape);

    private static Convolution Sums(int channels) => new(ConvolutionKind.Full, WindowShape.Of([2]), channels, 1);
}
