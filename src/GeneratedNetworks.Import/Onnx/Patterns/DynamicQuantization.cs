using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>
/// A product with a range that each run chooses anew: DynamicQuantizeLinear, MatMulInteger, and Cast and Mul by both scales behind it. The range holds
/// every number, so that nothing is limited, and the product is that of the dequantized weights.
/// </summary>
/// <param name="Product">The MatMulInteger.</param>
/// <param name="WeightScale">The scale of its weights.</param>
/// <param name="Result">The value behind the scales.</param>
internal sealed record DynamicQuantization(OnnxNode Product, OnnxConstant WeightScale, string Result)
{
    private const string Quantize = "DynamicQuantizeLinear";
    private const string Multiply = "MatMulInteger";

    public static bool Knows(string operatorName) => operatorName is Quantize or Multiply;

    public static DynamicQuantization? TryMatch(OnnxGraph graph, string value)
    {
        if (graph.Consumers(value) is not [{ Operator: Quantize, Outputs.Count: 3 } quantize])
            return null;
        (string numbers, string scale, string zero) = (quantize.Outputs[0], quantize.Outputs[1], quantize.Outputs[2]);
        bool isProduct = Only(graph, numbers) is { Operator: Multiply } && Only(graph, zero) == Only(graph, numbers);
        if (!isProduct || Only(graph, numbers) is not { } product || product.Inputs[0] != numbers || product.Inputs.ElementAtOrDefault(2) != zero)
            throw quantize.Error($"its results must be read by one {Multiply} that takes its zero point, and by the scaling behind that");
        OnnxNode? scales = Only(graph, scale);
        OnnxConstant? weightScale = scales is { Operator: "Mul", Inputs.Count: 2 } ? scales.TryConstant(scales.Inputs[0] == scale ? 1 : 0) : null;
        OnnxNode? cast = Only(graph, product.Output);
        OnnxNode? last = cast is { Operator: "Cast" } ? Only(graph, cast.Output) : null;
        bool isScaled = scales is not null && weightScale is not null && last is { Operator: "Mul", Inputs.Count: 2 } && Only(graph, scales.Output) == last
            && last.Inputs.Contains(cast!.Output) && last.Inputs.Contains(scales.Output);
        return isScaled
            ? new DynamicQuantization(product, weightScale!, last!.Output)
            : throw product.Error("its sums must become numbers by a Cast and a Mul by the product of both scales");
    }

    public string Apply(OnnxChain chain)
    {
        Product.AllowAttributes();
        OnnxConstant? zero = Product.Has(3) ? Product.Constant(3, "the zero point of the weights") : null;
        QuantizedProduct.Add(Product, chain, Product.Constant(1, "the weights"), WeightScale, zero, null);
        return Result;
    }

    private static OnnxNode? Only(OnnxGraph graph, string value) => graph.Consumers(value) is [{ } node] ? node : null;
}
