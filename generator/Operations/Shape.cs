using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>Dimensions, channels last: 28×28×1.</summary>
internal sealed record Shape(EquatableArray<int> Dimensions)
{
    public Shape(params int[] dimensions)
        : this(new EquatableArray<int>(dimensions))
    {
    }

    /// <summary>How many elements there are in all.</summary>
    public int Count => Dimensions.Aggregate(1, (product, size) => product * size);

    /// <summary>The same, where it may exceed 32 bits.</summary>
    public long LongCount => Dimensions.Aggregate(1L, (product, size) => product > int.MaxValue ? product : product * size);

    /// <summary>The length of the last axis: channels, features.</summary>
    public int Columns => Dimensions.Count == 0 ? 1 : Dimensions[Dimensions.Count - 1];

    /// <summary>How many rows of that length there are.</summary>
    public int Rows => Count / System.Math.Max(1, Columns);

    /// <summary>Rows, columns and channels of an image; a signal has one row.</summary>
    public (int Rows, int Columns, int Channels) Plane => Dimensions.Count switch
    {
        3 => (Dimensions[0], Dimensions[1], Dimensions[2]),
        2 => (1, Dimensions[0], Dimensions[1]),
        _ => (1, 1, Count),
    };

    public override string ToString() => string.Join("×", Dimensions.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
