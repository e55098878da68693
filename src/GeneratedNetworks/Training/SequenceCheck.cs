using System;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks;

/// <summary>Whether a trainer can do with a dataset what lengths and memories ask for.</summary>
internal static class SequenceCheck
{
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Require<T>(Dataset<T> data, ITrainer<T> trainer, FitOptions options)
        where T : struct
    {
        if (options.CarryMemory)
        {
            if (trainer is not IStreamTrainer<T>)
                throw new ArgumentException("CarryMemory needs a network that goes on from frame to frame: write Streaming = true in [GeneratedNetwork].", nameof(options));
            int streams = RequireStreams(data, "training", nameof(data));
            if (options.BatchSize != streams)
            {
                string count = streams.ToString(CultureInfo.InvariantCulture), size = options.BatchSize.ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException($"CarryMemory takes a window of each stream as a batch, and the data are {count} streams: set BatchSize = {count}, not {size}.", nameof(options));
            }
        }

        RequireLengths(data, trainer, nameof(data));
    }

    /// <summary>Of how many streams the samples are windows, which go on from each other.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="what">Which set it is, for the message: "training".</param>
    /// <param name="parameter">The argument that it came with.</param>
    /// <exception cref="ArgumentException">That is not known, or windows end before they do.</exception>
    public static int RequireStreams<T>(Dataset<T> data, string what, string parameter)
        where T : struct
    {
        if (data.Lengths.Length > 0)
            throw new ArgumentException($"CarryMemory goes on from the end of each window, and the {what} data have Lengths: leave one of the two out.", parameter);
        return data.Streams ?? throw new ArgumentException(
            $"CarryMemory goes on from one window of a stream to the next, and of how many streams the {what} data are windows is not known: Dataset<T>.Windows cuts a series and knows, WithStreams says it of windows in that order, and a shuffle loses it.",
            parameter);
    }

    /// <summary>Steps of a window where the network is one of sequences, otherwise 0.</summary>
    public static int StepsOf<T>(INetwork<T> network)
        where T : struct => network switch
        {
            ISequenceNetwork<T> sequences => sequences.Steps,
            IStreamNetwork<T> stream => network.InputSize / stream.FrameSize,
            _ => 0,
        };

    private static string WhyNot<T>(INetwork<T> network)
        where T : struct => network is StaticNetwork<T> ? "is a static class, which runs whole windows"
            : HasRecurrence(network) ? "has a layer that sees several steps at once, or an input without steps"
            : "has no recurrent layer, which alone can end before the last step";

    private static string Remedy<T>(INetwork<T> network)
        where T : struct => network is StaticNetwork<T> ? "write the class without 'static'"
            : HasRecurrence(network) ? "let recurrent layers and layers of single steps alone read the steps, with Padding.Causal in convolutions"
            : "add one such as [Gru(8)]";

    private static bool HasRecurrence<T>(INetwork<T> network)
        where T : struct => network.Info.Layers.Any(layer => layer.Kind is "SimpleRnn" or "Gru" or "Lstm");

    /// <exception cref="ArgumentException">The data have lengths that the network cannot take.</exception>
    public static void RequireLengths<T>(Dataset<T> data, ITrainer<T> trainer, string parameter)
        where T : struct
    {
        if (RequireLengths(data, trainer.Network, parameter) is not null && trainer is not ISequenceTrainer<T>)
            throw new ArgumentException("The data have Lengths, and the trainer takes none: use the one of the network's class.", parameter);
    }


    /// <summary>The network, where the data have lengths that it can take; null where they have none.</summary>
    /// <exception cref="ArgumentException">The data have lengths that the network cannot take.</exception>
    public static ISequenceNetwork<T>? RequireLengths<T>(Dataset<T> data, INetwork<T> given, string parameter)
        where T : struct
    {
        if (data.Lengths.Length == 0)
            return null;
        if (given is not ISequenceNetwork<T> network)
            throw new ArgumentException($"The data have Lengths, and the network {WhyNot(given)}: leave out WithLengths, or {Remedy(given)}.", parameter);
        for (int i = 0; i < data.Lengths.Length; i++)
        {
            if (data.Lengths[i] > network.Steps)
            {
                string length = data.Lengths[i].ToString(CultureInfo.InvariantCulture), sample = i.ToString(CultureInfo.InvariantCulture), steps = network.Steps.ToString(CultureInfo.InvariantCulture);
                throw new ArgumentException($"Length {length} of sample {sample} is more than the {steps} steps of a window.", parameter);
            }
        }

        return network;
    }
}
