namespace GeneratedNetworks.Tool.Networks;

/// <summary>The activations in double by their definitions, without anything of the generator's, which they are there to check.</summary>
internal static class PlainActivation
{
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>Applies a function to one sample.</summary>
    /// <param name="function">The function.</param>
    /// <param name="z">The sample.</param>
    /// <param name="channels">Its last axis, over which softmax and log-softmax run.</param>
    public static double[] Apply(Activation function, double[] z, int channels) => function switch
    {
        Activation.Identity => z,
        Activation.Softmax => [.. z.Chunk(channels).SelectMany(Softmax)],
        Activation.LogSoftmax => [.. z.Chunk(channels).SelectMany(LogSoftmax)],
        _ => Array.ConvertAll(z, value => Value(function, value)),
    };

    private static double Value(Activation function, double z) => function switch
    {
        Activation.Identity => z,
        Activation.Relu => Math.Max(z, 0),
        Activation.LeakyRelu => z > 0 ? z : 0.01 * z,
        Activation.Elu => z > 0 ? z : ExpMinusOne(z),
        Activation.Selu => SeluScale * (z > 0 ? z : SeluAlpha * ExpMinusOne(z)),
        Activation.Gelu => z * 0.5 * ErrorFunction.Complement(-z / Math.Sqrt(2)),
        Activation.GeluTanh => z * Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (z + (0.044715 * z * z * z))),
        Activation.Silu => z * Sigmoid(z),
        Activation.Mish => z * Math.Tanh(Softplus(z)),
        Activation.Softplus => Softplus(z),
        Activation.LogSigmoid => -Softplus(-z),
        Activation.Softsign => z / (1 + Math.Abs(z)),
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => Sigmoid(z),
        Activation.HardSigmoid => Math.Clamp((z + 3) / 6, 0, 1),
        Activation.HardTanh => Math.Clamp(z, -1, 1),
        Activation.HardSwish => z * Math.Clamp((z + 3) / 6, 0, 1),
        Activation.Relu6 => Math.Clamp(z, 0, 6),
        _ => throw new NotSupportedException($"There is no plain form of the activation {function}."),
    };

    // The largest comes out first: nothing overflows, and no digit is lost to the size of the numbers.
    private static double[] Softmax(double[] z)
    {
        double largest = z.Max();
        double[] powers = Array.ConvertAll(z, value => Math.Exp(value - largest));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    private static double[] LogSoftmax(double[] z)
    {
        double largest = z.Max();
        double logarithm = Math.Log(z.Sum(value => Math.Exp(value - largest)));
        return Array.ConvertAll(z, value => value - largest - logarithm);
    }

    private static double Sigmoid(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return (z < 0 ? e : 1) / (1 + e);
    }

    private static double Softplus(double z) => Math.Max(z, 0) + LogOnePlus(Math.Exp(-Math.Abs(z)));

    // Kahan's forms: the rounding of 1 + x, or of e^z, cancels between numerator and denominator.
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double ExpMinusOne(double z)
    {
        double power = Math.Exp(z);
        return power == 1 ? z : power < 0.5 ? power - 1 : (power - 1) * z / Math.Log(power);
    }
}
