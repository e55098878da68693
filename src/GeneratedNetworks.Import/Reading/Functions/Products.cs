namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Products of matrices by three plain loops.</summary>
internal static class Products
{
    /// <summary>NumPy's matmul: the last two axes are matrices, those before are matched, and a vector gets an axis that is taken away again.</summary>
    public static Tensor MatMul(OperationScope scope, Tensor left, Tensor right)
    {
        if (left.Rank == 0 || right.Rank == 0)
            throw scope.Error($"it multiplies values of the shapes {left.ShapeText} and {right.ShapeText}");
        int[] a = left.Rank == 1 ? [1, .. left.Shape] : left.Shape;
        int[] b = right.Rank == 1 ? [.. right.Shape, 1] : right.Shape;
        int[]? leading = Extents.Broadcast(a[..^2], b[..^2]);
        if (leading is null || a[^1] != b[^2])
            throw scope.Error($"it multiplies values of the shapes {left.ShapeText} and {right.ShapeText}");
        (int rows, int inner, int columns) = (a[^2], a[^1], b[^1]);
        int[] shape = [.. leading, rows, columns];
        double[] result = scope.Allocate(Extents.Count(shape));
        scope.TakeOperations(result.Length * (long)inner);
        scope.TakeElements(2 * Extents.Count(leading));
        int[] fromLeft = Extents.Places(leading, Scaled(Extents.BroadcastStrides(a[..^2], leading), rows * inner));
        int[] fromRight = Extents.Places(leading, Scaled(Extents.BroadcastStrides(b[..^2], leading), inner * columns));
        for (int matrix = 0; matrix < fromLeft.Length; matrix++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < inner; i++)
                {
                    double factor = left.Elements[fromLeft[matrix] + (row * inner) + i];
                    for (int column = 0; column < columns; column++)
                    {
                        int place = (((matrix * rows) + row) * columns) + column;
                        double product = scope.Rounded(factor * right.Elements[fromRight[matrix] + (i * columns) + column]);
                        result[place] = scope.Rounded(result[place] + product);
                    }
                }
            }
        }

        int[] without = [.. leading, .. (left.Rank == 1 ? Array.Empty<int>() : [rows]), .. (right.Rank == 1 ? Array.Empty<int>() : [columns])];
        return Tensor.Real(without, result);
    }

    /// <summary>The matrix with its axes exchanged.</summary>
    public static Tensor Transpose(OperationScope scope, Tensor matrix)
    {
        double[] result = scope.Allocate(matrix.Count);
        (int rows, int columns) = (matrix.Shape[0], matrix.Shape[1]);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                result[(column * rows) + row] = matrix.Elements[(row * columns) + column];
        }

        return matrix with { Shape = [columns, rows], Elements = result };
    }

    private static int[] Scaled(int[] strides, int size) => Array.ConvertAll(strides, stride => stride * size);
}
