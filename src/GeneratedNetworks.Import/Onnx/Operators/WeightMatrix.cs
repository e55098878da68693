namespace GeneratedNetworks.Import.Onnx.Operators;

internal static class WeightMatrix
{
    /// <summary>[rows, columns] to [columns, rows].</summary>
    public static double[] Transpose(OnnxNode node, double[] values, int rows, int columns)
    {
        node.Graph.Budget.Take(values.Length, node.Description);
        double[] result = new double[values.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                result[(c * rows) + r] = values[(r * columns) + c];
        }

        return result;
    }
}
