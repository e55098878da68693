namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>Functions of the numbers along one axis.</summary>
internal static class AlongAxis
{
    // What a line costs beside its numbers, as many of which it is worth.
    private const long LineWork = 16;

    public static double[] Softmax(double[] z)
    {
        double greatest = z.Max();
        double[] powers = Array.ConvertAll(z, value => Math.Exp(value - greatest));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    public static double[] LogSoftmax(double[] z)
    {
        double greatest = z.Max();
        double logarithm = Math.Log(z.Sum(value => Math.Exp(value - greatest)));
        return Array.ConvertAll(z, value => value - greatest - logarithm);
    }

    /// <summary>Applies a function to every line of a value along an axis.</summary>
    /// <param name="scope">For the account.</param>
    /// <param name="value">The value.</param>
    /// <param name="axis">From 0 on.</param>
    /// <param name="function">As many numbers as it is given.</param>
    public static Tensor Apply(OperationScope scope, Tensor value, int axis, Func<double[], double[]> function)
    {
        double[] result = scope.Allocate(value.Count);
        int extent = value.Shape[axis];
        int inner = (int)Extents.Count(value.Shape.Skip(axis + 1));
        scope.TakeElements(extent == 0 ? 0 : LineWork * (value.Count / extent));
        double[] line = new double[extent];
        for (int start = 0; start < value.Count; start += extent * inner)
        {
            for (int offset = 0; offset < inner; offset++)
            {
                for (int i = 0; i < extent; i++)
                    line[i] = value.Elements[start + offset + (i * inner)];
                double[] made = function(line);
                for (int i = 0; i < extent; i++)
                    result[start + offset + (i * inner)] = made[i];
            }
        }

        return value.WithElements(result);
    }
}
