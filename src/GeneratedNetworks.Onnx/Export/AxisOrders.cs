using System.Collections.Generic;
using System.Linq;
using static GeneratedNetworks.Onnx.Export.AxisOrder;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>
/// Gives values in the order of axes that a layer reads. Ours are channels last, ONNX' convolutions, pools and batch normalizations take channels first: values
/// are transposed where a layer of one kind reads one of the other, once for all readers, and nowhere else. Inputs and outputs of the graph are as ours unless another order is asked for.
/// </summary>
/// <remarks>
/// A row that was an image before may lie in either order: a dense layer behind it takes the rows of its weights in the order in which the convolution left the
/// image, and so there is no Transpose between the two either, as in files that PyTorch writes.
/// </remarks>
internal sealed class AxisOrders(GraphWriter graph)
{
    /// <summary>The name of a value in an order. A row of one channel, or of one position, is the same in both.</summary>
    public string NameOf(Value value, AxisOrder order, string layer)
    {
        if (!value.HasTwoOrders)
            order = ChannelsLast;
        else if (value.Unflattened is { } extents && (extents[extents.Count - 1] == 1 || Value.Count(extents) == extents[extents.Count - 1]))
            order = value.Order;
        return value[order] ??= value.Source is { } source ? Flat(source, order, layer) : value.Unflattened is { } shape ? Reordered(value, shape, layer) : Transposed(value, order, layer);
    }

    /// <summary>The order in which the operands of one node can lie together: channels first where one was computed so.</summary>
    public static AxisOrder Common(IReadOnlyList<Value> values)
    {
        bool canBeFirst = values.All(value => value.HasTwoOrders && (value.Unflattened ?? []).SequenceEqual(values[0].Unflattened ?? []));
        return canBeFirst && (values.All(value => value[ChannelsFirst] is not null) || values.Any(value => value.Order == ChannelsFirst)) ? ChannelsFirst : ChannelsLast;
    }

    /// <summary>A row of a value's numbers, which is made where it is read, in the order that is asked for.</summary>
    public static Value Flatten(Value value)
    {
        if (value.Shape.Count == 1)
            return value;
        return new Value([Value.Count(value.Shape)]) { Unflattened = value.Shape, Source = value, Order = value.Order };
    }

    private string Flat(Value source, AxisOrder order, string layer) => graph.Add("Flatten", layer, [NameOf(source, order, layer)], GraphWriter.Whole("axis", 1));

    private string Transposed(Value value, AxisOrder order, string layer)
    {
        int rank = value.Shape.Count;
        (AxisOrder from, int[] permutation) = order == ChannelsFirst ? (ChannelsLast, Axes.ToFirst(rank)) : (ChannelsFirst, Axes.ToLast(rank));
        return graph.Add("Transpose", layer, [value[from]!], GraphWriter.Wholes("perm", permutation));
    }

    /// <summary>A row that a layer computed with the channels of what it once was in front: as an image it is transposed, and is a row again.</summary>
    private string Reordered(Value value, IReadOnlyList<int> shape, string layer)
    {
        bool toFirst = value[ChannelsFirst] is null;
        int[] now = toFirst ? [.. shape] : Axes.ChannelsFirst(shape);
        string image = graph.Add("Reshape", layer, [value[toFirst ? ChannelsLast : ChannelsFirst]!, graph.AddWholes(layer, "shape", [-1, .. now.Select(extent => (long)extent)])]);
        string transposed = graph.Add("Transpose", layer, [image], GraphWriter.Wholes("perm", toFirst ? Axes.ToFirst(shape.Count) : Axes.ToLast(shape.Count)));
        return graph.Add("Flatten", layer, [transposed], GraphWriter.Whole("axis", 1));
    }
}
