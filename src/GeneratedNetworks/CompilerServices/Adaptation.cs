using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Means and deviations of what a layer reads, set as its parameters. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Adaptation
{
    /// <summary>Sets mean and deviation of one layer.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample of the network's input size.</param>
    /// <param name="layer">The layer's name; its parameters are called after it.</param>
    /// <param name="before">
    /// What the layer reads, for the network's parameters in canonical order and one sample; <see langword="null"/> where it reads the sample itself.
    /// </param>
    /// <exception cref="ArgumentNullException">Network, data or layer are null.</exception>
    /// <exception cref="ArgumentException">There is no sample, its size does not fit, or a value is not finite. Nothing has changed.</exception>
    public static void Run<T>(INetwork<T> network, Dataset<T> data, string layer, Func<double[], double[], double[]>? before)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        if (layer is null)
            throw new ArgumentNullException(nameof(layer));
        if (data.Count == 0)
            throw new ArgumentException("The dataset is empty.", nameof(data));
        if (data.InputSize != network.InputSize)
            throw new ArgumentException($"The network takes {network.InputSize} inputs, but a sample has {data.InputSize}.", nameof(data));
        DataCheck.RequireFinite(data, nameof(data));
        NetworkParameter mean = Find(network, layer + ".mean");
        NetworkParameter deviation = Find(network, layer + ".deviation");
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        double[] wide = Array.ConvertAll(parameters, value => Real<T>.ToDouble(value));
        Moments moments = new(mean.Length);
        double[] sample = new double[data.InputSize];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<T> inputs = data.GetInputs(i);
            for (int j = 0; j < sample.Length; j++)
                sample[j] = Real<T>.ToDouble(inputs[j]);
            moments.Add(before is null ? sample : before(wide, sample));
        }

        for (int feature = 0; feature < mean.Length; feature++)
        {
            T center = Real<T>.FromDouble(moments.Mean(feature));
            T spread = Real<T>.FromDouble(moments.Deviation(feature));
            if (!Finite.Is(Real<T>.ToDouble(center)) || !Finite.Is(Real<T>.ToDouble(spread)))
            {
                throw new ArgumentException(
                    $"Feature {feature} of what '{layer}' reads has the mean {center} and the deviation {spread}: the network's {typeof(T).Name} cannot hold them.", nameof(data));
            }

            parameters[mean.Offset + feature] = center;

            // What does not vary, as far as the network's numbers show, is only moved to 0.
            parameters[deviation.Offset + feature] = Real<T>.ToDouble(spread) > 0 ? spread : Real<T>.FromDouble(1);
        }

        network.SetParameters(parameters);
    }

    /// <summary>What to know of layers that normalize and still have the mean 0 and the deviation 1; <see langword="null"/> where there are none.</summary>
    internal static string? NoteOn<T>(INetwork<T> network)
        where T : struct
    {
        List<string> layers = [];
        T[]? parameters = null;
        foreach (NetworkParameter deviation in network.ParameterLayout)
        {
            if (!deviation.Name.EndsWith(".deviation", StringComparison.Ordinal))
                continue;
            if (parameters is null)
                network.GetParameters(parameters = new T[network.ParameterCount]);
            string layer = TensorNames.LayerOf(deviation.Name);
            if (All(deviation, 1) && All(Find(network, layer + ".mean"), 0))
                layers.Add($"'{layer}'");
        }

        return layers.Count == 0 ? null
            : $"{string.Join(" and ", layers)} {(layers.Count == 1 ? "has" : "have")} the mean 0 and the deviation 1, and so {(layers.Count == 1 ? "changes" : "change")} "
                + "nothing: network.Adapt(data) before Fit takes them from data";

        bool All(NetworkParameter parameter, double value) =>
            Array.TrueForAll(parameters.AsSpan(parameter.Offset, parameter.Length).ToArray(), number => Real<T>.ToDouble(number) == value);
    }

    private static NetworkParameter Find<T>(INetwork<T> network, string name)
        where T : struct
    {
        foreach (NetworkParameter parameter in network.ParameterLayout)
        {
            if (parameter.Name == name)
                return parameter;
        }

        throw new ArgumentException($"The network has no parameter '{name}'.", nameof(name));
    }

    /// <summary>Mean and deviation of each feature by Welford's method; values beyond the last feature begin again with the first.</summary>
    private sealed class Moments(int features)
    {
        private readonly double[] _means = new double[features];
        private readonly double[] _squares = new double[features];
        private readonly double[] _minima = new double[features];
        private readonly double[] _maxima = new double[features];
        private long _count;

        public void Add(double[] values)
        {
            for (int start = 0; start < values.Length; start += _means.Length)
            {
                _count++;
                for (int i = 0; i < _means.Length; i++)
                {
                    double value = values[start + i];
                    double difference = value - _means[i];
                    _means[i] += difference / _count;
                    _squares[i] += difference * (value - _means[i]);
                    _minima[i] = _count == 1 ? value : Math.Min(_minima[i], value);
                    _maxima[i] = _count == 1 ? value : Math.Max(_maxima[i], value);
                }
            }
        }

        // Equal values deviate by nothing, whatever the rounding of their mean.
        public double Mean(int feature) => _minima[feature] == _maxima[feature] ? _minima[feature] : _means[feature];

        public double Deviation(int feature) => _minima[feature] == _maxima[feature] ? 0 : Math.Sqrt(_squares[feature] / _count);
    }
}
