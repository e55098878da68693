namespace GeneratedNetworks.Import;

/// <summary>
/// Removes scalings y = x·s + t: into the dense layer before, z·s + t = x·(W·diag(s)) + (b·s + t); or, where none stands there, into the one behind,
/// (x·s + t)·W + b = x·(diag(s)·W) + (t·W + b). One that finds no dense layer on either side becomes a dense layer with a diagonal matrix.
/// </summary>
/// <remarks>
/// New shapes move no element, and dropout keeps its expectation but for the summand, so a scaling is moved past the first and not past the second.
/// </remarks>
internal static class ScaleFolding
{
    /// <summary>The widest value that gets a diagonal matrix: its elements grow with the square.</summary>
    public const int WidestDiagonal = 4096;

    /// <summary>The most elements of all diagonal matrices together, so that no small file with many scalings makes many of them.</summary>
    public const long MostDiagonalElements = (long)WidestDiagonal * WidestDiagonal;

    public static List<Step> Fold(IReadOnlyList<Step> steps, int inputSize)
    {
        List<Step> result = [];
        ScaleStep? pending = null;
        int size = inputSize;
        long diagonalElements = 0;
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ScaleStep scale when pending is not null:
                    pending = Compose(pending, scale);
                    break;
                case ScaleStep scale when LastDense(result) is { } at:
                    result[at] = After((DenseStep)result[at], scale);
                    break;
                case ScaleStep scale:
                    pending = scale;
                    break;
                case DenseStep dense:
                    result.Add(pending is null ? dense : Before(pending, dense));
                    pending = null;
                    size = dense.Units;
                    break;
                case FlattenStep:
                    result.Add(step);
                    break;
                default:
                    Flush();
                    result.Add(step);
                    break;
            }
        }

        Flush();
        return result;

        void Flush()
        {
            if (pending is null)
                return;
            diagonalElements += (long)size * size;
            if (diagonalElements > MostDiagonalElements)
                throw new NotSupportedException($"'{pending.Name}' scales {size} elements, and too many such scalings stand between functions, with no dense layer beside them");
            result.Add(Diagonal(pending, size));
            pending = null;
        }
    }

    /// <summary>The dense layer whose outputs are still as they were, or null.</summary>
    private static int? LastDense(List<Step> steps)
    {
        int last = steps.FindLastIndex(step => step is not FlattenStep);
        return last >= 0 && steps[last] is DenseStep ? last : null;
    }

    private static ScaleStep Compose(ScaleStep first, ScaleStep second) => new(
        first.Name,
        [.. first.Factors.Select((factor, i) => factor * second.Factors[i])],
        [.. first.Summands.Select((summand, i) => (summand * second.Factors[i]) + second.Summands[i])]);

    private static DenseStep After(DenseStep dense, ScaleStep scale)
    {
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        for (int i = 0; i < weight.Length; i++)
            weight[i] = dense.Weight[i] * scale.Factors[i % units];
        double[] bias = new double[units];
        for (int o = 0; o < units; o++)
            bias[o] = ((dense.Bias?[o] ?? 0) * scale.Factors[o]) + scale.Summands[o];
        return dense with { Weight = weight, Bias = dense.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }

    private static DenseStep Before(ScaleStep scale, DenseStep dense)
    {
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        double[] bias = dense.Bias is null ? new double[units] : [.. dense.Bias];
        for (int i = 0; i < scale.Factors.Length; i++)
        {
            for (int o = 0; o < units; o++)
            {
                double value = dense.Weight[(i * units) + o];
                weight[(i * units) + o] = scale.Factors[i] * value;
                bias[o] += scale.Summands[i] * value;
            }
        }

        return dense with { Weight = weight, Bias = dense.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }

    private static DenseStep Diagonal(ScaleStep scale, int size)
    {
        if (size > WidestDiagonal)
            throw new NotSupportedException($"'{scale.Name}' scales {size} elements, and no dense layer stands beside it to take the factors up; the most is {WidestDiagonal}");
        double[] weight = new double[size * size];
        for (int i = 0; i < size; i++)
            weight[(i * size) + i] = scale.Factors[i];
        return new DenseStep(scale.Name, weight, Array.TrueForAll(scale.Summands, value => value == 0) ? null : scale.Summands, size);
    }
}
