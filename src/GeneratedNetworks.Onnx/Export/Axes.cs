using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>Orders of axes, and arrays in them.</summary>
internal static class Axes
{
    /// <summary>Which axis of a batch of values comes when channels go first: 0, 3, 1, 2.</summary>
    public static int[] ToFirst(int rank) => [0, rank, .. Enumerable.Range(1, rank - 1)];

    /// <summary>Which comes when they go last: 0, 2, 3, 1.</summary>
    public static int[] ToLast(int rank) => [0, .. Enumerable.Range(2, rank - 1), 1];

    /// <summary>The shape with its last axis in front.</summary>
    public static int[] ChannelsFirst(IReadOnlyList<int> shape) => [shape[shape.Count - 1], .. shape.Take(shape.Count - 1)];

    /// <summary>An array with its axes in another order.</summary>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="order">Which axis comes first, second, and so on.</param>
    public static double[] Permute(double[] values, IReadOnlyList<int> shape, IReadOnlyList<int> order)
    {
        int[] strides = new int[shape.Count];
        for (int axis = shape.Count - 1, stride = 1; axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        double[] result = new double[values.Length];
        int[] at = new int[order.Count];
        for (int i = 0; i < result.Length; i++)
        {
            int from = 0;
            for (int axis = 0; axis < at.Length; axis++)
                from += at[axis] * strides[order[axis]];
            result[i] = values[from];

            // The next element: the last axis runs fastest.
            for (int axis = at.Length - 1; axis >= 0 && ++at[axis] == shape[order[axis]]; axis--)
                at[axis] = 0;
        }

        return result;
    }
}
