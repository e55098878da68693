using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks;

/// <summary>An input or an output of a network: a part of each row of inputs or outputs.</summary>
public sealed class NetworkValue
{
    private readonly int[] _shape;

    /// <summary>For generated code.</summary>
    /// <param name="name">The input's name, or that of the layer that computes the output.</param>
    /// <param name="offset">Where it starts in a row.</param>
    /// <param name="shape">Its extents.</param>
    public NetworkValue(string name, int offset, params int[] shape)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Offset = offset;
        _shape = shape ?? throw new ArgumentNullException(nameof(shape));
        Length = shape.Aggregate(1, (product, size) => product * size);
    }

    /// <summary>The same of three extents, without data beside the code.</summary>
    /// <param name="name">The input's name, or that of the layer that computes the output.</param>
    /// <param name="offset">Where it starts in a row.</param>
    /// <param name="height">The first extent.</param>
    /// <param name="width">The second.</param>
    /// <param name="channels">The third.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkValue(string name, int offset, int height, int width, int channels)
        : this(name, offset, [height, width, channels])
    {
    }

    /// <summary>The input's name, or that of the layer that computes the output.</summary>
    public string Name { get; }

    /// <summary>Where it starts in a row of inputs or outputs.</summary>
    public int Offset { get; }

    /// <summary>How many elements of a row it has.</summary>
    public int Length { get; }

    /// <summary>Its extents, channels last.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <returns>"policy: 4 at 0".</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}: {1} at {2}", Name, string.Join("×", _shape.Select(size => size.ToString(CultureInfo.InvariantCulture))), Offset);
}
