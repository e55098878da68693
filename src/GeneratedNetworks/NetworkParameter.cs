using System;
using System.ComponentModel;

namespace GeneratedNetworks;

/// <summary>One parameter tensor of a network and its place in the canonical order.</summary>
/// <remarks>
/// The canonical order is layer by layer, in each the weight (row-major, <c>[in, out]</c>), then the bias if it has one. It is the order of
/// <see cref="INetwork{T}.GetParameters"/>, of gradients and of files, whatever layout the generated code uses in memory.
/// </remarks>
public readonly struct NetworkParameter
{
    private readonly string? _name;
    private readonly int[]? _shape;

    /// <summary>Describes a parameter tensor.</summary>
    /// <param name="name">Its name, such as <c>dense1.weight</c>.</param>
    /// <param name="offset">The index of its first element in the canonical order, not negative.</param>
    /// <param name="shape">Its extents, each positive; none for a scalar. Copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or an extent is not positive.</exception>
    /// <exception cref="OverflowException">The number of elements exceeds <see cref="int.MaxValue"/>.</exception>
    public NetworkParameter(string name, int offset, params int[] shape)
    {
        if (shape is null)
            throw new ArgumentNullException(nameof(shape));
        if (offset < 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, FormattableString.Invariant($"{nameof(offset)} is {offset}; it cannot be negative."));
        int length = 1;
        foreach (int extent in shape)
        {
            if (extent <= 0)
                throw new ArgumentOutOfRangeException(nameof(shape), extent, FormattableString.Invariant($"{nameof(shape)} has an extent {extent}; each must be positive."));
            length = checked(length * extent);
        }

        _name = name ?? throw new ArgumentNullException(nameof(name));
        _shape = (int[])shape.Clone();
        Offset = offset;
        Length = length;
    }

    /// <summary>The same of three extents, without data beside the code.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="offset">The index of its first element.</param>
    /// <param name="first">The first extent.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkParameter(string name, int offset, int first, int second, int third)
        : this(name, offset, [first, second, third])
    {
    }

    /// <summary>The same of four extents.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="offset">The index of its first element.</param>
    /// <param name="first">The first extent.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkParameter(string name, int offset, int first, int second, int third, int fourth)
        : this(name, offset, [first, second, third, fourth])
    {
    }

    /// <summary>The tensor's name: the layer's name, a dot, and <c>weight</c> or <c>bias</c>.</summary>
    public string Name => _name ?? "";

    /// <summary>The index of the first element in the canonical order.</summary>
    public int Offset { get; }

    /// <summary>The number of elements, the product of <see cref="Shape"/>.</summary>
    public int Length { get; }

    /// <summary>The extents, row-major: <c>[in, out]</c> for a weight, <c>[out]</c> for a bias.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The name, shape and offset, such as <c>dense1.weight [64, 32] at 0</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {DescribeShape()} at {Offset}");

    /// <summary>The shape in brackets.</summary>
    internal string DescribeShape() => FormattableString.Invariant($"[{string.Join(", ", _shape ?? [])}]");
}
