using System;

namespace GeneratedNetworks;

internal static class Matrix
{
    /// <summary>A copy of a row-major matrix with its axes exchanged.</summary>
    public static T[] Transpose<T>(ReadOnlySpan<T> values, int rows, int columns)
    {
        T[] result = new T[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                result[(column * rows) + row] = values[(row * columns) + column];
        }

        return result;
    }
}
