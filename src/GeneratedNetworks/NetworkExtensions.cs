using System;
using System.Buffers;

namespace GeneratedNetworks;

/// <summary>Networks as values: what they say, and their parameters copied and mixed.</summary>
public static class NetworkExtensions
{
    /// <summary>Runs the network on any number of samples and returns the outputs in a new array.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">n · <see cref="INetwork{T}.InputSize"/> values, sample after sample.</param>
    /// <returns>n · <see cref="INetwork{T}.OutputSize"/> values.</returns>
    /// <exception cref="ArgumentException">The values are not a whole number of samples.</exception>
    /// <remarks>For a loop that shall not allocate there is <see cref="INetwork{T}.Forward"/>.</remarks>
    public static T[] Predict<T>(this INetwork<T> network, ReadOnlySpan<T> inputs)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (inputs.Length % network.InputSize != 0)
        {
            string advice = network is IStreamNetwork<T> stream && inputs.Length % stream.FrameSize == 0
                ? $" These are {inputs.Length / stream.FrameSize} frames, and a sample is a window of {network.InputSize / stream.FrameSize}: ForwardStream takes any number of frames."
                : "";
            throw new ArgumentException($"{inputs.Length} values are not a whole number of samples of {network.InputSize} inputs.{advice}", nameof(inputs));
        }

        T[] outputs = new T[checked(inputs.Length / network.InputSize * network.OutputSize)];
        network.Forward(inputs, outputs);
        return outputs;
    }

    /// <summary>Gives the network the parameters of another, of the same class or of one whose parameters have the same shapes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network that changes.</param>
    /// <param name="source">The network that is copied.</param>
    /// <exception cref="ArgumentException">The shapes differ. Nothing has been written.</exception>
    /// <remarks>Trainers of both keep their moments and step counts: for a new start there is <see cref="ITrainer{T}.Reset"/>.</remarks>
    public static void CopyFrom<T>(this INetwork<T> network, INetwork<T> source)
        where T : struct
    {
        CheckShapes(network, source);
        int count = network.ParameterCount;
        T[] parameters = ArrayPool<T>.Shared.Rent(count);
        source.GetParameters(parameters.AsSpan(0, count));
        network.SetParameters(parameters.AsSpan(0, count));
        ArrayPool<T>.Shared.Return(parameters);
    }

    /// <summary>
    /// Moves every parameter towards that of another network, w ← (1 − amount)·w + amount·source: the soft update of a target network, or a running mean
    /// of a network in training.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network that changes.</param>
    /// <param name="source">The network that it moves towards, of the same class or of one whose parameters have the same shapes.</param>
    /// <param name="amount">How far, in [0, 1]: 0 changes nothing, 1 copies.</param>
    /// <exception cref="ArgumentException">The shapes differ. Nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The amount is outside [0, 1].</exception>
    /// <remarks>Computed in double and rounded once. Allocates nothing once arrays of that size are in the shared pool.</remarks>
    public static void Lerp<T>(this INetwork<T> network, INetwork<T> source, double amount)
        where T : struct
    {
        if (!(amount >= 0 && amount <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(amount), amount, FormattableString.Invariant($"{nameof(amount)} is {amount}; it must lie in [0, 1]."));
        }

        CheckShapes(network, source);
        // 0 times what is not finite would not be 0.
        if (amount == 0)
            return;
        if (amount == 1)
        {
            network.CopyFrom(source);
            return;
        }

        int count = network.ParameterCount;
        T[] rented = ArrayPool<T>.Shared.Rent(count);
        T[] others = ArrayPool<T>.Shared.Rent(count);
        Span<T> parameters = rented.AsSpan(0, count);
        network.GetParameters(parameters);
        source.GetParameters(others.AsSpan(0, count));
        for (int i = 0; i < count; i++)
            parameters[i] = Real<T>.FromDouble(((1 - amount) * Real<T>.ToDouble(parameters[i])) + (amount * Real<T>.ToDouble(others[i])));
        network.SetParameters(parameters);
        ArrayPool<T>.Shared.Return(others);
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void CheckShapes<T>(INetwork<T> network, INetwork<T> source)
        where T : struct
    {
        Real<T>.Require();
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (source is null)
            throw new ArgumentNullException(nameof(source));
        ReadOnlySpan<NetworkParameter> own = network.ParameterLayout;
        ReadOnlySpan<NetworkParameter> others = source.ParameterLayout;
        for (int i = 0; i < Math.Min(own.Length, others.Length); i++)
        {
            if (!own[i].Shape.SequenceEqual(others[i].Shape))
                throw new ArgumentException($"{own[i].Name} is {own[i].DescribeShape()} here and {others[i].DescribeShape()} in the source: both need the same layers.", nameof(source));
        }

        if (own.Length != others.Length)
            throw new ArgumentException($"There are {own.Length} tensors of parameters here and {others.Length} in the source: both need the same layers.", nameof(source));
    }
}
