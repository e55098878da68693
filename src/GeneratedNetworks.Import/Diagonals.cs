namespace GeneratedNetworks.Import;

/// <summary>Scalings by 0, which no normalization says: a matrix of which the diagonal alone is not 0, or a depthwise convolution of one element.</summary>
internal sealed class Diagonals
{
    private long _elements;

    public IEnumerable<Step> Of(ScaleStep scale, IReadOnlyList<int> shape, int size)
    {
        int channels = shape[^1];
        int axes = shape.Count - 1;
        if (axes is 1 or 2 && channels % scale.Factors.Length == 0)
        {
            double[] factors = [.. scale.Factors.Select((factor, i) => factor / scale.Divisors[i])];
            Convolution form = new(ConvolutionKind.Depthwise, WindowShape.Of([.. Enumerable.Repeat(1, axes)]), channels, channels);
            yield return new ConvolutionStep(scale.Name, form, ScaleFolding.Spread(factors, channels), IsZero(scale.Summands) ? null : ScaleFolding.Spread(scale.Summands, channels));
            yield break;
        }

        if (size > ScaleFolding.WidestDiagonal)
            throw new NotSupportedException($"'{scale.Name}' multiplies some of {size} elements by 0, and no dense layer stands beside it to take the factors up; the most is {ScaleFolding.WidestDiagonal}");
        _elements += (long)size * size;
        if (_elements > ScaleFolding.MostDiagonalElements)
            throw new NotSupportedException($"'{scale.Name}' multiplies some of {size} elements by 0, and too many such scalings stand between functions, with no dense layer beside them");
        double[] weight = new double[size * size];
        for (int i = 0; i < size; i++)
            weight[(i * size) + i] = scale.Factors[i % scale.Factors.Length] / scale.Divisors[i % scale.Factors.Length];
        yield return new DenseStep(scale.Name, weight, IsZero(scale.Summands) ? null : ScaleFolding.Spread(scale.Summands, size), size);
        if (shape.Count > 1)
            yield return new ReshapeStep(null, [.. shape]);
    }

    private static bool IsZero(double[] values) => Array.TrueForAll(values, value => value == 0);
}
