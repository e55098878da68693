using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Pools of ONNX files, drawn at random over everything that their attributes can say, against ONNX Runtime.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingPoolTests
{
    public static TheoryData<string, int, string> Pools =>
        new MatrixTheoryData<string, int, string>(["MaxPool", "AveragePool"], [1, 2, 3], ["pads", "VALID", "SAME_UPPER", "SAME_LOWER"]);

    [Theory]
    [MemberData(nameof(Pools))]
    public void APoolIsThatOfOnnxRuntime(string op, int rank, string padding)
    {
        Random random = new(rank * 100);
        for (int i = 0; i < 40; i++)
        {
            bool isSame = padding.StartsWith("SAME", StringComparison.Ordinal);
            bool roundsUp = !isSame && random.Next(2) == 0;
            long[] extents = Draw(random, rank, 3, rank == 3 ? 6 : 10);
            long[] kernel = Draw(random, rank, 1, 4);
            long[] strides = [.. kernel.Select(taps => (long)random.Next(1, isSame ? (int)taps + 1 : 4))];
            long[] dilations = isSame || random.Next(2) == 0 ? Draw(random, rank, 1, 2) : Draw(random, rank, 1, 3);
            long[] pads = [.. Enumerable.Range(0, 2 * rank).Select(end => (long)random.Next((int)kernel[end % rank]))];
            for (int axis = 0; axis < rank; axis++)
                extents[axis] = Math.Max(extents[axis], isSame ? 1 : ((kernel[axis] - 1) * dilations[axis]) + 1);
            NodeProto node = OnnxModels.Node(op, "pool", "y", "x").WithInts("kernel_shape", kernel);
            if (random.Next(4) > 0)
                node.WithInts("strides", strides);
            if (dilations.Max() > 1)
                node.WithInts("dilations", dilations);
            _ = padding == "pads" ? node.WithInts("pads", pads) : node.WithText("auto_pad", padding);
            if (roundsUp)
                node.With("ceil_mode", 1L);
            if (op == "AveragePool" && random.Next(2) == 0)
                node.With("count_include_pad", 1L);
            byte[] file = OperatorModels.File([node], [], [random.Next(1, 4), .. extents], opset: 19);
            OperatorModels.MustAgree(random, file, node.ToString());
        }
    }

    [Theory]
    [InlineData("GlobalMaxPool", 1)]
    [InlineData("GlobalMaxPool", 3)]
    [InlineData("GlobalAveragePool", 1)]
    [InlineData("GlobalAveragePool", 2)]
    public void AGlobalPoolIsThatOfOnnxRuntime(string op, int rank)
    {
        Random random = new(rank);
        long[] shape = [5, .. Enumerable.Range(3, rank).Select(extent => (long)extent)];
        byte[] file = OperatorModels.File([OnnxModels.Node(op, "pool", "y", "x")], [], shape, opset: 13);
        OperatorModels.MustAgree(random, file, op);
        Assert.Equal([5, .. Enumerable.Repeat(1, rank)], OperatorModels.Open(file).RunEach(new double[shape.Aggregate(1, (product, extent) => product * (int)extent)])[0].Shape);
    }

    /// <summary>By PyTorch's definition; by hand, over [1 … 5] with windows of 3 that move by 2.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, new[] { 2.0, 4 })]
    [InlineData(1, 0, 0, 0, new[] { 2.0, 4 })]
    [InlineData(1, 1, 1, 0, new[] { 1.5, 3, 4.5 })]
    [InlineData(1, 1, 1, 1, new[] { 1.0, 3, 3 })]
    [InlineData(0, 1, 0, 0, new[] { 1.5, 3 })]
    [InlineData(0, 1, 0, 1, new[] { 1.0, 3 })]
    [InlineData(1, 1, 0, 0, new[] { 1.5, 3, 4.5 })]
    [InlineData(1, 1, 0, 1, new[] { 1.0, 3, 4.5 })]
    public void AnAverageDividesByWhatCounts(long roundsUp, long before, long after, long countsPadding, double[] expected)
    {
        NodeProto node = OnnxModels.Node("AveragePool", "pool", "y", "x").WithInts("kernel_shape", 3).WithInts("strides", 2).WithInts("pads", before, after)
            .With("ceil_mode", roundsUp).With("count_include_pad", countsPadding);
        Approx.Equal(expected, OperatorModels.Open(OperatorModels.File([node], [], [1, 5], opset: 13)).Run([1, 2, 3, 4, 5]), 1e-15, node.ToString());
    }

    [Fact]
    public void NotANumberIsTheGreatestAndPaddingIsNever()
    {
        NodeProto node = OnnxModels.Node("MaxPool", "pool", "y", "x").WithInts("kernel_shape", 2).WithInts("strides", 2).WithInts("pads", 1, 0);
        ModelReading reading = OperatorModels.Open(OperatorModels.File([node], [], [1, 5], opset: 13));
        Assert.Equal([-1, -2, double.NaN], reading.Run([-1, -3, -2, 5, double.NaN]));
        Assert.Equal([double.NegativeInfinity, double.NaN, 2], reading.Run([double.NegativeInfinity, double.NaN, 1, 2, 1]));
    }

    [Theory]
    [InlineData("kernel_shape of 2 axes", "a window of shape [2, 2] does not fit a value of shape [1, 1, 4]")]
    [InlineData("padding alone", "its window lies over padding alone at one of its places")]
    [InlineData("no kernel_shape", "it names no kernel_shape")]
    [InlineData("strides over the end", "its auto_pad SAME_UPPER means a padding below 0, since strides of 3 leave out the end of an axis of 5")]
    [InlineData("too large", "a window of 5 does not fit an axis of 4")]
    public void WhatDoesNotFitIsRefused(string kind, string problem)
    {
        NodeProto node = OnnxModels.Node("MaxPool", "pool", "y", "x");
        _ = kind switch
        {
            "kernel_shape of 2 axes" => node.WithInts("kernel_shape", 2, 2),
            "padding alone" => node.WithInts("kernel_shape", 2).WithInts("pads", 3, 0),
            "strides over the end" => node.WithInts("kernel_shape", 1).WithInts("strides", 3).WithText("auto_pad", "SAME_UPPER"),
            "too large" => node.WithInts("kernel_shape", 5),
            _ => node,
        };
        long[] sample = [1, kind == "strides over the end" ? 5 : 4];
        Assert.Equal($"model.onnx: node 'pool' (MaxPool): {problem}.", OperatorModels.Refuse(OperatorModels.File([node], [], sample, opset: 13)));
    }

    /// <summary>Where a maximum stands is another output, which is refused where it is wanted.</summary>
    [Fact]
    public void PlacesOfMaximaAreRefused()
    {
        NodeProto node = OnnxModels.Node("MaxPool", "pool", "y", "x").WithInts("kernel_shape", 2);
        node.Output.Add("places");
        byte[] file = OperatorModels.File([node], [], [1, 4], opset: 13);
        Assert.Equal([2, 3, 3], OperatorModels.Open(file).Run([1, 2, 3, 0]));
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OperatorModels.Open(file, "places").Run(new double[4]));
        Assert.Equal("model.onnx: node 'pool' (MaxPool): its output 1, 'places', is not supported.", refused.Message);
    }

    private static long[] Draw(Random random, int count, int least, int beyond) => [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(least, beyond))];
}
