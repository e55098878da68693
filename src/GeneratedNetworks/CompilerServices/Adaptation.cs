using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;

namespace GeneratedNetworks.CompilerServices;

/// <summary>Means and deviations of what a layer reads, set as its parameters. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Adaptation
{
    /// <summary>Sets mean and deviation of layers, one after the other.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="data">At least one sample of the network's input size.</param>
    /// <param name="layers">The layers' names in the network's order; their parameters are called after them.</param>
    /// <param name="before">
    /// As many: what each layer reads, for the network's parameters in canonical order and one sample; <see langword="null"/> where it reads the sample itself.
    /// </param>
    /// <exception cref="ArgumentNullException">Network, data, layers or before are null.</exception>
    /// <exception cref="ArgumentException">There is no sample, its size does not fit, or a value is not finite. Nothing has changed.</exception>
    public static void Run<T>(INetwork<T> network, Dataset<T> data, string[] layers, Func<double[], double[], double[]>?[] before)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        if (layers is null)
            throw new ArgumentNullException(nameof(layers));
        if (before is null)
            throw new ArgumentNullException(nameof(before));
        if (data.Count == 0)
            throw new ArgumentException("The dataset is empty.", nameof(data));
        if (data.InputSize != network.InputSize)
            throw new ArgumentException($"The network takes {network.InputSize} inputs, but a sample has {data.InputSize}.", nameof(data));
        DataCheck.RequireFinite(data, nameof(data));
        T[] parameters = new T[network.ParameterCount];
        network.GetParameters(parameters);
        for (int i = 0; i < layers.Length; i++)
            Adapt(network, data, layers[i], before[i], parameters);
        network.SetParameters(parameters);
    }

    /// <summary>Sets mean and deviation of one layer among the parameters.</summary>
    private static void Adapt<T>(INetwork<T> network, Dataset<T> data, string layer, Func<double[], double[], double[]>? before, T[] parameters)
        where T : struct
    {
        NetworkParameter mean = Find(network, layer + ".mean");
        NetworkParameter deviation = Find(network, layer + ".deviation");
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
            double exactMean = moments.Mean(feature);
            double exactDeviation = moments.Deviation(feature);
            if (!Finite.Is(exactMean) || !Finite.Is(exactDeviation))
            {
                throw new ArgumentException(
                    $"Feature {feature} of what '{layer}' reads is not finite for every sample: the layers before it go beyond what a double can hold.", nameof(data));
            }

            T center = Real<T>.FromDouble(exactMean);
            T spread = Real<T>.FromDouble(exactDeviation);
            if (!Finite.Is(Real<T>.ToDouble(center)) || !Finite.Is(Real<T>.ToDouble(spread)))
            {
                string shownMean = exactMean.ToString(CultureInfo.InvariantCulture);
                string shownDeviation = exactDeviation.ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException(
                    $"Feature {feature} of what '{layer}' reads has the mean {shownMean} and the deviation {shownDeviation}: the network's {typeof(T).Name} cannot hold them.",
                    nameof(data));
            }

            parameters[mean.Offset + feature] = center;

            // What does not vary, as far as the network's numbers show, is only moved to 0.
            parameters[deviation.Offset + feature] = Real<T>.ToDouble(spread) > 0 ? spread : Real<T>.FromDouble(1);
        }
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

    /// <summary>
    /// Mean and deviation of each feature by Welford's method; values beyond the last feature begin again with the first. They are kept as multiples of a
    /// power of two near the largest, so that squares stay finite, and no bit changes by it.
    /// </summary>
    private sealed class Moments(int features)
    {
        private readonly double[] _means = new double[features];
        private readonly double[] _squares = new double[features];
        private readonly double[] _units = new double[features];
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
                    if (Math.Abs(value) >= 2 * _units[i])
                        Measure(i, Math.Abs(value));
                    double multiple = value / _units[i];
                    double difference = multiple - _means[i];
                    _means[i] += difference / _count;
                    _squares[i] += difference * (multiple - _means[i]);
                    _minima[i] = _count == 1 ? value : Math.Min(_minima[i], value);
                    _maxima[i] = _count == 1 ? value : Math.Max(_maxima[i], value);
                }
            }
        }

        /// <summary>Goes over to the power of two of a larger value.</summary>
        private void Measure(int feature, double largest)
        {
            const long Exponent = 0x7FF0_0000_0000_0000;
            const double Smallest = 2.2250738585072014e-308;
            double unit = Math.Max(Smallest, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(largest) & Exponent));
            double ratio = _units[feature] / unit;
            _means[feature] *= ratio;
            _squares[feature] *= ratio * ratio;
            _units[feature] = unit;
        }

        // Equal values deviate by nothing, whatever the rounding of their mean.
        public double Mean(int feature) => _minima[feature] == _maxima[feature] ? _minima[feature] : _means[feature] * _units[feature];

        public double Deviation(int feature) => _minima[feature] == _maxima[feature] ? 0 : Math.Sqrt(_squares[feature] / _count) * _units[feature];
    }
}
