namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Where in the layers' value each element of ONNX's value stands. Transpositions move no number: they renumber axes, and a new shape over renumbered axes
/// elements, until a dense layer takes them up in the order of its rows.
/// </summary>
internal sealed class ElementOrder
{
    private readonly int[]? _places;
    private readonly int[]? _axes;
    private readonly int[] _shape = [];

    private ElementOrder(int[]? places) => _places = places;

    private ElementOrder(int[] axes, int[] shape) => (_axes, _shape) = (axes, shape);

    /// <summary>Each element is in its own place.</summary>
    public static ElementOrder Natural { get; } = new((int[]?)null);

    /// <summary>Which axis of the layers' value each axis of a sample is; null where elements are not moved by axes.</summary>
    public int[]? Axes => _axes;

    public bool IsNatural => _places is null && (_axes is null || MovesNothing(_axes, _shape));

    /// <summary>Whether the first axis of a sample, the channels, is the last of the layers', and the others are in order.</summary>
    public bool IsChannelsLast => _axes is not null && _axes.Select((axis, i) => axis == (i == 0 ? _axes.Length - 1 : i - 1)).All(isSo => isSo);

    /// <summary>The order of axes that are moved.</summary>
    /// <param name="axes">Which axis of the layers' value each axis of a sample is.</param>
    /// <param name="shape">The layers' shape.</param>
    public static ElementOrder OfAxes(int[] axes, IReadOnlyList<int> shape) => new(axes, [.. shape]);

    /// <summary>That of channels, which come first in a sample and last in a layer.</summary>
    public static ElementOrder ChannelsLast(IReadOnlyList<int> shape) => OfAxes([shape.Count - 1, .. Enumerable.Range(0, shape.Count - 1)], shape);

    /// <summary>The order of a row of elements, element i being in the place <paramref name="places"/>[i].</summary>
    public static ElementOrder OfPlaces(int[] places)
    {
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] != i)
                return new ElementOrder(places);
        }

        return Natural;
    }

    /// <summary>The place of each of <paramref name="count"/> elements.</summary>
    public int[] Places(int count) => _places ?? (_axes is null ? [.. Enumerable.Range(0, count)] : Onnx.Axes.Transpose(_shape, _axes));

    /// <summary>One number for each element, in the order of the layers.</summary>
    public double[] OfElements(double[] values)
    {
        if (IsNatural)
            return values;
        int[] places = Places(values.Length);
        double[] ordered = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            ordered[places[i]] = values[i];
        return ordered;
    }

    /// <summary>A matrix with a row of <paramref name="units"/> numbers for each element, its rows in the order of the layers.</summary>
    public double[] OfRows(double[] weight, int units)
    {
        if (IsNatural)
            return weight;
        int[] places = Places(weight.Length / units);
        double[] ordered = new double[weight.Length];
        for (int i = 0; i < places.Length; i++)
            weight.AsSpan(i * units, units).CopyTo(ordered.AsSpan(places[i] * units));
        return ordered;
    }

    // Axes of extent 1 may be anywhere.
    private static bool MovesNothing(int[] axes, int[] shape)
    {
        int[] moved = [.. axes.Where(axis => shape[axis] != 1)];
        return moved.SequenceEqual(moved.Order());
    }
}
