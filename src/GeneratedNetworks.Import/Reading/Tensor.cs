namespace GeneratedNetworks.Import.Reading;

/// <summary>What kind of numbers a value holds; all of them lie in doubles.</summary>
internal enum ElementType
{
    /// <summary>Floating-point numbers of any width.</summary>
    Real,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Truth,
}

/// <summary>A value of the graph.</summary>
/// <param name="Type">What the file says of its elements; a quantised one may hold fractions, where nothing is rounded.</param>
/// <param name="Shape">Extents, slowest first; empty for a single number.</param>
/// <param name="Elements">Row-major.</param>
internal sealed record Tensor(ElementType Type, int[] Shape, double[] Elements)
{
    public static Tensor Real(int[] shape, double[] elements) => new(ElementType.Real, shape, elements);

    public static Tensor Whole(params long[] elements) => new(ElementType.Int64, [elements.Length], Array.ConvertAll(elements, value => (double)value));

    public int Rank => Shape.Length;

    public int Count => Elements.Length;

    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    public Tensor WithElements(double[] elements) => this with { Elements = elements };

    public Tensor WithShape(params int[] shape) => this with { Shape = shape };
}

/// <summary>Facts about element types.</summary>
internal static class ElementTypes
{
    public static bool IsWhole(this ElementType type) => type is not (ElementType.Real or ElementType.Truth);

    /// <summary>The least and the greatest number of a type that quantized values have; null for the others.</summary>
    public static (double Least, double Greatest)? Range(this ElementType type) => type switch
    {
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.UInt16 => (ushort.MinValue, ushort.MaxValue),
        _ => null,
    };
}
