namespace GeneratedNetworks.Import.Reading;

/// <summary>
/// Rounds to one of the two 32-bit numbers around a number, by chance, the nearer one more often. Runs that do so spread as far as single precision leaves
/// the result open, whatever the order of their sums (Monte Carlo arithmetic).
/// </summary>
/// <param name="random">Decides.</param>
internal sealed class SingleRounding(Random random)
{
    public double Round(double value)
    {
        float nearest = (float)value;
        if (nearest == value || !float.IsFinite(nearest))
            return nearest;
        (double below, double above) = nearest < value ? (nearest, MathF.BitIncrement(nearest)) : (MathF.BitDecrement(nearest), nearest);
        return random.NextDouble() * (above - below) < value - below ? above : below;
    }
}
