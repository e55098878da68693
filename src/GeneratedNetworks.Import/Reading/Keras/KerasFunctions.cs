using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Activations by the names that Keras saves.</summary>
internal static class KerasFunctions
{
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    private static readonly Dictionary<string, Func<double, double>> Table = new(StringComparer.Ordinal)
    {
        ["linear"] = x => x,
        ["relu"] = Scalar.Relu,
        ["elu"] = x => Scalar.Elu(x, 1),
        ["selu"] = x => Scalar.Selu(x, SeluAlpha, SeluScale),
        ["celu"] = x => Scalar.Celu(x, 1),
        ["gelu"] = Scalar.Gelu,
        ["silu"] = Scalar.Silu,
        ["swish"] = Scalar.Silu,
        ["mish"] = Scalar.Mish,
        ["softplus"] = Scalar.Softplus,
        ["softsign"] = Scalar.Softsign,
        ["tanh"] = Math.Tanh,
        ["sigmoid"] = Scalar.Sigmoid,
        ["log_sigmoid"] = Scalar.LogSigmoid,
        ["hard_silu"] = Scalar.HardSwish,
        ["hard_swish"] = Scalar.HardSwish,
        ["exponential"] = Math.Exp,

        // By its name alone it has this slope, as a function; the layer has 0.3.
        ["leaky_relu"] = x => x < 0 ? 0.2 * x : x,
    };

    private static readonly Dictionary<string, (double Least, double Greatest)> Clamps = new(StringComparer.Ordinal)
    {
        ["relu6"] = (0, 6),
        ["hard_tanh"] = (-1, 1),
    };

    /// <summary>One of those that work on each number alone; null for another name.</summary>
    public static Func<double, double>? Find(string name, int version) => name switch
    {
        "hard_sigmoid" => x => Scalar.HardSigmoid(x, version < 3 ? 0.2 : 1.0 / 6, 0.5),
        "relu6" => x => Math.Clamp(x, 0, 6),
        _ => Table.GetValueOrDefault(name),
    };

    public static Tensor Apply(OperationScope scope, Tensor value, string name, int version)
    {
        if (Clamps.TryGetValue(name, out (double Least, double Greatest) clamp))
            return scope.Clamp(value, clamp.Least, clamp.Greatest);
        if (Table.TryGetValue(name, out Func<double, double>? function))
            return scope.Map(value, function);
        return name switch
        {
            // Keras 3 changed what it means.
            "hard_sigmoid" when version < 3 => HardSigmoid(scope, value, 0.2),
            "hard_sigmoid" => HardSigmoid(scope, value, 1.0 / 6),
            "softmax" => AlongAxis.Apply(scope, value, value.Rank - 1, AlongAxis.Softmax),
            "log_softmax" => AlongAxis.Apply(scope, value, value.Rank - 1, AlongAxis.LogSoftmax),
            _ => throw scope.Error($"its activation '{name}' is not executed"),
        };
    }

    private static Tensor HardSigmoid(OperationScope scope, Tensor value, double slope)
    {
        scope.NoteLimits(value, -0.5 / slope, 0.5 / slope);
        return scope.Map(value, x => Scalar.HardSigmoid(x, slope, 0.5));
    }
}
