using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>
/// Quantised values. Where nothing is rounded, they are held in the range of their type and keep their fractions, so that what remains is the
/// function that the whole numbers stand for.
/// </summary>
internal static class QuantizedRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["QuantizeLinear"] = OnnxRule.Of(call => Quantize(call, call.Input(0), call.Input(1), call.Optional(2), call.Bounds)) with { Role = PrefixRole.Range, Range = RangeOf },
        ["DequantizeLinear"] = OnnxRule.Of(call => Dequantize(call, call.Input(0), call.Input(1), call.Optional(2)), PrefixRole.Affine),
        ["DynamicQuantizeLinear"] = new(DynamicQuantize),
        ["MatMulInteger"] = OnnxRule.Of(call => Products.MatMul(
            call.Scope, Less(call, call.Input(0), call.Optional(2), rows: true), Less(call, call.Input(1), call.Optional(3), rows: false))),
        ["QLinearMatMul"] = OnnxRule.Of(MatMul),
    };

    /// <summary>Operators of ONNX Runtime's own domain.</summary>
    public static readonly IReadOnlyDictionary<string, OnnxRule> RuntimeTable = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["QuantizeLinear"] = Table["QuantizeLinear"],
        ["DequantizeLinear"] = Table["DequantizeLinear"],
        ["QGemm"] = OnnxRule.Of(Gemm),
        ["QLinearAdd"] = OnnxRule.Of(call => Pair(call, (a, b) => a + b)),
        ["QLinearMul"] = OnnxRule.Of(call => Pair(call, (a, b) => a * b)),
        ["QLinearSigmoid"] = OnnxRule.Of(call => Single(call, Scalar.Sigmoid, (0, 1))),
        ["QLinearLeakyRelu"] = OnnxRule.Of(call => call.Float("alpha", 0.01f) is double alpha ? Single(call, x => x < 0 ? alpha * x : x) : call.Input(0)),
        ["MatMulIntegerToFloat"] = OnnxRule.Of(MatMulIntegerToFloat),
        ["DynamicQuantizeMatMul"] = OnnxRule.Of(DynamicQuantizeMatMul),
        ["Gelu"] = OnnxRule.Map(Scalar.Gelu),
        ["FastGelu"] = OnnxRule.Of(call => call.Optional(1) is { } bias
            ? call.Scope.Map(Elementwise.Apply(call.Scope, call.Input(0), bias, (a, b) => a + b), Scalar.GeluTanh)
            : call.Scope.Map(call.Input(0), Scalar.GeluTanh)),
    };

    /// <summary>x / scale + zero, held in the type's range.</summary>
    public static Tensor Quantize(OnnxCall call, Tensor value, Tensor scale, Tensor? zero, (double Least, double Greatest)? bounds = null)
    {
        ElementType type = zero?.Type ?? ElementType.UInt8;
        (double least, double greatest) = type.Range() ?? throw call.Error("its zero point is of no quantized type");
        Tensor scales = AlongItsAxis(call, value, scale);
        Tensor scaled = Elementwise.Apply(call.Scope, value, scales, (x, step) => x / step);
        if (call.Scope.Rounds)
            scaled = call.Scope.Map(scaled, x => Math.Round(x, MidpointRounding.ToEven));
        if (zero is not null)
            scaled = Elementwise.Apply(call.Scope, scaled, AlongItsAxis(call, value, zero) with { Type = ElementType.Real }, (x, point) => x + point);
        if (!call.Scope.Rounds && bounds is { } own && scale.Count == 1)
        {
            // In steps of the type, as the value is by now.
            double point = zero is null ? 0 : call.Number(zero);
            (least, greatest) = QuantisedRange.Limits(
                least, greatest, 1, ((own.Least / scale.Elements[0]) + point, (own.Greatest / scale.Elements[0]) + point));
        }

        return call.Scope.Clamp(scaled, least, greatest) with { Type = type };
    }

    /// <summary>(q − zero) · scale.</summary>
    public static Tensor Dequantize(OnnxCall call, Tensor value, Tensor scale, Tensor? zero)
    {
        if (call.Int("block_size", 0) != 0)
            throw call.Error("scales for blocks of elements are not supported");
        Tensor shifted = value with { Type = ElementType.Real };
        if (zero is not null)
            shifted = Elementwise.Apply(call.Scope, shifted, AlongItsAxis(call, value, zero) with { Type = ElementType.Real }, (x, point) => x - point);
        return Elementwise.Apply(call.Scope, shifted, AlongItsAxis(call, value, scale), (x, step) => x * step);
    }

    private static (double Least, double Greatest) RangeOf(OnnxCall call)
    {
        (double least, double greatest) = (call.Optional(2)?.Type ?? ElementType.UInt8).Range() ?? (0, 255);
        double scale = call.Optional(1)?.Elements.FirstOrDefault() ?? 1;
        double zero = call.Optional(2)?.Elements.FirstOrDefault() ?? 0;
        return (scale * (least - zero), scale * (greatest - zero));
    }

    /// <summary>Numbers for each slice of an axis, shaped so that they meet it; one number stays.</summary>
    private static Tensor AlongItsAxis(OnnxCall call, Tensor value, Tensor numbers)
    {
        if (numbers.Count == 1)
            return numbers.WithShape();
        int axis = call.Axis(call.Int("axis", 1), value.Rank);
        if (numbers.Rank != 1 || numbers.Count != value.Shape[axis])
            throw call.Error($"{numbers.Count} scales or zero points do not fit axis {axis} of a value of shape {value.ShapeText}");
        return numbers.WithShape([numbers.Count, .. Enumerable.Repeat(1, value.Rank - axis - 1)]);
    }

    /// <summary>Scale and zero point of uint8 from the value itself, its range stretched to 0.</summary>
    private static Tensor[] DynamicQuantize(OnnxCall call)
    {
        Tensor value = call.Input(0);
        if (value.Count == 0)
            throw call.Error("its input has no element");
        double least = Math.Min(0, value.Elements.Min());
        double greatest = Math.Max(0, value.Elements.Max());
        double scale = greatest > least ? (greatest - least) / 255 : 1;
        double zero = call.Scope.Rounds ? Math.Round(Math.Clamp(-least / scale, 0, 255), MidpointRounding.ToEven) : -least / scale;
        Tensor quantised = call.Scope.Map(value, x => call.Scope.Rounds
            ? Math.Clamp(Math.Round(x / scale, MidpointRounding.ToEven) + zero, 0, 255)
            : (x / scale) + zero) with
        { Type = ElementType.UInt8 };
        return [quantised, Tensor.Real([], [scale]), new Tensor(ElementType.UInt8, [], [zero])];
    }

    /// <summary>q − zero, with one zero point for all, for each row of what stands left, or for each column of what stands right.</summary>
    private static Tensor Less(OnnxCall call, Tensor value, Tensor? zero, bool rows)
    {
        value = value with { Type = ElementType.Real };
        if (zero is null)
            return value;
        Tensor points = zero.Count == 1 ? zero.WithShape() : rows && zero.Rank == 1 ? zero.WithShape(zero.Count, 1) : zero;
        return Elementwise.Apply(call.Scope, value, points with { Type = ElementType.Real }, (x, point) => x - point);
    }

    private static Tensor Scaled(OnnxCall call, Tensor value, Tensor scale, Tensor? zero, bool rows)
    {
        Tensor factors = scale.Count == 1 ? scale.WithShape() : rows && scale.Rank == 1 ? scale.WithShape(scale.Count, 1) : scale;
        return Elementwise.Apply(call.Scope, Less(call, value, zero, rows), factors, (x, factor) => x * factor);
    }

    private static Tensor MatMul(OnnxCall call)
    {
        Tensor left = Scaled(call, call.Input(0), call.Input(1), call.Input(2), rows: true);
        Tensor right = Scaled(call, call.Input(3), call.Input(4), call.Input(5), rows: false);
        return Quantize(call, Products.MatMul(call.Scope, left, right), call.Input(6), call.Input(7));
    }

    /// <summary>A·B with scales and zero points, plus C in steps of both scales; quantised where there is a scale for it.</summary>
    private static Tensor Gemm(OnnxCall call)
    {
        double alpha = call.Float("alpha", 1);
        bool isTransposed = call.Int("transB", 0) != 0;

        // Scales of B belong to its columns, which are the rows of what is stored transposed.
        Tensor left = Scaled(call, call.Input(0), call.Input(1), call.Input(2), rows: true);
        Tensor right = Scaled(call, call.Input(3), call.Input(4), call.Input(5), rows: isTransposed);
        Tensor result = call.Scope.Map(ProductRules.Product(call, left, right), value => alpha * value);
        if (call.Optional(6) is { } summand)
        {
            Tensor step = Elementwise.Apply(call.Scope, call.Input(4), call.Input(1), (b, a) => alpha * a * b);
            Tensor added = Elementwise.Apply(call.Scope, summand with { Type = ElementType.Real }, step, (c, factor) => c * factor);
            result = Elementwise.Apply(call.Scope, result, added, (value, c) => value + c);
        }

        return call.Optional(7) is { } scale ? Quantize(call, result, scale, call.Optional(8)) : result;
    }

    private static Tensor Pair(OnnxCall call, Func<double, double, double> function)
    {
        Tensor left = Dequantize(call, call.Input(0), call.Input(1), call.Optional(2));
        Tensor right = Dequantize(call, call.Input(3), call.Input(4), call.Optional(5));
        return Quantize(call, Elementwise.Apply(call.Scope, left, right, function), call.Input(6), call.Optional(7));
    }

    private static Tensor Single(OnnxCall call, Func<double, double> function, (double Least, double Greatest)? bounds = null) => Quantize(
        call, call.Scope.Map(Dequantize(call, call.Input(0), call.Input(1), call.Optional(2)), function), call.Input(3), call.Optional(4), bounds);

    private static Tensor MatMulIntegerToFloat(OnnxCall call)
    {
        Tensor left = Scaled(call, call.Input(0), call.Input(2), call.Optional(4), rows: true);
        Tensor right = Scaled(call, call.Input(1), call.Input(3), call.Optional(5), rows: false);
        return Plus(call, Products.MatMul(call.Scope, left, right), call.Optional(6));
    }

    private static Tensor DynamicQuantizeMatMul(OnnxCall call)
    {
        Tensor[] dynamic = DynamicQuantize(call);
        Tensor left = Scaled(call, dynamic[0], dynamic[1], dynamic[2], rows: true);
        Tensor right = Scaled(call, call.Input(1), call.Input(2), call.Optional(3), rows: false);
        return Plus(call, Products.MatMul(call.Scope, left, right), call.Optional(4));
    }

    private static Tensor Plus(OnnxCall call, Tensor value, Tensor? bias) =>
        bias is null ? value : Elementwise.Apply(call.Scope, value, bias, (a, b) => a + b);
}
