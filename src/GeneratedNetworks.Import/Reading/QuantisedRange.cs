namespace GeneratedNetworks.Import.Reading;

/// <summary>The ends of what a quantised value holds, and when they limit a function.</summary>
internal static class QuantisedRange
{
    /// <summary>
    /// The limits that a range sets to values of a function with bounds of its own. An end that misses such a bound by one step or less is that bound,
    /// rounded: the probabilities of a softmax end at 255/256 in a format that counts in 256ths, and mean 1.
    /// </summary>
    /// <param name="least">What the least number of the type stands for.</param>
    /// <param name="greatest">What its greatest number stands for.</param>
    /// <param name="step">The difference of neighbours.</param>
    /// <param name="bounds">Of the function before, or null.</param>
    public static (double Least, double Greatest) Limits(double least, double greatest, double step, (double Least, double Greatest)? bounds) =>
        bounds is not { } own
            ? (least, greatest)
            : (own.Least >= least - step ? double.NegativeInfinity : least, own.Greatest <= greatest + step ? double.PositiveInfinity : greatest);
}
