namespace GeneratedNetworks.Tool.Networks;

/// <summary>A value between layers of a <see cref="PlainNetwork{T}"/>, row-major.</summary>
internal sealed record PlainValue(IReadOnlyList<int> Shape, double[] Elements)
{
    /// <summary>The length of the last axis.</summary>
    public int Channels => Shape[^1];

    /// <summary>Rows, columns and channels of an image; a signal has one row.</summary>
    public (int Rows, int Columns) Plane => Shape.Count == 2 ? (1, Shape[0]) : (Shape[0], Shape[1]);

    /// <summary>Zeros of a shape.</summary>
    public static PlainValue Of(IReadOnlyList<int> shape) => new(shape, new double[Count(shape)]);

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>Each element by a function of it and of its place on the last axis.</summary>
    public PlainValue Map(Func<double, int, double> function) =>
        this with { Elements = [.. Elements.Select((element, i) => function(element, i % Channels))] };
}
