using System;

namespace GeneratedNetworks;

/// <content>Scaling columns.</content>
public sealed partial class Dataset<T>
{
    /// <summary>The same samples with scaled inputs.</summary>
    /// <param name="scaling">As many columns as a sample has inputs.</param>
    /// <exception cref="ArgumentException">The scaling has another number of columns.</exception>
    public Dataset<T> ScaleInputs(Scaling<T> scaling)
    {
        (scaling ?? throw new ArgumentNullException(nameof(scaling))).CheckFits(InputSize, "input", nameof(scaling));
        return MapInputs(scaling.Apply);
    }

    /// <summary>The same samples with scaled targets; <see cref="Scaling{T}.Invert(Span{T})"/> brings a network's outputs back.</summary>
    /// <param name="scaling">As many columns as a sample has targets.</param>
    /// <exception cref="ArgumentException">The scaling has another number of columns.</exception>
    public Dataset<T> ScaleTargets(Scaling<T> scaling)
    {
        (scaling ?? throw new ArgumentNullException(nameof(scaling))).CheckFits(TargetSize, "target", nameof(scaling));
        return MapTargets(scaling.Apply);
    }
}
