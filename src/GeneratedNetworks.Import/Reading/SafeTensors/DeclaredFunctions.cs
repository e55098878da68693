using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.SafeTensors;

/// <summary>The activations of attributes, by name.</summary>
internal static class DeclaredFunctions
{
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    private static readonly Dictionary<string, Func<double, double>> Table = new(StringComparer.Ordinal)
    {
        ["Identity"] = x => x,
        ["LeakyRelu"] = x => x < 0 ? 0.01 * x : x,
        ["Elu"] = x => Scalar.Elu(x, 1),
        ["Selu"] = x => Scalar.Selu(x, SeluAlpha, SeluScale),
        ["Gelu"] = Scalar.Gelu,
        ["GeluTanh"] = Scalar.GeluTanh,
        ["Silu"] = Scalar.Silu,
        ["Mish"] = Scalar.Mish,
        ["Softplus"] = Scalar.Softplus,
        ["LogSigmoid"] = Scalar.LogSigmoid,
        ["Softsign"] = Scalar.Softsign,
        ["Tanh"] = Math.Tanh,
        ["Sigmoid"] = Scalar.Sigmoid,
        ["HardSigmoid"] = x => Scalar.Limit(x + 3, 0, 6) / 6,
        ["HardSwish"] = Scalar.HardSwish,
    };

    public static Tensor Apply(OperationScope scope, Tensor value, string name) => name switch
    {
        "Relu" => scope.Clamp(value, 0, double.PositiveInfinity),
        "Relu6" => scope.Clamp(value, 0, 6),
        "HardTanh" => scope.Clamp(value, -1, 1),
        "Softmax" => AlongAxis.Apply(scope, value, value.Rank - 1, AlongAxis.Softmax),
        "LogSoftmax" => AlongAxis.Apply(scope, value, value.Rank - 1, AlongAxis.LogSoftmax),
        _ => Table.TryGetValue(name, out Func<double, double>? function) ? scope.Map(value, function) : throw scope.Error($"the activation '{name}' is not executed"),
    };
}
