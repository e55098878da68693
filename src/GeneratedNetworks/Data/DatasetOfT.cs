using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>Samples in two contiguous row-major blocks, inputs and targets. Immutable.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class Dataset<T> : Dataset
    where T : struct
{
    private readonly T[] _inputs;
    private readonly T[] _targets;

    /// <summary>Copies samples into a dataset.</summary>
    /// <param name="inputSize">Input values per sample, positive.</param>
    /// <param name="targetSize">Target values per sample, positive.</param>
    /// <param name="inputs">n · <paramref name="inputSize"/> values, sample after sample.</param>
    /// <param name="targets">n · <paramref name="targetSize"/> values, sample after sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="ArgumentException">A length is not a whole number of samples, or the two disagree.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public Dataset(int inputSize, int targetSize, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
        : this(
            CountSamples(inputs.Length, inputSize, nameof(inputSize), nameof(inputs)),
            inputSize,
            targetSize,
            inputs.ToArray(),
            targets.ToArray(),
            DatasetNames.None)
    {
        if (targetSize > 1 && Count > 0 && targets.Length == Count && AreLabels(targets, targetSize))
        {
            throw new ArgumentException(
                $"There are {Plural(Count, "sample")} of inputs and as many whole numbers from 0 to {targetSize - 1}, instead of {targetSize} targets for each sample: "
                + $"where they are class labels, Dataset<T>.FromLabels({inputSize}, {targetSize}, inputs, labels), with labels as int, makes a target for each class.",
                nameof(targets));
        }

        int targetCount = CountSamples(targets.Length, targetSize, nameof(targetSize), nameof(targets));
        if (targetCount != Count)
            throw new ArgumentException($"There are {Count} samples of inputs but {targetCount} of targets.", nameof(targets));
    }

    /// <summary>Copies samples without targets into a dataset, to predict from or to be their own targets.</summary>
    /// <param name="inputSize">Input values per sample, positive.</param>
    /// <param name="inputs">n · <paramref name="inputSize"/> values, sample after sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    /// <exception cref="ArgumentException">The length is not a whole number of samples.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public Dataset(int inputSize, ReadOnlySpan<T> inputs)
        : this(CountSamples(inputs.Length, inputSize, nameof(inputSize), nameof(inputs)), inputSize, 0, inputs.ToArray(), [], DatasetNames.None)
    {
    }

    internal Dataset(int count, int inputSize, int targetSize, T[] inputs, T[] targets, DatasetNames names)
        : base(count, inputSize, targetSize, names)
    {
        Real<T>.Require();
        _inputs = inputs;
        _targets = targets;
    }

    /// <summary>All inputs, <see cref="Dataset.Count"/> · <see cref="Dataset.InputSize"/> values.</summary>
    public ReadOnlySpan<T> Inputs => _inputs;

    /// <summary>All targets, <see cref="Dataset.Count"/> · <see cref="Dataset.TargetSize"/> values.</summary>
    public ReadOnlySpan<T> Targets => _targets;

    /// <summary>Makes a dataset of integer classes: each target is one-hot, 1 at its label and 0 elsewhere.</summary>
    /// <param name="inputSize">Input values per sample, positive.</param>
    /// <param name="classCount">The number of classes, positive; the target size.</param>
    /// <param name="inputs">n · <paramref name="inputSize"/> values, sample after sample.</param>
    /// <param name="labels">n labels in [0, <paramref name="classCount"/>).</param>
    /// <param name="classNames">What each class is called, for <see cref="Dataset.ClassNames"/>; null for no names.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive or a label is out of range.</exception>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static Dataset<T> FromLabels(
        int inputSize, int classCount, ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, IReadOnlyList<string>? classNames = null)
    {
        Real<T>.Require();
        int count = CountSamples(inputs.Length, inputSize, nameof(inputSize), nameof(inputs));
        if (classCount <= 0)
            throw new ArgumentOutOfRangeException(nameof(classCount), classCount, $"{nameof(classCount)} is {classCount}; it must be positive.");
        if (labels.Length != count)
            throw new ArgumentException($"There are {count} samples of inputs but {labels.Length} labels.", nameof(labels));
        if (classNames is not null && classNames.Count != classCount)
            throw new ArgumentException($"There are {classCount} classes but {classNames.Count} names.", nameof(classNames));
        T[] targets = new T[checked(count * classCount)];
        T one = Real<T>.FromDouble(1);
        for (int i = 0; i < count; i++)
        {
            if ((uint)labels[i] >= (uint)classCount)
            {
                string advice = labels[i] == classCount && labels.IndexOf(0) < 0 ? ": they seem to start at 1, so take 1 from each" : "";
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Label {labels[i]} of sample {i} is not in [0, {classCount}){advice}.");
            }

            targets[(i * classCount) + labels[i]] = one;
        }

        DatasetNames names = classNames is null ? DatasetNames.None : new DatasetNames { Classes = Array.AsReadOnly([.. classNames]) };
        return new Dataset<T>(count, inputSize, classCount, inputs.ToArray(), targets, names);
    }

    /// <summary>The inputs of one sample.</summary>
    /// <param name="index">Which, in [0, <see cref="Dataset.Count"/>).</param>
    public ReadOnlySpan<T> GetInputs(int index) => _inputs.AsSpan(CheckIndex(index) * InputSize, InputSize);

    /// <summary>The targets of one sample.</summary>
    /// <param name="index">Which, in [0, <see cref="Dataset.Count"/>).</param>
    public ReadOnlySpan<T> GetTargets(int index) => _targets.AsSpan(CheckIndex(index) * TargetSize, TargetSize);

    /// <summary>The samples in another order.</summary>
    /// <param name="seed">Any value; the same seed gives the same order on every runtime.</param>
    /// <remarks>
    /// Fisher–Yates from the last sample down, drawing from SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) seeded with the seed itself.
    /// </remarks>
    public Dataset<T> Shuffle(ulong seed) => Select(Permutation(seed));

    /// <summary>The samples at some indices, in that order; an index may occur more than once.</summary>
    /// <param name="indices">Each in [0, <see cref="Dataset.Count"/>).</param>
    public Dataset<T> Select(ReadOnlySpan<int> indices)
    {
        T[] inputs = new T[checked(indices.Length * InputSize)];
        T[] targets = new T[checked(indices.Length * TargetSize)];
        Gather(indices, inputs, targets);
        return new Dataset<T>(indices.Length, InputSize, TargetSize, inputs, targets, Names.Lengths.Length == 0 && Streams is null ? Names : Names.With(GatherLengths(indices), StreamsOf(indices)));
    }

    /// <summary>The same samples with a function applied to every input value, such as a scaling to [0, 1].</summary>
    /// <param name="map">The function.</param>
    public Dataset<T> MapInputs(Func<T, T> map)
    {
        if (map is null)
            throw new ArgumentNullException(nameof(map));
        return new Dataset<T>(Count, InputSize, TargetSize, Array.ConvertAll(_inputs, value => map(value)), _targets, Names);
    }

    /// <summary>The same samples with a function applied to every input value that also knows its column, such as a scaling of each column.</summary>
    /// <param name="map">The function of a value and its column, in [0, <see cref="Dataset.InputSize"/>).</param>
    public Dataset<T> MapInputs(Func<T, int, T> map) => new(Count, InputSize, TargetSize, Map(_inputs, InputSize, map), _targets, Names);

    /// <summary>The same samples with a function applied to every target value, such as a scaling to [0, 1].</summary>
    /// <param name="map">The function.</param>
    public Dataset<T> MapTargets(Func<T, T> map)
    {
        if (map is null)
            throw new ArgumentNullException(nameof(map));
        return new Dataset<T>(Count, InputSize, TargetSize, _inputs, Array.ConvertAll(_targets, value => map(value)), Names);
    }

    /// <summary>The same samples with a function applied to every target value that also knows its column.</summary>
    /// <param name="map">The function of a value and its column, in [0, <see cref="Dataset.TargetSize"/>).</param>
    public Dataset<T> MapTargets(Func<T, int, T> map) => new(Count, InputSize, TargetSize, _inputs, Map(_targets, TargetSize, map), Names);

    /// <summary>The same samples with their inputs as targets, for an autoencoder. Scale the inputs first: the targets are what they are now.</summary>
    public Dataset<T> WithInputsAsTargets() => new(Count, InputSize, InputSize, _inputs, _inputs, Names.WithInputsAsTargets());

    /// <summary>What the data hold: ranges, classes, and values that are not numbers. Print it before training.</summary>
    public DatasetSummary Summarize() => DatasetSummary.Of(this);

    /// <summary>Copies samples side by side into buffers at least that long.</summary>
    internal void Gather(ReadOnlySpan<int> indices, Span<T> inputs, Span<T> targets)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (i + 1 < indices.Length)
                RowPrefetch.Start(GetInputs(indices[i + 1]));
            GetInputs(indices[i]).CopyTo(inputs.Slice(i * InputSize));
            GetTargets(indices[i]).CopyTo(targets.Slice(i * TargetSize));
        }
    }

    /// <summary>Copies the lengths of samples side by side; none where there are none.</summary>
    internal int[] GatherLengths(ReadOnlySpan<int> indices)
    {
        if (Names.Lengths.Length == 0)
            return [];
        int[] lengths = new int[indices.Length];
        GatherLengths(indices, lengths);
        return lengths;
    }

    /// <summary>The same into a buffer at least that long.</summary>
    internal void GatherLengths(ReadOnlySpan<int> indices, Span<int> lengths)
    {
        for (int i = 0; i < indices.Length; i++)
            lengths[i] = Names.Lengths[indices[i]];
    }

    private static bool AreLabels(ReadOnlySpan<T> targets, int classCount)
    {
        foreach (T target in targets)
        {
            double value = Real<T>.ToDouble(target);
            if (!(value >= 0 && value < classCount && value == Math.Floor(value)))
                return false;
        }

        return true;
    }

    private static int CountSamples(int length, int size, string sizeName, string name)
    {
        if (size <= 0)
            throw new ArgumentOutOfRangeException(sizeName, size, $"{sizeName} is {size}; it must be positive.");
        if (length % size != 0)
            throw new ArgumentException($"{length} values are not a whole number of samples of {size}.", name);
        return length / size;
    }

    private static T[] Map(T[] values, int size, Func<T, int, T> map)
    {
        if (map is null)
            throw new ArgumentNullException(nameof(map));
        T[] mapped = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
            mapped[i] = map(values[i], i % size);
        return mapped;
    }

    private int[] Permutation(ulong seed)
    {
        int[] order = new int[Count];
        SplitMix64.Permute(order, seed);
        return order;
    }

    private int CheckIndex(int index) => (uint)index < (uint)Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"{nameof(index)} is {index}, and there are {Plural(Count, "sample")}: it must lie in [0, {Count}).");
}
