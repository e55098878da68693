using GeneratedNetworks.Tests.Reference;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Runs an imported model in double by plain loops: what its layers and tensors mean, without the generator.</summary>
internal static class NaiveModel
{
    /// <param name="model">A model with layers.</param>
    /// <param name="inputs">Any number of samples, one after the other.</param>
    public static double[] Forward(ImportedModel model, double[] inputs)
    {
        int size = model.InputShape!.Aggregate(1, (product, extent) => product * extent);
        List<double> outputs = [];
        for (int start = 0; start < inputs.Length; start += size)
            outputs.AddRange(Sample(model, inputs[start..(start + size)]));
        return [.. outputs];
    }

    private static double[] Sample(ImportedModel model, double[] inputs)
    {
        Queue<ImportedTensor> tensors = new(model.Tensors);
        Dictionary<string, NaiveValue> named = new(StringComparer.Ordinal);
        int start = 0;
        foreach (ImportedPort port in model.Inputs)
        {
            NaiveValue part = new([.. port.Shape], inputs[start..(start + Count(port.Shape))]);
            named.Add(port.Layer!, part);
            start += part.Numbers.Length;
        }

        NaiveValue value = new([.. model.InputShape!], inputs);
        if (model.Inputs.Count == 0)
            named.Add("x", value);
        foreach (ImportedLayer layer in model.Layers)
        {
            if (layer.Get("From", "") is { Length: > 0 } from)
                value = named[from];
            value = layer.Attribute switch
            {
                "Dense" => Dense(layer, tensors, value),
                "Normalize" => Normalize(layer, tensors, value),
                "Clip" => value.Map(x => Limit(x, layer.Get("minimum", double.NaN), layer.Get("maximum", double.NaN))),
                "Activation" or "Dropout" => value,
                "Flatten" => new([value.Numbers.Length], value.Numbers),
                "Reshape" => Reshape(value, layer.Get<int[]>("shape", [])),
                "Add" => Join(layer, named, (a, b) => a + b),
                "Multiply" => Join(layer, named, (a, b) => a * b),
                "Concat" => Concat(layer, named),
                "BatchNorm" => BatchNorm(layer, tensors, value),
                "LayerNorm" => LayerNorm(layer, tensors, value),
                "PRelu" => PRelu(tensors, value),
                "Embedding" => NaiveSequences.Embedding(layer, tensors, value),
                "SimpleRnn" or "Gru" or "Lstm" => NaiveSequences.Recurrent(layer, tensors, value),
                "GlobalAveragePool" or "GlobalMaxPool" => NaiveWindows.Global(layer, value),
                _ when layer.Attribute.Contains("Pool", StringComparison.Ordinal) => NaiveWindows.Pool(layer, value),
                _ when layer.Attribute.EndsWith("Transpose", StringComparison.Ordinal) => NaiveWindows.Transposed(layer, tensors, value),
                _ when layer.Attribute.Contains("Conv", StringComparison.Ordinal) => NaiveWindows.Convolution(layer, tensors, value),
                _ => throw new NotSupportedException(layer.Attribute),
            };
            if (layer.Attribute != "SimpleRnn")
                value = Activate(layer.Get("activation", layer.Get("Activation", Activation.Identity)), value);
            if (layer.Get("Name", "") is { Length: > 0 } name)
                named[name] = value;
        }

        Assert.Empty(tensors);
        return model.Outputs.Count == 0 ? value.Numbers : [.. model.Outputs.SelectMany(port => named[port.Layer!].Numbers)];
    }

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static NaiveValue Reshape(NaiveValue value, int[] shape)
    {
        Assert.Equal(Count(shape), value.Numbers.Length);
        return new(shape, value.Numbers);
    }

    private static NaiveValue Dense(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        int units = layer.Get("units", 0);
        bool perStep = layer.Get("PerStep", false);
        int inputs = perStep ? value.Shape[^1] : value.Numbers.Length;
        ImportedTensor weight = tensors.Dequeue();
        Assert.Equal([inputs, units], weight.Shape);
        double[]? bias = Bias(layer, tensors, units);
        double[] result = new double[value.Numbers.Length / inputs * units];
        for (int row = 0; row < value.Numbers.Length / inputs; row++)
        {
            for (int o = 0; o < units; o++)
            {
                double sum = bias?[o] ?? 0;
                for (int i = 0; i < inputs; i++)
                    sum += value.Numbers[(row * inputs) + i] * weight.Values![(i * units) + o];
                result[(row * units) + o] = sum;
            }
        }

        return new(perStep ? [.. value.Shape[..^1], units] : [units], result);
    }

    public static double[]? Bias(ImportedLayer layer, Queue<ImportedTensor> tensors, int outputs)
    {
        if (!layer.Get("UseBias", true))
            return null;
        ImportedTensor bias = tensors.Dequeue();
        Assert.Equal([outputs], bias.Shape);
        return bias.Values!;
    }

