using GeneratedNetworks.Onnx.Export;
using static GeneratedNetworks.Import.Onnx.Patterns.Expression;

namespace GeneratedNetworks.Import.Onnx.Patterns;

/// <summary>How exporters, function bodies of the format and our own export write activations in simpler operators, one line a form.</summary>
internal static class Expansions
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    private static readonly double HalfRoot = Math.Sqrt(0.5);
    private static readonly double TanhFactor = Math.Sqrt(2 / Math.PI);

    private static readonly Expression Shifted = X - Call("reducemax", X);

    /// <summary>By the formula without the number in front of it.</summary>
    public static IReadOnlyDictionary<string, (Activation Function, double Factor)> ByKernel { get; } = new (Activation Function, Expression Formula)[]
    {
        (Activation.Silu, X * Call("sigmoid", X)),
        (Activation.Silu, X / (1 + Call("exp", -1 * X))),
        (Activation.Silu, X * (1 / (1 + Call("exp", -1 * X)))),
        (Activation.Sigmoid, 1 / (1 + Call("exp", -1 * X))),
        (Activation.Gelu, 0.5 * X * (1 + Call("erf", HalfRoot * X))),
        (Activation.Gelu, X * (0.5 + (0.5 * Call("erf", HalfRoot * X)))),
        (Activation.Gelu, GeluBySum),
        (Activation.GeluTanh, 0.5 * X * (1 + Call("tanh", TanhFactor * (X + (0.044715 * X * X * X))))),
        (Activation.GeluTanh, 0.5 * X * (1 + Call("tanh", TanhFactor * X * (1 + (0.044715 * X * X))))),
        (Activation.Mish, X * Call("tanh", Call("softplus", X))),
        (Activation.Mish, X * Call("tanh", Call("log", 1 + Call("exp", X)))),
        (Activation.Mish, X * Call("tanh", StableSoftplus)),
        (Activation.Softplus, Call("log", 1 + Call("exp", X))),
        (Activation.Softplus, StableSoftplus),
        (Activation.LogSigmoid, Call("log", Call("sigmoid", X))),
        (Activation.LogSigmoid, -1 * Call("softplus", -1 * X)),
        (Activation.LogSigmoid, Min(0, X) - Call("log", 1 + Call("exp", -1 * Call("abs", X)))),
        (Activation.Softsign, X / (1 + Call("abs", X))),
        (Activation.LeakyRelu, Max(X, 0.01 * X)),
        (Activation.Elu, Max(0, X) + (-1 + Call("exp", Min(0, X)))),
        (Activation.Elu, Max(0, X) + Min(0, -1 + Call("exp", X))),
        (Activation.Selu, SeluScale * (Max(0, X) + (SeluAlpha * (-1 + Call("exp", Min(0, X)))))),
        (Activation.Selu, (SeluScale * Max(0, X)) + (SeluScale * SeluAlpha * (-1 + Call("exp", Min(0, X))))),
        (Activation.Relu, Max(0, X)),
        (Activation.Relu6, Clip(X, 0, 6)),
        (Activation.HardTanh, Clip(X, -1, 1)),
        (Activation.HardSigmoid, Clip((X / 6) + 0.5, 0, 1)),
        (Activation.HardSigmoid, Clip(X + 3, 0, 6) / 6),
        (Activation.HardSwish, X * Clip((X / 6) + 0.5, 0, 1)),
        (Activation.HardSwish, X * Clip(X + 3, 0, 6) / 6),
        (Activation.Softmax, Call("exp", Shifted) / Call("reducesum", Call("exp", Shifted))),
        (Activation.Softmax, Call("exp", X) / Call("reducesum", Call("exp", X))),
        (Activation.LogSoftmax, Shifted - Call("log", Call("reducesum", Call("exp", Shifted)))),
        (Activation.LogSoftmax, Call("log", Call("softmax", X))),
        (Activation.LogSoftmax, X - Call("reducelogsumexp", X)),
    }.ToDictionary(entry => entry.Formula.Kernel, entry => (entry.Function, entry.Formula.Factor), StringComparer.Ordinal);

    /// <summary>By <see cref="NormalTail"/>, as our export writes it in double.</summary>
    private static Expression GeluBySum
    {
        get
        {
            Expression a = Min(NormalTail.Farthest, Call("abs", X));
            Expression square = 0.5 * a * a;
            Expression sum = 0;
            foreach ((double node, double weight) in NormalTail.Terms)
                sum += weight / (square + node);
            Expression smooth = NormalTail.Factor * a * Call("exp", -1 * square) * sum;
            Expression pole = 1 / (1 + Call("exp", NormalTail.PoleRate * a));
            return Max(0, X) - (a * (smooth + pole));
        }
    }

    /// <summary>ln(1 + eˣ) without overflow.</summary>
    private static Expression StableSoftplus => Max(0, X) + Call("log", 1 + Call("exp", -1 * Call("abs", X)));
}
