using System;
using System.Linq;

namespace GeneratedNetworks.Charts;

/// <summary>Numbers of either precision as doubles.</summary>
internal static class Numbers
{
    public static double ToDouble<T>(T value)
        where T : struct => value switch
        {
            float single => single,
            double number => number,
            _ => throw new NotSupportedException($"Only float and double are supported, not {typeof(T)}."),
        };

    public static T FromDouble<T>(double value)
        where T : struct => typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;

    public static double[] Outputs<T>(INetwork<T> network, ReadOnlySpan<T> inputs)
        where T : struct
    {
        T[] outputs = new T[inputs.Length / network.InputSize * network.OutputSize];
        network.Forward(inputs, outputs);
        return Array.ConvertAll(outputs, ToDouble);
    }

    public static void CheckFits<T>(INetwork<T> network, Dataset<T> data)
        where T : struct
    {
        if (data.Count == 0)
            throw new ArgumentException("The dataset is empty.", nameof(data));
        if (network is INetworkLayout { OutputLayout: var outputs } && (outputs.Length > 1 || outputs[0].Length > outputs[0].Shape[^1]))
        {
            string kind = outputs.Length > 1 ? $"{outputs.Length} outputs" : $"an output of {outputs[0].Length / outputs[0].Shape[^1]} positions";
            throw new ArgumentException($"One answer for each sample can be drawn, but the network has {kind}.", nameof(network));
        }

        if (data.InputSize == network.InputSize && data.TargetSize == network.OutputSize)
            return;
        string sizes = $"{network.InputSize} inputs to {network.OutputSize} outputs";
        throw new ArgumentException($"The network maps {sizes}, but a sample has {data.InputSize} and {data.TargetSize}.", nameof(data));
    }

    /// <summary>The probability of each class: outputs that are one already, or their softmax, which is also right for logarithms.</summary>
    public static double[] Probabilities(ReadOnlySpan<double> outputs)
    {
        if (outputs.Length == 1)
        {
            double one = Math.Clamp(outputs[0], 0, 1);
            return [1 - one, one];
        }

        double[] values = outputs.ToArray();
        if (Array.TrueForAll(values, value => value is >= 0 and <= 1) && Math.Abs(values.Sum() - 1) < 1e-3)
            return values;
        double greatest = values.Max();
        double[] exponentials = Array.ConvertAll(values, value => Math.Exp(value - greatest));
        double sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    }
}