    /// <summary>Over the last axis, whose length is that of the statistics.</summary>
    private static NaiveValue Normalize(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        double[] mean = tensors.Dequeue().Values!;
        double[] deviation = tensors.Dequeue().Values!;
        Assert.Equal(value.Shape[^1], mean.Length);
        double[] result = new double[value.Numbers.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (value.Numbers[i] - mean[i % mean.Length]) / deviation[i % mean.Length];
        double limit = layer.Get("Clip", 0.0);
        NaiveValue normal = new(value.Shape, result);
        return limit == 0 ? normal : normal.Map(x => Limit(x, -limit, limit));
    }

    private static NaiveValue BatchNorm(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        int channels = value.Shape[^1];
        double[]? gamma = layer.Get("UseScale", true) ? tensors.Dequeue().Values : null;
        double[]? beta = layer.Get("UseOffset", true) ? tensors.Dequeue().Values : null;
        double[] mean = tensors.Dequeue().Values!;
        double[] variance = tensors.Dequeue().Values!;
        Assert.Equal(channels, mean.Length);
        double[] result = new double[value.Numbers.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int c = i % channels;
            result[i] = ((value.Numbers[i] - mean[c]) / Math.Sqrt(variance[c] + layer.Get("Epsilon", 1e-5)) * (gamma?[c] ?? 1)) + (beta?[c] ?? 0);
        }

        return new(value.Shape, result);
    }

    private static NaiveValue LayerNorm(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        int size = Count(value.Shape[^layer.Get("LastAxes", 1)..]);
        double[]? gamma = layer.Get("UseScale", true) ? tensors.Dequeue().Values : null;
        double[]? beta = layer.Get("UseOffset", true) ? tensors.Dequeue().Values : null;
        double[] result = new double[value.Numbers.Length];
        for (int start = 0; start < result.Length; start += size)
        {
            double[] row = value.Numbers[start..(start + size)];
            double mean = row.Average();
            double variance = row.Average(x => (x - mean) * (x - mean));
            for (int i = 0; i < size; i++)
                result[start + i] = ((row[i] - mean) / Math.Sqrt(variance + layer.Get("Epsilon", 1e-5)) * (gamma?[i] ?? 1)) + (beta?[i] ?? 0);
        }

        return new(value.Shape, result);
    }

    private static NaiveValue PRelu(Queue<ImportedTensor> tensors, NaiveValue value)
    {
        double[] slope = tensors.Dequeue().Values!;
        return new(value.Shape, [.. value.Numbers.Select((x, i) => x < 0 ? x * slope[i % slope.Length] : x)]);
    }

    private static NaiveValue Join(ImportedLayer layer, Dictionary<string, NaiveValue> named, Func<double, double, double> function)
    {
        NaiveValue[] values = [.. layer.Get<string[]>("from", []).Select(name => named[name])];
        Assert.All(values, value => Assert.Equal(values[0].Shape, value.Shape));
        return new(values[0].Shape, [.. values[0].Numbers.Select((_, i) => values.Select(value => value.Numbers[i]).Aggregate(function))]);
    }

    private static NaiveValue Concat(ImportedLayer layer, Dictionary<string, NaiveValue> named)
    {
        NaiveValue[] values = [.. layer.Get<string[]>("from", []).Select(name => named[name])];
        int rows = values[0].Numbers.Length / values[0].Shape[^1];
        List<double> result = [];
        for (int row = 0; row < rows; row++)
        {
            foreach (NaiveValue value in values)
                result.AddRange(value.Numbers.AsSpan(row * value.Shape[^1], value.Shape[^1]));
        }

        return new([.. values[0].Shape[..^1], values.Sum(value => value.Shape[^1])], [.. result]);
    }

    // NaN stays what it is.
    private static double Limit(double x, double minimum, double maximum) => x < minimum ? minimum : x > maximum ? maximum : x;

    /// <summary>A softmax runs over the last axis.</summary>
    private static NaiveValue Activate(Activation function, NaiveValue value) => function switch
    {
        Activation.Softmax => new(value.Shape, [.. value.Numbers.Chunk(value.Shape[^1]).SelectMany(NaiveActivation.Softmax)]),
        Activation.LogSoftmax => new(value.Shape, [.. value.Numbers.Chunk(value.Shape[^1]).SelectMany(NaiveActivation.LogSoftmax)]),
        _ => value.Map(z => NaiveActivation.Value(function, z)),
    };
}

/// <summary>Numbers, row-major.</summary>
internal sealed record NaiveValue(int[] Shape, double[] Numbers)
{
    public NaiveValue Map(Func<double, double> function) => new(Shape, Array.ConvertAll(Numbers, number => function(number)));
}
