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

    private static double[] Sample(ImportedModel model, double[] value)
    {
        Queue<ImportedTensor> tensors = new(model.Tensors);
        foreach (ImportedLayer layer in model.Layers)
        {
            value = layer.Attribute switch
            {
                "Dense" => Dense(layer, tensors, value),
                "Normalize" => Normalize(layer, tensors, value),
                "Clip" => Limit(value, layer.Get("minimum", double.NaN), layer.Get("maximum", double.NaN)),
                "Activation" or "Flatten" or "Dropout" => value,
                _ => throw new NotSupportedException(layer.Attribute),
            };
            value = Activate(layer.Get("activation", Activation.Identity), value);
        }

        Assert.Empty(tensors);
        return value;
    }

    private static double[] Dense(ImportedLayer layer, Queue<ImportedTensor> tensors, double[] value)
    {
        int units = layer.Get("units", 0);
        ImportedTensor weight = tensors.Dequeue();
        Assert.Equal([value.Length, units], weight.Shape);
        double[] result = new double[units];
        if (layer.Get("UseBias", true))
        {
            ImportedTensor bias = tensors.Dequeue();
            Assert.Equal([units], bias.Shape);
            bias.Values!.CopyTo(result, 0);
        }

        for (int i = 0; i < value.Length; i++)
        {
            for (int o = 0; o < units; o++)
                result[o] += value[i] * weight.Values![(i * units) + o];
        }

        return result;
    }

    /// <summary>Over the last axis, whose length is that of the statistics.</summary>
    private static double[] Normalize(ImportedLayer layer, Queue<ImportedTensor> tensors, double[] value)
    {
        double[] mean = tensors.Dequeue().Values!;
        double[] deviation = tensors.Dequeue().Values!;
        Assert.Equal(0, value.Length % mean.Length);
        double[] result = new double[value.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (value[i] - mean[i % mean.Length]) / deviation[i % mean.Length];
        double limit = layer.Get("Clip", 0.0);
        return limit == 0 ? result : Limit(result, -limit, limit);
    }

    // NaN stays what it is.
    private static double[] Limit(double[] value, double minimum, double maximum) =>
        Array.ConvertAll(value, x => x < minimum ? minimum : x > maximum ? maximum : x);

    private static double[] Activate(Activation function, double[] value) => function switch
    {
        Activation.Softmax => NaiveActivation.Softmax(value),
        Activation.LogSoftmax => NaiveActivation.LogSoftmax(value),
        _ => Array.ConvertAll(value, z => NaiveActivation.Value(function, z)),
    };
}
