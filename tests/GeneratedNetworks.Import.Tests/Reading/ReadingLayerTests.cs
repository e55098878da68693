using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>Normalisations, paddings and joins of values of several axes, in the spellings of every operator set, against ONNX Runtime.</summary>
[Trait("Category", "Numeric")]
public sealed class ReadingLayerTests
{
    private static readonly long[] Image = [3, 4, 5];

    /// <summary>Nodes from x of [batch, 3, 4, 5] to y, and an operator set that has them.</summary>
    public static TheoryData<string, int> Cases => new()
    {
        { "BatchNormalization", 7 }, { "BatchNormalization", 9 }, { "BatchNormalization", 15 }, { "InstanceNormalization", 13 },
        { "LayerNormalization last", 17 }, { "LayerNormalization image", 17 },
        { "Pad attribute", 2 }, { "Pad input", 11 }, { "Pad input without a number", 13 }, { "Pad some axes", 18 }, { "Pad and cut", 13 },
        { "PRelu channels", 9 }, { "PRelu one", 7 }, { "PRelu all", 16 },
        { "ReduceMean attribute", 13 }, { "ReduceMean input", 18 }, { "ReduceMean all", 13 }, { "ReduceMean without axes", 18 },
        { "Add", 13 }, { "Sub", 14 }, { "Mul", 7 }, { "Div", 13 }, { "Sum", 13 }, { "Max", 13 }, { "Min", 13 }, { "Concat", 13 },
        { "Split", 13 }, { "Split attribute", 11 }, { "Slice", 13 }, { "Transpose", 13 }, { "Clip", 13 }, { "Gather", 13 }, { "known shapes", 13 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ANodeIsThatOfOnnxRuntime(string kind, int opset)
    {
        Random random = new(opset);
        (NodeProto[] nodes, TensorProto[] tensors) = Make(kind, random);
        OperatorModels.MustAgree(random, OperatorModels.File(nodes, tensors, Image, opset), $"{kind}, operator set {opset}");
    }

    /// <summary>Up to operator set 8, each element of a sample may have statistics of its own; ONNX Runtime has dropped it. By hand.</summary>
    [Fact]
    public void ABatchNormalisationOfElementsIsExecuted()
    {
        NodeProto node = OnnxModels.Node("BatchNormalization", "norm", "y", "x", "g", "b", "m", "v").With("spatial", 0L).With("epsilon", 0.0);
        byte[] file = OperatorModels.File(
            [node],
            [
                OnnxModels.Floats("g", [2, 1, 2], 1, 2, 3, 4), OnnxModels.Floats("b", [2, 1, 2], 0, 1, 0, -1), OnnxModels.Floats("m", [2, 1, 2], 1, 2, 3, 4),
                OnnxModels.Floats("v", [2, 1, 2], 1, 4, 0.25f, 16),
            ],
            [2, 1, 2], opset: 8);
        ModelReading reading = OperatorModels.Open(file);
        Approx.Equal([1, 3, -6, -2], reading.Run([2, 4, 2, 3]), 1e-15, "by hand");
        Assert.Equal([1, 2, 3, 4], reading.Domain.Center);
        Assert.Equal([1, 2, 0.5, 4], reading.Domain.Spread);
    }

    /// <summary>Each channel of an image has the statistics of its own.</summary>
    [Fact]
    public void InputsOfAnImageLieAroundTheStatisticsOfItsChannels()
    {
        NodeProto node = OnnxModels.Node("BatchNormalization", "norm", "y", "x", "g", "b", "m", "v");
        byte[] file = OperatorModels.File(
            [node], [OnnxModels.Floats("g", [2], 1, 1), OnnxModels.Floats("b", [2], 5, 5), OnnxModels.Floats("m", [2], 3, -8), OnnxModels.Floats("v", [2], 1, 1)], [2, 1, 3], opset: 9);
        Assert.Equal([3, 3, 3, -8, -8, -8], OperatorModels.Open(file).Domain.Center);
    }

    [Theory]
    [InlineData("reflect", "it pads by mode 'reflect'; only constant numbers are executed")]
    [InlineData("edge", "it pads by mode 'edge'; only constant numbers are executed")]
    [InlineData("wrong length", "its padding [1, 1] does not fit 4 axes of a value of shape [1, 3, 4, 5]")]
    [InlineData("nothing left", "it makes the shape [1, 3, 4, -1]")]
    public void APaddingThatIsNotExecutedIsRefused(string kind, string problem)
    {
        NodeProto node = OnnxModels.Node("Pad", "pad", "y", "x", "pads");
        if (kind is "reflect" or "edge")
            node.WithText("mode", kind);
        long[] pads = kind switch { "wrong length" => [1, 1], "nothing left" => [0, 0, 0, -6, 0, 0, 0, 0], _ => [0, 0, 1, 1, 0, 0, 1, 1] };
        Assert.Equal($"model.onnx: node 'pad' (Pad): {problem}.", OperatorModels.Refuse(OperatorModels.File([node], [OperatorModels.Integers("pads", pads)], Image, opset: 13)));
    }

    [Fact]
    public void ASlopeThatDoesNotFitIsRefused()
    {
        byte[] file = OperatorModels.File([OnnxModels.Node("PRelu", "slope", "y", "x", "s")], [new Random(1).Drawn("s", 2, 3, 4, 5)], Image, opset: 13);
        Assert.Equal("model.onnx: node 'slope' (PRelu): a slope of shape [2, 3, 4, 5] does not fit a value of shape [1, 3, 4, 5].", OperatorModels.Refuse(file));
    }

    private static (NodeProto[] Nodes, TensorProto[] Tensors) Make(string kind, Random random)
    {
        switch (kind)
        {
            case "BatchNormalization":
                TensorProto variance = OnnxModels.Floats("v", [3], 0.5f, 2, 0.25f);
                return ([Node("BatchNormalization", "g", "b", "m", "v").With("epsilon", 0.01)], [random.Drawn("g", 3), random.Drawn("b", 3), random.Drawn("m", 3), variance]);
            case "InstanceNormalization":
                return ([Node("InstanceNormalization", "g", "b").With("epsilon", 0.02)], [random.Drawn("g", 3), random.Drawn("b", 3)]);
            case "LayerNormalization last":
                return ([Node("LayerNormalization", "g")], [random.Drawn("g", 5)]);
            case "LayerNormalization image":
                return ([Node("LayerNormalization", "g", "b").With("axis", 1L)], [random.Drawn("g", 3, 4, 5), random.Drawn("b", 3, 4, 5)]);
            case "Pad attribute":
                return ([Node("Pad").WithInts("pads", 0, 1, 0, 2, 0, 0, 3, 1).With("value", 0.75)], []);
            case "Pad input":
                return ([Node("Pad", "pads", "number")], [OperatorModels.Integers("pads", 0, 1, 0, 2, 0, 0, 3, 1), OnnxModels.Floats("number", [], -2)]);
            case "Pad input without a number":
                return ([Node("Pad", "pads")], [OperatorModels.Integers("pads", 0, 0, 1, 1, 0, 2, 0, 1)]);
            case "Pad some axes":
                return (
                    [Node("Pad", "pads", "number", "axes")],
                    [OperatorModels.Integers("pads", 1, 2, 3, 0), OnnxModels.Floats("number", [], 9), OperatorModels.Integers("axes", -1, 1)]);
            case "Pad and cut":
                return ([Node("Pad", "pads")], [OperatorModels.Integers("pads", 0, -1, 2, -2, 0, 0, -3, 1)]);
            case "PRelu channels":
                return ([Node("PRelu", "s")], [random.Drawn("s", 3, 1, 1)]);
            case "PRelu one":
                return ([Node("PRelu", "s")], [random.Drawn("s", 1)]);
            case "PRelu all":
                return ([Node("PRelu", "s")], [random.Drawn("s", 3, 4, 5)]);
            case "ReduceMean attribute":
                return ([Node("ReduceMean").WithInts("axes", -1, 2).With("keepdims", 0L)], []);
            case "ReduceMean input":
                return ([Node("ReduceMean", "axes")], [OperatorModels.Integers("axes", 1, -2)]);
            case "ReduceMean all":
                return ([OnnxModels.Node("ReduceMean", "mean", "m", "x"), OnnxModels.Node("Add", "add", "y", "x", "m")], []);
            case "ReduceMean without axes":
                return ([Node("ReduceMean").With("noop_with_empty_axes", 1L)], []);
            case "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min":
                // Two computed values, one of which repeats.
                return ([OnnxModels.Node("GlobalAveragePool", "pool", "p", "x"), OnnxModels.Node("Exp", "exp", "e", "p"), OnnxModels.Node(kind, "pair", "y", "x", "e")], []);
            case "Sum":
                return ([OnnxModels.Node("Tanh", "tanh", "t", "x"), OnnxModels.Node("Sum", "sum", "y", "x", "t", "x")], []);
            case "Concat":
                return ([OnnxModels.Node("GlobalMaxPool", "pool", "p", "x"), OnnxModels.Node("Flatten", "a", "a", "p"), OnnxModels.Node("Flatten", "b", "b", "x"), OnnxModels.Node("Concat", "join", "y", "b", "a", "b").With("axis", -1L)], []);
            case "Split":
                return Halves(OnnxModels.Node("Split", "split", "a", "x", "sizes").With("axis", 3L), [OperatorModels.Integers("sizes", 1, 4)]);
            case "Split attribute":
                return Halves(OnnxModels.Node("Split", "split", "a", "x").With("axis", -1L).WithInts("split", 4, 1), []);
            case "Slice":
                return (
                    [Node("Slice", "starts", "ends", "axes", "steps")],
                    [OperatorModels.Integers("starts", -1, 1), OperatorModels.Integers("ends", -9, 99), OperatorModels.Integers("axes", 3, -2), OperatorModels.Integers("steps", -2, 2)]);
            case "Transpose":
                return ([OnnxModels.Node("Transpose", "last", "t", "x").WithInts("perm", 0, 2, 3, 1), OnnxModels.Node("Softmax", "softmax", "s", "t"), OnnxModels.Node("Transpose", "first", "y", "s").WithInts("perm", 0, 3, 1, 2)], []);
            case "Clip":
                return ([Node("Clip", "", "most")], [OnnxModels.Floats("most", [], 0.25f)]);
            case "Gather":
                return ([Node("Gather", "places").With("axis", 2L)], [OperatorModels.Integers("places", 3, -4, 1)]);
            default:
                // Zeros of a shape that is computed, repeated and added.
                return (
                    [
                        OnnxModels.Node("Shape", "shape", "s", "x"), OnnxModels.Node("Gather", "rows", "r", "s", "two"), OnnxModels.Node("Unsqueeze", "one", "u", "r", "zero"),
                        OnnxModels.Node("Concat", "target", "c", "u", "one").With("axis", 0L), OnnxModels.Node("ConstantOfShape", "zeros", "z", "c"),
                        OnnxModels.Node("Expand", "expand", "e", "z", "s"), OnnxModels.Node("Add", "add", "a", "x", "e"), OnnxModels.Node("Squeeze", "squeeze", "y", "a", "zero"),
                    ],
                    [Scalar("two", 2), OperatorModels.Integers("zero", 0), OperatorModels.Integers("one", 1)]);
        }
    }

    private static (NodeProto[] Nodes, TensorProto[] Tensors) Halves(NodeProto split, TensorProto[] tensors)
    {
        split.Output.Add("b");
        return ([split, OnnxModels.Node("Concat", "join", "y", "b", "a").With("axis", 3L)], tensors);
    }

    private static TensorProto Scalar(string name, long value)
    {
        TensorProto tensor = OperatorModels.Integers(name, value);
        tensor.Dims.Clear();
        return tensor;
    }

    private static NodeProto Node(string op, params string[] more) => OnnxModels.Node(op, "node", "y", ["x", .. more]);
}
