namespace GeneratedNetworks.Import;

/// <summary>Between which numbers every element of a value lies, whatever the network reads.</summary>
/// <param name="Low">−∞ where nothing is known.</param>
/// <param name="High">∞ where nothing is known.</param>
internal readonly record struct Interval(double Low, double High)
{
    public static Interval Everything { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Below the least value of each function that first falls and then rises.</summary>
    private const double LeastOfSmoothRectifiers = -0.376;

    private const double SeluFloor = -1.7580993408473769;

    /// <summary>Limited to another interval.</summary>
    public Interval Limited(double minimum, double maximum) => new(Math.Clamp(Low, minimum, maximum), Math.Clamp(High, minimum, maximum));

    /// <summary>With a number more.</summary>
    public Interval With(double value) => new(Math.Min(Low, value), Math.Max(High, value));

    /// <summary>Of a layer with weights, all that it reads being in this one.</summary>
    public Interval Affine(AffineStep step)
    {
        if (!double.IsFinite(Low) || !double.IsFinite(High))
            return Everything;
        double[] low = step.Bias is null ? new double[step.Outputs] : [.. step.Bias];
        double[] high = [.. low];
        for (int i = 0; i < step.Weight.Length; i++)
        {
            double weight = step.Weight[i];
            low[step.OutputOf(i)] += weight * (weight < 0 ? High : Low);
            high[step.OutputOf(i)] += weight * (weight < 0 ? Low : High);
        }

        return Of(low.Min(), high.Max());
    }

    /// <summary>Of several values that become one.</summary>
    public static Interval Of(JoinKind kind, IEnumerable<Interval> values) => values.Aggregate((left, right) => kind switch
    {
        JoinKind.Add => Of(left.Low + right.Low, left.High + right.High),
        JoinKind.Concat => Of(Math.Min(left.Low, right.Low), Math.Max(left.High, right.High)),
        _ when double.IsFinite(left.Low) && double.IsFinite(left.High) && double.IsFinite(right.Low) && double.IsFinite(right.High) => Products(left, right),
        _ => Everything,
    });

    /// <summary>Of x·Factors/Divisors + Summands.</summary>
    public Interval Scaled(ScaleStep scale)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int i = 0; i < scale.Factors.Length; i++)
        {
            double factor = scale.Factors[i] / scale.Divisors[i];
            double first = factor == 0 ? scale.Summands[i] : (Low * factor) + scale.Summands[i];
            double second = factor == 0 ? scale.Summands[i] : (High * factor) + scale.Summands[i];
            low = Math.Min(low, Math.Min(first, second));
            high = Math.Max(high, Math.Max(first, second));
        }

        return Of(low, high);
    }

    /// <summary>Of f(x). Every function is bounded by its limits, or rises, or falls no further than a known depth.</summary>
    public Interval Through(Activation function) => function switch
    {
        Activation.Identity => this,
        Activation.Relu => Limited(0, double.PositiveInfinity),
        Activation.Relu6 => Limited(0, 6),
        Activation.HardTanh => Limited(-1, 1),
        Activation.LeakyRelu => new(Low < 0 ? 0.01 * Low : Low, High < 0 ? 0.01 * High : High),
        Activation.Elu => new(Math.Max(Low, -1), Math.Max(0, High)),
        Activation.Selu => new(SeluFloor, Math.Max(0, High * 1.0507009873554805)),
        Activation.Gelu or Activation.GeluTanh or Activation.Silu or Activation.Mish or Activation.HardSwish => new(LeastOfSmoothRectifiers, Math.Max(0, High)),
        Activation.Softplus => new(0, double.PositiveInfinity),
        Activation.Tanh or Activation.Softsign => new(-1, 1),
        Activation.Sigmoid or Activation.HardSigmoid or Activation.Softmax => new(0, 1),
        Activation.LogSoftmax or Activation.LogSigmoid => new(double.NegativeInfinity, 0),
        _ => Everything,
    };

    private static Interval Products(Interval left, Interval right)
    {
        double[] ends = [left.Low * right.Low, left.Low * right.High, left.High * right.Low, left.High * right.High];
        return Of(ends.Min(), ends.Max());
    }

    private static Interval Of(double low, double high) => double.IsNaN(low) || double.IsNaN(high) ? Everything : new(low, high);
}
