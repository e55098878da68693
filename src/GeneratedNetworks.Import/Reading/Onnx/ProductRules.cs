using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Products of matrices of floating-point numbers.</summary>
internal static class ProductRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["MatMul"] = OnnxRule.Of(call => Products.MatMul(call.Scope, call.Input(0), call.Input(1))),
        ["Gemm"] = OnnxRule.Of(Gemm),
    };

    /// <summary>alpha·A·B + beta·C.</summary>
    private static Tensor Gemm(OnnxCall call)
    {
        double alpha = call.Float("alpha", 1);
        double beta = call.Float("beta", 1);
        Tensor product = Product(call, call.Input(0), call.Input(1));
        if (alpha != 1)
            product = call.Scope.Map(product, value => alpha * value);
        if (call.Optional(2) is not { } added)
            return product;
        if (Extents.Broadcast(added.Shape, product.Shape) is not { } shape || !shape.SequenceEqual(product.Shape))
            throw call.Error($"a summand of shape {added.ShapeText} does not fit a product of shape {product.ShapeText}");
        return Elementwise.Apply(call.Scope, product, added, (value, summand) => value + (beta * summand));
    }

    /// <summary>A·B, either of them transposed where the attributes say so.</summary>
    public static Tensor Product(OnnxCall call, Tensor left, Tensor right)
    {
        if (left.Rank != 2 || right.Rank != 2)
            throw call.Error($"it multiplies values of the shapes {left.ShapeText} and {right.ShapeText}; both have two axes");
        return Products.MatMul(
            call.Scope,
            call.Int("transA", 0) != 0 ? Products.Transpose(call.Scope, left) : left,
            call.Int("transB", 0) != 0 ? Products.Transpose(call.Scope, right) : right);
    }
}
