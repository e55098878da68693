using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What each layer computes at inference, in double, from the definitions of its attribute.</summary>
/// <param name="next">The layer's next tensor, in canonical order.</param>
internal sealed class PlainLayers(Func<double[]> next)
{
    /// <summary>Applies a layer, with the function behind it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="values">What it reads.</param>
    public PlainValue Apply(ImportedLayer layer, IReadOnlyList<PlainValue> values)
    {
        PlainValue x = values[0];
        PlainValue y = layer.Attribute switch
        {
            "Dense" => Dense(layer, x),
            "Conv1D" or "Conv2D" => PlainWindows.Convolution(layer, x, next(), Bias(layer)),
            "DepthwiseConv1D" or "DepthwiseConv2D" => PlainWindows.Depthwise(layer, x, next(), Bias(layer)),
            "Conv1DTranspose" or "Conv2DTranspose" => PlainWindows.Transposed(layer, x, next(), Bias(layer)),
            "MaxPool1D" or "MaxPool2D" => PlainWindows.Maximum(layer, x),
            "AveragePool1D" or "AveragePool2D" => PlainWindows.Average(layer, x),
            "GlobalMaxPool" => PlainWindows.Global(x, isMaximum: true),
            "GlobalAveragePool" => PlainWindows.Global(x, isMaximum: false),
            "Embedding" => Embedding(layer, x),
            "SimpleRnn" or "Gru" or "Lstm" => new PlainRecurrences(layer.Get("units", 0), next(), next(), Bias(layer)).Run(layer, x),
            "BatchNorm" => BatchNorm(layer, x),
            "LayerNorm" => LayerNorm(layer, x),
            "PRelu" => PRelu(x),
            "Normalize" => Normalize(layer, x),
            "Clip" => x.Map((element, _) => Math.Clamp(element, layer.Get("minimum", double.NegativeInfinity), layer.Get("maximum", double.PositiveInfinity))),
            "Add" => Join(values, (left, right) => left + right),
            "Multiply" => Join(values, (left, right) => left * right),
            "Concat" => Concat(values),
            "Reshape" => x with { Shape = ImportedArguments.Extents(layer, "shape", 1)! },
            "Flatten" => x with { Shape = [x.Elements.Length] },

            // A function follows below, and dropout is for training.
            "Activation" or "Dropout" => x,
            _ => throw new NotSupportedException($"There is no plain form of the layer {layer.Attribute}."),
        };

        // That of a recurrent layer is part of its steps.
        if (layer.Attribute == "SimpleRnn")
            return y;

        // A property of layers that join values, and an argument of all others.
        Activation function = layer.Get("activation", layer.Get("Activation", Activation.Identity));
        return y with { Elements = PlainActivation.Apply(function, y.Elements, y.Channels) };
    }

    private double[] Bias(ImportedLayer layer) => layer.Get("UseBias", true) ? next() : [];

    /// <summary>Of all elements, or with <c>PerStep</c> of each row of the last axis.</summary>
    private PlainValue Dense(ImportedLayer layer, PlainValue x)
    {
        bool perStep = layer.Get("PerStep", false);
        int units = layer.Get("units", 0), width = perStep ? x.Channels : x.Elements.Length;
        double[] weight = next(), bias = Bias(layer);
        PlainValue y = PlainValue.Of(perStep ? [.. x.Shape.SkipLast(1), units] : [units]);
        for (int row = 0; row < x.Elements.Length / width; row++)
        {
            Span<double> sums = y.Elements.AsSpan(row * units, units);
            bias.AsSpan().CopyTo(sums);
            for (int i = 0; i < width; i++)
            {
                for (int o = 0; o < units; o++)
                    sums[o] += x.Elements[(row * width) + i] * weight[(i * units) + o];
            }
        }

        return y;
    }

    /// <summary>A row of the table for each number.</summary>
    private PlainValue Embedding(ImportedLayer layer, PlainValue x)
    {
        double[] table = next();
        int columns = layer.Get("dimensions", 0);
        return new([.. x.Shape, columns], [.. x.Elements.SelectMany(id => table.Skip((int)id * columns).Take(columns))]);
    }

    /// <summary>(x − m) / √(v + ε)·γ + β by the moving averages.</summary>
    private PlainValue BatchNorm(ImportedLayer layer, PlainValue x)
    {
        (double[]? gamma, double[]? beta) = ScaleAndOffset(layer);
        double[] mean = next(), variance = next();
        double epsilon = layer.Get("Epsilon", 1e-5);
        return x.Map((element, c) => ((element - mean[c]) / Math.Sqrt(variance[c] + epsilon) * (gamma?[c] ?? 1)) + (beta?[c] ?? 0));
    }

    /// <summary>The same with mean and biased variance of the last axes of the sample.</summary>
    private PlainValue LayerNorm(ImportedLayer layer, PlainValue x)
    {
        (double[]? gamma, double[]? beta) = ScaleAndOffset(layer);
        double epsilon = layer.Get("Epsilon", 1e-5);
        int width = PlainValue.Count(x.Shape.TakeLast(layer.Get("LastAxes", 1)));
        return x with { Elements = [.. x.Elements.Chunk(width).SelectMany(Normalized)] };

        IEnumerable<double> Normalized(double[] row)
        {
            double mean = row.Average();
            double deviation = Math.Sqrt(row.Average(element => (element - mean) * (element - mean)) + epsilon);
            return row.Select((element, i) => ((element - mean) / deviation * (gamma?[i] ?? 1)) + (beta?[i] ?? 0));
        }
    }

    private (double[]? Scale, double[]? Offset) ScaleAndOffset(ImportedLayer layer)
    {
        double[]? scale = layer.Get("UseScale", true) ? next() : null;
        return (scale, layer.Get("UseOffset", true) ? next() : null);
    }

    private PlainValue PRelu(PlainValue x)
    {
        double[] slope = next();
        return x.Map((element, c) => element > 0 ? element : element * slope[slope.Length == 1 ? 0 : c]);
    }

    private PlainValue Normalize(ImportedLayer layer, PlainValue x)
    {
        double[] mean = next(), deviation = next();
        double limit = layer.Get("Clip", 0.0);
        PlainValue y = x.Map((element, c) => (element - mean[c]) / deviation[c]);
        return limit == 0 ? y : y.Map((element, _) => Math.Clamp(element, -limit, limit));
    }

    private static PlainValue Join(IReadOnlyList<PlainValue> values, Func<double, double, double> join) =>
        values.Skip(1).Aggregate(values[0], (left, right) => left with { Elements = [.. left.Elements.Zip(right.Elements, join)] });

    private static PlainValue Concat(IReadOnlyList<PlainValue> values)
    {
        int rows = values[0].Elements.Length / values[0].Channels;
        IEnumerable<double> elements = Enumerable.Range(0, rows).SelectMany(row => values.SelectMany(value => value.Elements.Skip(row * value.Channels).Take(value.Channels)));
        return new([.. values[0].Shape.SkipLast(1), values.Sum(value => value.Channels)], [.. elements]);
    }
}
