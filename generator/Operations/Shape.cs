using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>The dimensions of one sample, channels last: 28×28×1.</summary>
internal sealed record Shape(EquatableArray<int> Dimensions)
{
    public Shape(params int[] dimensions)
        : this(new EquatableArray<int>(dimensions))
    {
    }

    /// <summary>How many elements one sample has.</summary>
    public int Count => Dimensions.Aggregate(1, (product, size) => product * size);

    public override string ToString() => string.Join("×", Dimensions.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
