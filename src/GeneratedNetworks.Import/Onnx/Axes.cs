namespace GeneratedNetworks.Import.Onnx;

/// <summary>Index arithmetic over row-major arrays.</summary>
internal static class Axes
{
    /// <summary>
    /// The values of an array of <paramref name="shape"/>, repeated along its axes of extent 1 to <paramref name="target"/>, of as many axes.
    /// </summary>
    public static double[] Repeat(double[] values, int[] shape, int[] target)
    {
        double[] result = new double[Count(target)];
        int[] strides = Strides(shape);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                strides[axis] = 0;
        }

        Walk(target, strides, (i, from) => result[i] = values[from]);
        return result;
    }

    /// <summary>Where each element of the transposed array comes from.</summary>
    /// <param name="shape">Before.</param>
    /// <param name="permutation">Which old axis each new one is.</param>
    public static int[] Transpose(int[] shape, int[] permutation)
    {
        int[] strides = Strides(shape);
        int[] result = new int[Count(shape)];
        Walk(Array.ConvertAll(permutation, axis => shape[axis]), Array.ConvertAll(permutation, axis => strides[axis]), (i, from) => result[i] = from);
        return result;
    }

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    public static int[] Strides(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>
    /// Calls back for every element of <paramref name="shape"/> in order with its number and its offset by <paramref name="strides"/>.
    /// </summary>
    private static void Walk(int[] shape, int[] strides, Action<int, int> visit)
    {
        int count = Count(shape);
        int[] index = new int[shape.Length];
        int offset = 0;
        for (int i = 0; i < count; i++)
        {
            visit(i, offset);
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                offset -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
    }
}
