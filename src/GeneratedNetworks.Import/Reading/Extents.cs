namespace GeneratedNetworks.Import.Reading;

/// <summary>Arithmetic with shapes, in 64 bits: what a file claims may not fit in less.</summary>
internal static class Extents
{
    /// <summary>The elements of a shape; <see cref="long.MaxValue"/> where there are more than a <see cref="long"/> counts.</summary>
    public static long Count(IEnumerable<int> shape)
    {
        long count = 1;
        foreach (int extent in shape)
            count = extent == 0 ? 0 : count > long.MaxValue / extent ? long.MaxValue : count * extent;
        return count;
    }

    /// <summary>How far apart neighbours along each axis lie in a row-major array.</summary>
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

    /// <summary>The shape of two values met element by element: axes are matched from the last, one of extent 1 repeats. Null where they do not fit.</summary>
    public static int[]? Broadcast(int[] left, int[] right)
    {
        int[] result = new int[Math.Max(left.Length, right.Length)];
        for (int axis = 1; axis <= result.Length; axis++)
        {
            int a = axis <= left.Length ? left[^axis] : 1;
            int b = axis <= right.Length ? right[^axis] : 1;
            if (a != b && a != 1 && b != 1)
                return null;
            result[^axis] = a == 1 ? b : a;
        }

        return result;
    }

    /// <summary>The strides by which an array of <paramref name="shape"/> is read as one of <paramref name="target"/>.</summary>
    public static int[] BroadcastStrides(int[] shape, int[] target)
    {
        int[] own = Strides(shape);
        int[] strides = new int[target.Length];
        for (int axis = 1; axis <= shape.Length; axis++)
            strides[^axis] = shape[^axis] == 1 ? 0 : own[^axis];
        return strides;
    }

    /// <summary>The element that each element of <paramref name="shape"/> reads, by strides that need not be those of an array.</summary>
    public static int[] Places(int[] shape, int[] strides, int start = 0)
    {
        int[] places = new int[(int)Count(shape)];
        int[] index = new int[shape.Length];
        int place = start;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return places;
    }
}
