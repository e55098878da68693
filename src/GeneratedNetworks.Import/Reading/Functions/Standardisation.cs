namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Numbers brought to mean 0 and deviation 1 by their own mean and biased variance.</summary>
internal static class Standardisation
{
    /// <summary>(x − mean)/√(variance + ε) of the numbers of a line.</summary>
    public static double[] Of(double[] line, double epsilon)
    {
        double mean = line.Average();
        double deviation = Math.Sqrt(line.Average(value => (value - mean) * (value - mean)) + epsilon);
        return Array.ConvertAll(line, value => (value - mean) / deviation);
    }

    /// <summary>Over all axes from one on, for each place of those before it.</summary>
    public static Tensor From(OperationScope scope, Tensor value, int axis, double epsilon)
    {
        if (value.Count == 0)
            throw scope.Error($"its value of shape {value.ShapeText} has no element");
        int rows = (int)Extents.Count(value.Shape.Take(axis));
        return AlongAxis.Apply(scope, value.WithShape(rows, value.Count / rows), 1, line => Of(line, epsilon)).WithShape(value.Shape);
    }
}
