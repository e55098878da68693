using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>In which order the axes of a value lie in the file.</summary>
internal enum AxisOrder
{
    /// <summary>As ours: <c>[batch, height, width, channels]</c>.</summary>
    ChannelsLast,

    /// <summary>As ONNX' convolutions and pools take them: <c>[batch, channels, height, width]</c>.</summary>
    ChannelsFirst,
}

/// <summary>
/// A value between layers, under the names that it has in the file: that in the order in which it was computed, and later that in the other, once a layer has
/// asked for it.
/// </summary>
/// <param name="shape">The extents of one sample, channels last.</param>
internal sealed class Value(IReadOnlyList<int> shape)
{
    private readonly string?[] _names = new string?[2];

    public IReadOnlyList<int> Shape => shape;

    /// <summary>The length of the last axis.</summary>
    public int Channels => shape[shape.Count - 1];

    /// <summary>All extents but the last.</summary>
    public IReadOnlyList<int> Positions => [.. shape.Take(shape.Count - 1)];

    /// <summary>
    /// The shape that a row of numbers had before it was flattened. Channels first means for the row that its numbers lie as they did in that shape with its
    /// channels first.
    /// </summary>
    public IReadOnlyList<int>? Unflattened { get; init; }

    /// <summary>The value that a row is, flattened: where a name is missing it is made of that.</summary>
    public Value? Source { get; init; }

    /// <summary>The order in which it was computed.</summary>
    public AxisOrder Order { get; init; }

    /// <summary>Its name in an order, or null where it does not lie so yet.</summary>
    public string? this[AxisOrder order]
    {
        get => _names[(int)order];
        set => _names[(int)order] = value;
    }

    /// <summary>A value of the same axes that a layer computes in an order.</summary>
    public Value Like(string name, AxisOrder order) => new(shape) { Unflattened = Unflattened, Order = order, [order] = name };

    /// <summary>Whether it can lie with its channels first: they are no more than a row otherwise.</summary>
    public bool HasTwoOrders => (Unflattened ?? shape).Count > 1;

    public static int Count(IEnumerable<int> extents) => extents.Aggregate(1, (product, extent) => product * extent);
}
