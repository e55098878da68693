namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Where in the layers' value each element of ONNX's value stands. Transpositions move no number: they renumber elements, until a dense layer takes them
/// up in the order of its rows.
/// </summary>
internal sealed class ElementOrder
{
    private readonly int[]? _places;

    private ElementOrder(int[]? places) => _places = places;

    /// <summary>Each element is in its own place.</summary>
    public static ElementOrder Natural { get; } = new(null);

    public bool IsNatural => _places is null;

    /// <summary>The order after a transposition, by which element i comes from where <paramref name="from"/>[i] says.</summary>
    public ElementOrder Then(int[] from)
    {
        int[] places = _places is null ? from : Array.ConvertAll(from, element => _places[element]);
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] != i)
                return new ElementOrder(places);
        }

        return Natural;
    }

    /// <summary>One number for each element, in the order of the layers.</summary>
    public double[] OfElements(double[] values)
    {
        if (_places is null)
            return values;
        double[] ordered = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            ordered[_places[i]] = values[i];
        return ordered;
    }

    /// <summary>A matrix with a row of <paramref name="units"/> numbers for each element, its rows in the order of the layers.</summary>
    public double[] OfRows(double[] weight, int units)
    {
        if (_places is null)
            return weight;
        double[] ordered = new double[weight.Length];
        for (int i = 0; i < _places.Length; i++)
            weight.AsSpan(i * units, units).CopyTo(ordered.AsSpan(_places[i] * units));
        return ordered;
    }
}
