using System;

namespace GeneratedNetworks;

/// <content>Samples that are windows of time.</content>
public sealed partial class Dataset<T>
{
    /// <summary>How many steps of each sample count, where they are sequences that end before their windows do; empty where all fill them.</summary>
    public ReadOnlySpan<int> Lengths => Names.Lengths;

    /// <summary>The same samples, of which so many steps count each; <see cref="TrainingExtensions.Fit{T}"/> gives the others no loss.</summary>
    /// <param name="lengths">One for each sample, positive.</param>
    /// <exception cref="ArgumentException">There are not as many, or one is not positive.</exception>
    public Dataset<T> WithLengths(ReadOnlySpan<int> lengths)
    {
        if (lengths.Length != Count)
            throw new ArgumentException($"There are {Count} samples and {lengths.Length} lengths.", nameof(lengths));
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1)
                throw new ArgumentException($"Length {lengths[i]} of sample {i} is not positive.", nameof(lengths));
        }

        return new Dataset<T>(Count, InputSize, TargetSize, _inputs, _targets, Names.With(lengths.ToArray(), Streams));
    }

    /// <summary>
    /// Of how many streams the samples are windows: sample k of every so many is the next window of stream k. <see cref="Windows"/> and <see cref="WithStreams"/> say so;
    /// <see langword="null"/> where nobody did, or where the samples are no longer in that order, as after <see cref="Shuffle"/>.
    /// </summary>
    /// <remarks>What changes values keeps it, and so does <see cref="Select"/> of samples that follow each other, a whole number of windows of each stream.</remarks>
    public int? Streams => Names.Streams;

    /// <summary>The same samples, known to be windows of so many streams side by side, as <see cref="Windows"/> orders them.</summary>
    /// <param name="streams">How many, positive; all of <see cref="Dataset.Count"/> where no sample goes on from another.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="ArgumentException">The samples are not as many windows of each stream.</exception>
    public Dataset<T> WithStreams(int streams)
    {
        if (streams <= 0)
            throw new ArgumentOutOfRangeException(nameof(streams), streams, $"{nameof(streams)} is {streams}; it must be positive.");
        if (Count % streams != 0)
            throw new ArgumentException($"{Plural(Count, "sample")} are not as many windows of each of {streams} streams.", nameof(streams));
        return new Dataset<T>(Count, InputSize, TargetSize, _inputs, _targets, Names.With(Names.Lengths, streams));
    }

    /// <summary>
    /// Cuts a long series into windows that go on from each other: the series is cut into streams of equal length, and sample k of every <paramref name="streams"/> samples is
    /// the next window of stream k. With <see cref="FitOptions.CarryMemory"/> and <paramref name="streams"/> as <see cref="FitOptions.BatchSize"/> a network trains on it
    /// by truncated backpropagation through time.
    /// </summary>
    /// <param name="series">A sample for each frame, in the order of time.</param>
    /// <param name="window">Frames of a window, positive.</param>
    /// <param name="streams">How many streams, positive.</param>
    /// <returns>Samples of <paramref name="window"/> frames each, inputs and targets frame after frame.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">The series is not a whole number of windows for each stream.</exception>
    public static Dataset<T> Windows(Dataset<T> series, int window, int streams)
    {
        if (series is null)
            throw new ArgumentNullException(nameof(series));
        if (window <= 0)
            throw new ArgumentOutOfRangeException(nameof(window), window, $"{nameof(window)} is {window}; it must be positive.");
        if (streams <= 0)
            throw new ArgumentOutOfRangeException(nameof(streams), streams, $"{nameof(streams)} is {streams}; it must be positive.");
        long round = (long)window * streams;
        if (series.Count == 0 || series.Count % round != 0)
        {
            long kept = series.Count / round * round;
            string advice = kept == 0 ? "a shorter window or fewer streams" : $"the first {kept} frames";
            throw new ArgumentException($"The series has {series.Count} frames, which is no multiple of {window} frames for each of {streams} streams: take {advice}.", nameof(series));
        }

        int windows = (int)(series.Count / round), inputs = window * series.InputSize, targets = window * series.TargetSize;
        T[] allInputs = new T[series._inputs.Length], allTargets = new T[series._targets.Length];
        for (int w = 0; w < windows; w++)
        {
            for (int s = 0; s < streams; s++)
            {
                int from = (s * windows) + w, to = (w * streams) + s;
                series._inputs.AsSpan(from * inputs, inputs).CopyTo(allInputs.AsSpan(to * inputs));
                series._targets.AsSpan(from * targets, targets).CopyTo(allTargets.AsSpan(to * targets));
            }
        }

        return new Dataset<T>(windows * streams, inputs, targets, allInputs, allTargets, DatasetNames.None.With([], streams));
    }

    /// <summary>The streams of some of the samples, of which each still goes on from the one that was so many before it; null where one does not.</summary>
    private int? StreamsOf(ReadOnlySpan<int> indices)
    {
        if (Streams is not { } streams || indices.Length == 0 || indices.Length % streams != 0)
            return null;
        for (int i = 1; i < indices.Length; i++)
        {
            if (indices[i] != indices[i - 1] + 1)
                return null;
        }

        return streams;
    }
}
