using System.Diagnostics;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;
using GeneratedNetworks.Import.Tests.Support;
using Google.Protobuf;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>What a file may ask for is bounded by its size, and what cannot be executed is refused in words.</summary>
public sealed class ReadingRefusalTests
{
    private const long MostBytes = 64L << 20;

    /// <summary>Small files that ask for much.</summary>
    public static TheoryData<string> Greedy =>
    [
        "ConstantOfShape", "Expand", "Tile", "Concat", "MatMul", "Range", "Input", "Conv", "a long kernel", "ConvTranspose", "MaxPool", "a large window", "Pad", "lines",
    ];

    [Theory]
    [MemberData(nameof(Greedy))]
    public void ASmallFileCannotAskForMuch(string kind)
    {
        ModelProto model = kind switch
        {
            "ConstantOfShape" => Sized("ConstantOfShape", [1 << 15, 1 << 15]),
            "Expand" => OnnxModels.Model([OnnxModels.Node("Expand", "huge", "y", "x", "shape")], [Integers("shape", 1 << 14, 1 << 14, 4)]),
            "Tile" => OnnxModels.Model([OnnxModels.Node("Tile", "huge", "y", "x", "times")], [Integers("times", 1 << 16, 1 << 14)]),
            "Concat" => Doubling(40),
            "MatMul" => Products(),
            "Range" => Counting(),

            // Sums without end over a kernel of one number; a kernel that a few bytes make; strides that blow a value up; windows over padding.
            "Conv" => Windowed(OnnxModels.Node("Conv", "huge", "y", "x", "w").WithInts("pads", 40_000, 40_000, 40_000, 40_000), [1, 2, 2], OnnxModels.Floats("w", [1, 1, 1, 1], 1)),
            "a long kernel" => LongKernel(),
            "ConvTranspose" => Windowed(OnnxModels.Node("ConvTranspose", "huge", "y", "x", "w").WithInts("strides", 2_000_000_000, 2_000_000_000), [1, 2, 2], OnnxModels.Floats("w", [1, 1, 1, 1], 1)),
            "MaxPool" => Windowed(OnnxModels.Node("MaxPool", "huge", "y", "x").WithInts("kernel_shape", 2_000_000_000).WithInts("pads", 1_999_999_999, 1_999_999_999), [1, 2]),
            "a large window" => Windowed(OnnxModels.Node("AveragePool", "huge", "y", "x").WithInts("kernel_shape", 8000, 8000).WithInts("pads", 7999, 7999, 7999, 7999), [1, 2, 2]),
            "Pad" => Windowed(OnnxModels.Node("Pad", "huge", "y", "x", "pads"), [2], Integers("pads", 0, 0, 0, 2_000_000_000)),
            "lines" => Windowed(OnnxModels.Node("Softmax", "huge", "y", "x").With("axis", 2L), [1 << 18, 1]),
            _ => OnnxModels.Model([OnnxModels.Node("Relu", "relu", "y", "x")], [], 1 << 20, 1 << 10),
        };
        byte[] file = model.ToByteArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        ModelFileException refused = Assert.Throws<ModelFileException>(() =>
        {
            ModelReading reading = ModelReading.Open(new ModelSource("greedy.onnx", file, null));
            reading.Run(new double[reading.InputSize]);
        });
        Assert.Contains($"a file of {file.Length} bytes", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void AnUnknownOperatorIsNamedWhereItIsNeeded()
    {
        ModelProto model = OnnxModels.Model([OnnxModels.Node("Einsum", "first", "y", "x", "w")], [OnnxModels.Floats("w", [1], 1)]);
        Assert.Equal("model.onnx: node 'first' (Einsum): this operator is not executed.", Refusal(model));
        model = OnnxModels.Model([OnnxModels.Node("RandomNormalLike", "noise", "n", "x"), OnnxModels.Node("Add", "sum", "y", "x", "n")], []);
        Assert.Equal("model.onnx: node 'noise' (RandomNormalLike): it draws random numbers, so that what follows it cannot be checked.", Refusal(model));
    }

    [Fact]
    public void AValueThatNothingGivesIsNamed()
    {
        ModelProto model = OnnxModels.Model([OnnxModels.Node("Add", "sum", "y", "x", "missing")], []);
        Assert.Equal("model.onnx: node 'sum' (Add): it reads 'missing', which nothing before it gives.", Refusal(model));
    }

    /// <summary>Files that the importers refuse for what they are: the reading executes them or refuses them as well, in words.</summary>
    [Theory]
    [InlineData("TfLite/refused-conv.tflite", "its window has 3 taps, stride 0 and dilation 1")]
    [InlineData("TfLite/refused-custom.tflite", "this operator is not executed")]
    [InlineData("TfLite/refused-shape.tflite", "do not fit a value of shape [1, 4]")]
    [InlineData("Keras/refused-conv.h5", "this layer is not executed")]
    [InlineData("Keras/refused-class.keras", "is not executed")]
    [InlineData("Keras/refused-shape.h5", "has the shape")]
    [InlineData("Keras/refused-link.h5", "")]
    [InlineData("Keras/refused-weights.h5", "")]
    [InlineData("TfLite/refused-beta.tflite", null)]
    [InlineData("TfLite/refused-branch.tflite", null)]
    [InlineData("Keras/refused-slope.h5", null)]
    [InlineData("Keras/refused-hard-sigmoid.h5", null)]
    [InlineData("Keras/refused-exponential.h5", null)]
    public void FilesThatNoImporterTakes(string file, string? problem)
    {
        string path = Path.Combine(Fixture.Folder(""), file);
        if (problem is null)
        {
            ModelReading reading = ModelReading.Open(path);
            Assert.All(reading.Run(new double[reading.InputSize]), value => Assert.True(double.IsFinite(value)));
            return;
        }

        ModelFileException refused = Assert.Throws<ModelFileException>(() => ModelReading.Open(path) is var reading ? reading.Run(new double[reading.InputSize]) : []);
        Assert.StartsWith(Path.GetFileName(file) + ": ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASampleOfTheWrongLengthIsRefusedBeforeAnythingRuns()
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Fixture.Folder("Onnx"), "torch-relu.onnx"));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => reading.Run(new double[reading.InputSize + 1]));
        Assert.Equal("sample", exception.ParamName);
    }

