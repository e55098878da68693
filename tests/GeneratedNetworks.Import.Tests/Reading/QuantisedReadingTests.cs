using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Onnx;
using Google.Protobuf;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>
/// Quantised graphs in every form that quantizers write: rounded, they are ONNX Runtime's; without rounding, they are the clamped function that the
/// whole numbers stand for, computed here by hand.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class QuantisedReadingTests
{
    private const float Step = 0.05f;
    private const float WeightStep = 0.02f;
    private const float OutputStep = 0.025f;
    private const int WeightZero = 3;

    private static readonly sbyte[] Weights = [10, -20, 30, 40, -50, 60, 70, -80, 90, 100, -110, 120];

    /// <summary>The forms of one product, y = clamp(x·W), and the range of y.</summary>
    public static TheoryData<string, int> Forms => new()
    {
        { "pairs", -128 }, { "pairs", 0 }, { "pairs", 20 }, { "QLinearMatMul", -128 }, { "QLinearMatMul", 5 }, { "QGemm", -128 }, { "QGemm", 100 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void RoundedValuesAreThoseOfOnnxRuntime(string form, int zero)
    {
        byte[] file = Build(form, zero).ToByteArray();
        using OnnxRuntime runtime = new(file);
        ModelReading reading = ModelReading.Open(new ModelSource("quantised.onnx", file, null));
        Random random = new(5);
        for (int i = 0; i < 40; i++)
        {
            double[] sample = Array.ConvertAll(reading.Domain.Draw(random, i), value => (double)(float)value);
            double[] expected = runtime.Forward(sample);
            double[] actual = reading.Run(sample, rounds: true);

            // One step where 32 bits and 64 round a tie, or its neighbourhood, differently.
            for (int o = 0; o < expected.Length; o++)
                Assert.True(Math.Abs(expected[o] - actual[o]) <= 1.001 * OutputStep, $"{form}, sample {i}[{o}]: {actual[o]} for {expected[o]}");
            Assert.True(expected.Zip(actual).Count(pair => Math.Abs(pair.First - pair.Second) < 1e-5) >= expected.Length - 1, $"{form}, sample {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ValuesAreHeldInTheRangeOfTheirTypeOnBothSides(string form, int zero)
    {
        ModelReading reading = ModelReading.Open(new ModelSource("quantised.onnx", Build(form, zero).ToByteArray(), null));
        CheckInputs inputs = CheckInputs.Draw(reading, 100, seed: 3);
        (double least, double greatest) = (OutputStep * (-128.0 - zero), OutputStep * (127.0 - zero));
        (double inputLeast, double inputGreatest) = (Step * -128.0, Step * 127.0);
        bool isLow = false;
        bool isHigh = false;
        for (int i = 0; i < inputs.Samples.Count; i++)
        {
            double[] expected = Product(Array.ConvertAll(inputs.Samples[i], value => Math.Clamp(value, inputLeast, inputGreatest)));
            isLow |= expected.Min() < least;
            isHigh |= expected.Max() > greatest;
            Approx.Equal(Array.ConvertAll(expected, value => Math.Clamp(value, least, greatest)), inputs.Outputs[i], 1e-12, $"{form}, sample {i}");
        }

        Assert.True(isLow && isHigh, "some input reaches each side");
        Assert.All(inputs.Sides, side => Assert.True(side.IsReached, $"{side}"));
        Assert.Contains("spread over its quantized range", reading.Domain.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void DynamicQuantisationIsTheProductItself()
    {
        NodeProto quantize = OnnxModels.Node("DynamicQuantizeLinear", "quantize", "q", "x");
        quantize.Output.Add("s");
        quantize.Output.Add("z");
        ModelProto model = OnnxModels.Model(
            [
                quantize, OnnxModels.Node("MatMulInteger", "product", "i", "q", "w", "z", "wz"), OnnxModels.Node("Cast", "cast", "f", "i").With("to", 1),
                OnnxModels.Node("Mul", "scales", "m", "s", "ws"), OnnxModels.Node("Mul", "scaled", "y", "f", "m"),
            ],
            [Bytes("w", [3, 4], Weights), Bytes("wz", [], (sbyte)WeightZero), OnnxModels.Floats("ws", [], WeightStep)],
            3);
        model.Graph.Output[0] = OnnxModels.Value("y", 4);
        byte[] file = model.ToByteArray();
        using OnnxRuntime runtime = new(file);
        ModelReading reading = ModelReading.Open(new ModelSource("dynamic.onnx", file, null));
        Random random = new(7);
        for (int i = 0; i < 20; i++)
        {
            double[] sample = Array.ConvertAll(reading.Domain.Draw(random, i), value => (double)(float)value);
            Approx.Equal(Product(sample), reading.Run(sample), 1e-12, $"sample {i}");
            Approx.Equal(runtime.Forward(sample), reading.Run(sample, rounds: true), 1e-5, $"sample {i}, rounded");
        }
    }

    /// <summary>Probabilities in 256ths end at 255/256 and mean 1; a range that ends earlier cuts them off.</summary>
    [Theory]
    [InlineData(1f / 256, 1)]
    [InlineData(0.9f / 256, 0.9 * 255 / 256)]
    public void AnEndWithinAStepOfAFunctionsOwnBoundIsThatBound(float step, double greatest)
    {
        ModelReading reading = ModelReading.Open(new ModelSource("sigmoid.onnx", Sigmoid(step).ToByteArray(), null));
        double[] high = reading.Run([40, -40, 0, 1]);
        Approx.Equal([greatest, 0, 0.5, 1 / (1 + Math.Exp(-1))], high, 1e-7, $"in steps of {step}");
        Assert.Equal(step * 255, reading.Run([40, -40, 0, 1], rounds: true)[0], 1e-7);
    }

    private static ModelProto Sigmoid(float step) => OnnxModels.Model(
        [
            OnnxModels.Node("Sigmoid", "sigmoid", "p", "x"), OnnxModels.Node("QuantizeLinear", "quantize", "q", "p", "s", "z"),
            OnnxModels.Node("DequantizeLinear", "dequantize", "y", "q", "s", "z"),
        ],
        [OnnxModels.Floats("s", [], step), Bytes("z", [], -128)]);

    /// <summary>x·W by what the whole numbers stand for.</summary>
    private static double[] Product(double[] x)
    {
        double[] result = new double[4];
        for (int o = 0; o < 4; o++)
        {
            for (int i = 0; i < 3; i++)
                result[o] += x[i] * (double)WeightStep * (Weights[(i * 4) + o] - WeightZero);
        }

        return result;
    }

    private static ModelProto Build(string form, int zero)
    {
        TensorProto[] constants =
        [
            OnnxModels.Floats("s", [], Step), Bytes("z", [], 0), OnnxModels.Floats("ws", [], WeightStep), Bytes("wz", [], WeightZero), Bytes("w", [3, 4], Weights),
            OnnxModels.Floats("ys", [], OutputStep), Bytes("yz", [], (sbyte)zero),
        ];
        NodeProto quantize = OnnxModels.Node("QuantizeLinear", "quantize", "q", "x", "s", "z");
        NodeProto dequantize = OnnxModels.Node("DequantizeLinear", "dequantize", "y", "p", "ys", "yz");
        NodeProto[] product = form switch
        {
            "pairs" =>
            [
                OnnxModels.Node("DequantizeLinear", "input", "xd", "q", "s", "z"), OnnxModels.Node("DequantizeLinear", "weights", "wd", "w", "ws", "wz"),
                OnnxModels.Node("MatMul", "product", "r", "xd", "wd"), OnnxModels.Node("QuantizeLinear", "requantize", "p", "r", "ys", "yz"),
            ],
            "QLinearMatMul" => [OnnxModels.Node("QLinearMatMul", "product", "p", "q", "s", "z", "w", "ws", "wz", "ys", "yz")],
            _ => [OnnxModels.Node("QGemm", "product", "p", "q", "s", "z", "w", "ws", "wz", "", "ys", "yz")],
        };
        if (form == "QGemm")
            product[0].Domain = "com.microsoft";
        ModelProto model = OnnxModels.Model([quantize, .. product, dequantize], constants, 3);
        model.Graph.Output[0] = OnnxModels.Value("y", 4);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        return model;
    }

    private static TensorProto Bytes(string name, long[] shape, params sbyte[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Int8, RawData = ByteString.CopyFrom(Array.ConvertAll(values, value => (byte)value)) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
