namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Functions of one number by their definitions, written so that no digit is lost.</summary>
internal static class Scalar
{
    public static double Relu(double x) => x > 0 || double.IsNaN(x) ? x : 0;

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double Softplus(double x) => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x));

    public static double LogSigmoid(double x) => -Softplus(-x);

    public static double Softsign(double x) => x / (1 + Math.Abs(x));

    public static double Silu(double x) => x * Sigmoid(x);

    public static double Mish(double x) => x * Math.Tanh(Softplus(x));

    public static double Elu(double x, double alpha) => x > 0 ? x : alpha * ExpMinusOne(x);

    public static double Celu(double x, double alpha) => Math.Max(x, 0) + Math.Min(0, alpha * ExpMinusOne(x / alpha));

    public static double Selu(double x, double alpha, double gamma) => gamma * Elu(x, alpha);

    public static double Gelu(double x) => 0.5 * x * ErrorFunction.Complement(-x / Math.Sqrt(2));

    public static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double HardSigmoid(double x, double slope, double offset) => Limit((slope * x) + offset, 0, 1);

    public static double HardSwish(double x) => x * Limit(x + 3, 0, 6) / 6;

    /// <summary>NaN passes.</summary>
    public static double Limit(double x, double least, double greatest) => x < least ? least : x > greatest ? greatest : x;

    /// <summary>e^x − 1: by its series where the subtraction would lose digits.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.25)
            return Math.Exp(x) - 1;
        double sum = 0;
        double term = 1;
        for (int n = 1; n < 20; n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>ln(1 + x) for x ≥ 0: by the series of 2·artanh(x/(2 + x)) where 1 + x would lose digits.</summary>
    public static double LogOnePlus(double x)
    {
        if (x > 0.25)
            return Math.Log(1 + x);
        double ratio = x / (2 + x);
        double square = ratio * ratio;
        double sum = 0;
        double power = ratio;
        for (int n = 1; n < 24; n += 2)
        {
            sum += power / n;
            power *= square;
        }

        return 2 * sum;
    }
}
