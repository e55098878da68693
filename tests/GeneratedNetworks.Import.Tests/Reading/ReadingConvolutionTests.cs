using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Tests.Onnx;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Convolutions of ONNX files, drawn at random over everything that their attributes can say, against ONNX Runtime.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingConvolutionTests
{
    /// <summary>Axes of positions, and how the padding is said.</summary>
    public static TheoryData<int, string> Paddings => new MatrixTheoryData<int, string>([1, 2, 3], ["pads", "VALID", "SAME_UPPER", "SAME_LOWER"]);

    [Theory]
    [MemberData(nameof(Paddings))]
    public void AConvolutionIsThatOfOnnxRuntime(int rank, string padding)
    {
        Random random = new(rank * 100);
        for (int i = 0; i < 30; i++)
        {
            int groups = random.Next(1, 4);
            (int inner, int each) = (random.Next(1, 4), random.Next(1, 4));
            long[] extents = Draw(random, rank, 3, rank == 3 ? 5 : 10);
            long[] kernel = Draw(random, rank, 1, 4);
            long[] strides = Draw(random, rank, 1, 4);
            long[] dilations = padding.StartsWith("SAME", StringComparison.Ordinal) ? Draw(random, rank, 1, 2) : Draw(random, rank, 1, 3);
            long[] pads = Draw(random, 2 * rank, 0, 3);
            for (int axis = 0; axis < rank; axis++)
            {
                // The window has to fit.
                long least = ((kernel[axis] - 1) * dilations[axis]) + 1;
                extents[axis] = Math.Max(extents[axis], padding == "pads" ? least - pads[axis] - pads[axis + rank] : padding == "VALID" ? least : 1);
            }

            bool isBiased = random.Next(2) == 0;
            NodeProto node = isBiased ? OnnxModels.Node("Conv", "conv", "y", "x", "w", "b") : OnnxModels.Node("Conv", "conv", "y", "x", "w");
            node.WithInts("strides", strides).WithInts("dilations", dilations).With("group", (long)groups);
            _ = padding == "pads" ? node.WithInts("pads", pads) : node.WithText("auto_pad", padding);
            if (random.Next(2) == 0)
                node.WithInts("kernel_shape", kernel);
            byte[] file = OperatorModels.File(
                [node], [random.Drawn("w", [groups * each, inner, .. kernel]), .. isBiased ? [random.Drawn("b", groups * each)] : Array.Empty<TensorProto>()], [groups * inner, .. extents], opset: 11);
            OperatorModels.MustAgree(random, file, node.ToString());
        }
    }

    /// <summary>The defaults of all attributes.</summary>
    [Fact]
    public void AConvolutionWithoutAttributesIsThatOfOnnxRuntime()
    {
        Random random = new(1);
        byte[] file = OperatorModels.File([OnnxModels.Node("Conv", "conv", "y", "x", "w")], [random.Drawn("w", 4, 3, 3, 2)], [3, 6, 5], opset: 1);
        OperatorModels.MustAgree(random, file, "no attributes");
    }

    /// <summary>Axes of positions, and what says how long the result is.</summary>
    public static TheoryData<int, string> Lengths => new MatrixTheoryData<int, string>([1, 2, 3], ["pads", "SAME_UPPER", "SAME_LOWER", "VALID", "shape", "shape SAME_UPPER"]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void ATransposedConvolutionIsThatOfOnnxRuntime(int rank, string length)
    {
        Random random = new(rank * 1000);
        for (int i = 0; i < 30; i++)
        {
            int groups = random.Next(1, 4);
            (int inner, int each) = (random.Next(1, 4), random.Next(1, 4));
            long[] extents = Draw(random, rank, 1, rank == 3 ? 4 : 6);
            long[] kernel = Draw(random, rank, 1, 5);
            long[] strides = Draw(random, rank, 1, 4);
            long[] dilations = Draw(random, rank, 1, 3);
            long[] more = [.. strides.Select(stride => (long)random.Next((int)stride))];
            long[] full = [.. extents.Select((extent, axis) => ((extent - 1) * strides[axis]) + ((kernel[axis] - 1) * dilations[axis]) + 1 + more[axis])];
            bool isBiased = random.Next(2) == 0;
            NodeProto node = isBiased ? OnnxModels.Node("ConvTranspose", "back", "y", "x", "w", "b") : OnnxModels.Node("ConvTranspose", "back", "y", "x", "w");
            node.WithInts("strides", strides).WithInts("dilations", dilations).With("group", (long)groups).WithInts("output_padding", more);
            if (length == "pads")
            {
                long[] pads = Draw(random, 2 * rank, 0, 3);
                for (int axis = 0; axis < rank; axis++)
                {
                    if (pads[axis] + pads[axis + rank] >= full[axis])
                        (pads[axis], pads[axis + rank]) = (0, 0);
                }

                node.WithInts("pads", pads);
            }
            else if (length.StartsWith("shape", StringComparison.Ordinal))
            {
                // One that is cut from the full result, or as long.
                node.WithInts("output_shape", [.. full.Select(extent => Math.Max(1, extent + random.Next(-3, 1)))]);
                if (length != "shape")
                    node.WithText("auto_pad", "SAME_UPPER");
            }
            else
            {
                node.WithText("auto_pad", length);
            }

            byte[] file = OperatorModels.File(
                [node], [random.Drawn("w", [groups * inner, each, .. kernel]), .. isBiased ? [random.Drawn("b", groups * each)] : Array.Empty<TensorProto>()], [groups * inner, .. extents], opset: 11);
            OperatorModels.MustAgree(random, file, node.ToString());
        }
    }

    [Fact]
    public void AResultThatIsLongerThanAllThatThereIsIsRefused()
    {
        NodeProto node = OnnxModels.Node("ConvTranspose", "back", "y", "x", "w").WithInts("output_shape", 8).WithInts("strides", 2);
        string message = OperatorModels.Refuse(OperatorModels.File([node], [new Random(1).Drawn("w", 1, 1, 3)], [1, 3], opset: 11));
        Assert.Equal("model.onnx: node 'back' (ConvTranspose): its output_shape asks for 8 elements along an axis that has 7 at most.", message);
    }

    [Theory]
    [InlineData("a kernel of other channels", "a kernel for 2 channels and 3 results, in 1 groups, does not fit a value of shape [1, 3, 5]")]
    [InlineData("a kernel of other axes", "weights of shape [3, 3, 2, 2] do not fit a value of shape [1, 3, 5]")]
    [InlineData("a kernel_shape of its own", "its kernel_shape [2] is not that of weights of shape [3, 3, 3]")]
    [InlineData("groups that do not divide", "in 2 groups, does not fit a value of shape [1, 3, 5]")]
    [InlineData("a window that does not fit", "a window of 9 does not fit an axis of 5")]
    [InlineData("too few strides", "its strides [1, 1] should be 1 numbers from 0 on")]
    [InlineData("no stride", "its window has 3 taps, stride 0 and dilation 1")]
    [InlineData("padding below 0", "its pads [-1, 0] should be 2 numbers from 0 on")]
    [InlineData("an unknown auto_pad", "its auto_pad 'SOMEHOW' is not known")]
    [InlineData("a bias of another length", "its bias of shape [2] does not fit 3 channels")]
    public void WhatDoesNotFitIsRefused(string kind, string problem)
    {
        Random random = new(1);
        NodeProto node = kind.Contains("bias", StringComparison.Ordinal) ? OnnxModels.Node("Conv", "conv", "y", "x", "w", "b") : OnnxModels.Node("Conv", "conv", "y", "x", "w");
        long[] weight = [3, 3, 3];
        switch (kind)
        {
            case "a kernel of other channels": weight = [3, 2, 3]; break;
            case "a kernel of other axes": weight = [3, 3, 2, 2]; break;
            case "a kernel_shape of its own": node.WithInts("kernel_shape", 2); break;
            case "groups that do not divide": node.With("group", 2L); break;
            case "a window that does not fit": node.WithInts("dilations", 4); break;
            case "too few strides": node.WithInts("strides", 1, 1); break;
            case "no stride": node.WithInts("strides", 0); break;
            case "padding below 0": node.WithInts("pads", -1, 0); break;
            case "an unknown auto_pad": node.WithText("auto_pad", "SOMEHOW"); break;
        }

        string message = OperatorModels.Refuse(OperatorModels.File([node], [random.Drawn("w", weight), random.Drawn("b", 2)], [3, 5], opset: 11));
        Assert.StartsWith("model.onnx: node 'conv' (Conv): ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    private static long[] Draw(Random random, int count, int least, int beyond) => [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(least, beyond))];
}