    private static string Refusal(ModelProto model) => Assert.Throws<ModelFileException>(() =>
    {
        ModelReading reading = ModelReading.Open(new ModelSource("model.onnx", model.ToByteArray(), null));
        reading.Run(new double[reading.InputSize]);
    }).Message;

    private static ModelProto Sized(string op, long[] shape) => OnnxModels.Model(
        [OnnxModels.Node(op, "huge", "h", "shape"), OnnxModels.Node("ReduceSum", "sum", "s", "h"), OnnxModels.Node("Add", "add", "y", "x", "s")], [Integers("shape", shape)]);

    /// <summary>Each node joins the value to itself.</summary>
    private static ModelProto Doubling(int times)
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, times).Select(i => OnnxModels.Node("Concat", $"c{i}", i == times - 1 ? "y" : $"v{i}", i == 0 ? "x" : $"v{i - 1}", i == 0 ? "x" : $"v{i - 1}").With("axis", 1L))];
        return OnnxModels.Model(nodes, []);
    }

    /// <summary>Products of matrices that a few bytes ask for.</summary>
    private static ModelProto Products() => OnnxModels.Model(
        [
            OnnxModels.Node("Expand", "rows", "a", "x", "shape"), OnnxModels.Node("Transpose", "columns", "b", "a"), OnnxModels.Node("MatMul", "product", "y", "a", "b"),
        ],
        [Integers("shape", 8000, 4)]);

    private static ModelProto Windowed(NodeProto node, long[] sample, params TensorProto[] tensors) => OnnxModels.Model([node], tensors, sample);

    /// <summary>A kernel of a million taps that a few bytes make.</summary>
    private static ModelProto LongKernel() => OnnxModels.Model(
        [
            OnnxModels.Node("Expand", "kernel", "w", "one", "shape"), OnnxModels.Node("Conv", "huge", "y", "x", "w").WithInts("pads", 500_000, 500_000),
        ],
        [OnnxModels.Floats("one", [1, 1, 1], 1), Integers("shape", 1, 1, 1_000_000)], 1, 100_000);

    private static ModelProto Counting() => OnnxModels.Model(
        [OnnxModels.Node("Range", "count", "r", "a", "b", "c"), OnnxModels.Node("ReduceSum", "sum", "s", "r"), OnnxModels.Node("Add", "add", "y", "x", "s")],
        [OnnxModels.Floats("a", [], 0), OnnxModels.Floats("b", [], 2e9f), OnnxModels.Floats("c", [], 1)]);

    private static TensorProto Integers(string name, params long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }
}
