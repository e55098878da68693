using System;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeneratedNetworks.CompilerServices;

/// <summary>What every generated network asks of its arguments. Generated code calls it.</summary>
/// <remarks>What is asked is small, so that it becomes a part of the caller; what is said where it does not hold stands apart.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>How many samples a call of <see cref="INetwork{T}.Forward"/> has, none too.</summary>
    /// <param name="inputs">Elements of the inputs.</param>
    /// <param name="inputSize">Elements of one sample of them, positive.</param>
    /// <param name="outputs">Elements of the outputs.</param>
    /// <param name="outputSize">Elements of one sample of them, positive.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">The inputs are not whole samples, or the outputs not as many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Samples(int inputs, int inputSize, int outputs, int outputSize)
    {
        int samples = inputs / inputSize;
        if (samples * inputSize != inputs || samples * (long)outputSize != outputs)
            ThrowSamples(inputs, inputSize, outputs, outputSize, "outputs", needsOne: false);
        return samples;
    }

    /// <summary>Demands whole numbers of a table's rows.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="inputs">Whole rows of inputs; what is left of a last one is not looked at.</param>
    /// <param name="rowLength">Elements of one row.</param>
    /// <param name="offset">Where the numbers start in it.</param>
    /// <param name="steps">How many there are.</param>
    /// <param name="vocabulary">Rows of the table.</param>
    /// <param name="parameter">What the caller calls the inputs.</param>
    /// <exception cref="ArgumentException">One is none.</exception>
    public static void Ids<T>(ReadOnlySpan<T> inputs, int rowLength, int offset, int steps, int vocabulary, string parameter)
        where T : struct
    {
        for (int row = 0; row <= inputs.Length - rowLength; row += rowLength)
        {
            for (int i = row + offset; i < row + offset + steps; i++)
            {
                double id = Real<T>.ToDouble(inputs[i]);
                if (!(id >= 0 && id < vocabulary && id == (int)id))
                    throw new ArgumentException($"Element {Text(i)} of '{parameter}' is {id.ToString(CultureInfo.InvariantCulture)}, and no whole number from 0 to {Text(vocabulary - 1)}.", parameter);
            }
        }
    }

    /// <summary>Demands whole rows of row numbers, and as many of outputs or targets.</summary>
    /// <param name="row">What a row is: "sample" or "frame".</param>
    /// <param name="ids">How many numbers there are.</param>
    /// <param name="rowSize">Of one row, positive.</param>
    /// <param name="outputs">Elements of the outputs, or of the targets.</param>
    /// <param name="outputSize">Elements of one row of them, positive.</param>
    /// <param name="parameter">What the caller calls those; of "targets" there is one row at least.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void IdRows(string row, int ids, int rowSize, int outputs, int outputSize, string parameter)
    {
        int rows = ids / rowSize;
        bool isTarget = parameter == "targets";
        if (rows * rowSize != ids || (isTarget && rows == 0))
            ThrowLength("ids", ids, $": a {row} has {Count(rowSize, "id")}, and there are whole {row}s{(isTarget ? ", one at least" : " or none")}");
        if (rows * (long)outputSize == outputs)
            return;
        string advice = isTarget && (outputs == rows || outputs == ids) ? "; a class number becomes a target for each class, 1 at its place and 0 elsewhere" : "";
        ThrowLength(
            parameter,
            outputs,
            $" instead of {Text(rows * (long)outputSize)}: 'ids' holds {Count(rows, row)}, and a {row} has {Count(outputSize, isTarget ? "target" : "output")}{advice}");
    }

    /// <summary>Demands a length for each sequence.</summary>
    /// <param name="lengths">The lengths.</param>
    /// <param name="samples">How many sequences there are.</param>
    /// <param name="steps">The longest that one can be.</param>
    /// <exception cref="ArgumentException">There are not as many, or one is not from 1 to <paramref name="steps"/>.</exception>
    public static void Lengths(ReadOnlySpan<int> lengths, int samples, int steps)
    {
        if (lengths.Length != samples)
            ThrowLength("lengths", lengths.Length, $": there {(samples == 1 ? "is 1 sequence" : $"are {Text(samples)} sequences")}");
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1 || lengths[i] > steps)
                throw new ArgumentException($"Length {Text(lengths[i])} of sequence {Text(i)} is not from 1 to {Text(steps)}.", "lengths");
        }
    }

    /// <summary>What a mean over all steps of a batch is multiplied by to be one over the steps that count.</summary>
    /// <param name="lengths">Steps of each sequence; none where all fill their windows.</param>
    /// <param name="samples">How many sequences there are.</param>
    /// <param name="steps">Steps of a window.</param>
    public static double StepScale(ReadOnlySpan<int> lengths, int samples, int steps)
    {
        long sum = 0;
        foreach (int length in lengths)
            sum += length;
        return sum == 0 ? 1 : samples * (double)steps / sum;
    }

    /// <summary>How many frames a call of a stream has, none too.</summary>
    /// <param name="inputs">Elements of the frames.</param>
    /// <param name="frameSize">Elements of one of them, positive.</param>
    /// <param name="outputs">Elements of the outputs.</param>
    /// <param name="outputFrameSize">Elements of one frame of them, positive.</param>
    /// <returns>The number of frames.</returns>
    /// <exception cref="ArgumentException">The inputs are not whole frames, or the outputs not as many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Frames(int inputs, int frameSize, int outputs, int outputFrameSize)
    {
        int frames = inputs / frameSize;
        if (frames * frameSize != inputs || frames * (long)outputFrameSize != outputs)
            ThrowFrames(inputs, frameSize, outputs, outputFrameSize);
        return frames;
    }

    private static void ThrowFrames(int inputs, int frameSize, int outputs, int outputFrameSize)
    {
        int frames = inputs / frameSize;
        if (frames * frameSize != inputs)
            ThrowLength("frames", inputs, $": a frame has {Count(frameSize, "element")}, and there are whole frames or none");
        ThrowLength("outputs", outputs, $" instead of {Text(frames * (long)outputFrameSize)}: 'frames' holds {Count(frames, "frame")}, and a frame has {Count(outputFrameSize, "output")}");
    }

    /// <summary>Demands a memory for each stream.</summary>
    /// <param name="parameter">What the caller calls them.</param>
    /// <param name="streams">How many streams there are.</param>
    /// <param name="memorySize">Elements of what one remembers.</param>
    /// <param name="actual">The length.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Memories(string parameter, int streams, int memorySize, int actual)
    {
        if (actual != streams * (long)memorySize)
            ThrowMemories(parameter, streams, memorySize, actual);
    }

    private static void ThrowMemories(string parameter, int streams, int memorySize, int actual) => ThrowLength(
        parameter,
        actual,
        $" instead of {Text(streams * (long)memorySize)}: MemorySize, which is {Text(memorySize)}, for {(streams == 1 ? "1 stream" : $"each of {Text(streams)} streams")}");

    /// <summary>How many samples a call of a trainer has, which needs one at least.</summary>
    /// <param name="inputs">Elements of the inputs.</param>
    /// <param name="inputSize">Elements of one sample of them, positive.</param>
    /// <param name="outputs">Elements of the targets, or of gradients with respect to the outputs.</param>
    /// <param name="outputSize">Elements of one sample of them, positive.</param>
    /// <param name="parameter">What the caller calls those.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">There is no sample, or a length does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Batch(int inputs, int inputSize, int outputs, int outputSize, string parameter)
    {
        int samples = inputs / inputSize;
        if (samples == 0 || samples * inputSize != inputs || samples * (long)outputSize != outputs)
            ThrowSamples(inputs, inputSize, outputs, outputSize, parameter, needsOne: true);
        return samples;
    }

    /// <summary>The same, and takes the trainer for the call.</summary>
    /// <param name="isBusy">The trainer's mark, which is set.</param>
    /// <param name="inputs">Elements of the inputs.</param>
    /// <param name="inputSize">Elements of one sample of them, positive.</param>
    /// <param name="outputs">Elements of the targets, or of gradients with respect to the outputs.</param>
    /// <param name="outputSize">Elements of one sample of them, positive.</param>
    /// <param name="parameter">What the caller calls those.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">There is no sample, or a length does not fit.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Enter(ref bool isBusy, int inputs, int inputSize, int outputs, int outputSize, string parameter)
    {
        int samples = Batch(inputs, inputSize, outputs, outputSize, parameter);
        Enter(ref isBusy);
        return samples;
    }

    /// <summary>Takes a trainer for a call whose arguments are right.</summary>
    /// <param name="isBusy">The trainer's mark, which is set. A plain field, as an interlocked one costs more than a small step.</param>
    /// <exception cref="InvalidOperationException">Another thread is inside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(ref bool isBusy)
    {
        if (isBusy)
            ThrowBusy();
        isBusy = true;
    }

    /// <summary>Demands an exact length.</summary>
    /// <param name="parameter">What the caller calls it.</param>
    /// <param name="expected">The only right length.</param>
    /// <param name="actual">The length.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(string parameter, int expected, int actual)
    {
        if (actual != expected)
            ThrowLength(parameter, actual, $" instead of {Text(expected)}");
    }

    /// <summary>Demands a number for each parameter.</summary>
    /// <param name="parameter">What the caller calls them.</param>
    /// <param name="count">How many parameters the network has.</param>
    /// <param name="actual">The length.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Parameters(string parameter, int count, int actual)
    {
        if (actual != count)
            ThrowLength(parameter, actual, $", and the network has {Text(count)} {(count == 1 ? "parameter" : "parameters")} (ParameterCount)");
    }

    /// <summary>Demands that what is written is not what is still read.</summary>
    /// <typeparam name="T">The type of an element.</typeparam>
    /// <param name="written">What is written.</param>
    /// <param name="read">What is read.</param>
    /// <param name="writtenName">What the caller calls the former, in the plural.</param>
    /// <param name="readName">What it calls the latter.</param>
    /// <exception cref="ArgumentException">They share elements.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap<T>(ReadOnlySpan<T> written, ReadOnlySpan<T> read, string writtenName, string readName)
    {
        if (read.Overlaps(written))
            ThrowOverlap(writtenName, readName);
    }

    /// <summary>A setting that may be any finite number from 0 on.</summary>
    /// <param name="name">Of the setting.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The value is negative, infinite or not a number.</exception>
    public static float Setting(string name, float value)
    {
        if (!(value >= 0 && value <= float.MaxValue))
            ThrowSetting(name, "finite and not negative", value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <inheritdoc cref="Setting(string, float)"/>
    public static double Setting(string name, double value)
    {
        if (!(value >= 0 && value <= double.MaxValue))
            ThrowSetting(name, "finite and not negative", value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>A setting that is the share of something that is kept: from 0 on, and less than 1.</summary>
    /// <param name="name">Of the setting.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The value is negative, 1 or more, or not a number.</exception>
    public static float Share(string name, float value)
    {
        if (!(value >= 0 && value < 1))
            ThrowSetting(name, "at least 0 and less than 1", value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <inheritdoc cref="Share(string, float)"/>
    public static double Share(string name, double value)
    {
        if (!(value >= 0 && value < 1))
            ThrowSetting(name, "at least 0 and less than 1", value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>Demands that a trainer has gradients.</summary>
    /// <param name="exist">Whether it has.</param>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static void Gradients(bool exist)
    {
        if (!exist)
            throw new InvalidOperationException("There are no gradients: call Backward, BackwardFrom or SetGradients first. Step does not keep them.");
    }

    private static void ThrowSamples(int inputs, int inputSize, int outputs, int outputSize, string parameter, bool needsOne)
    {
        int samples = inputs / inputSize;
        if (samples * inputSize != inputs)
        {
            string several = $"{Text(2L * inputSize)}, {Text(3L * inputSize)} and so on for several samples";
            ThrowLength("inputs", inputs, $": the network takes {Text(inputSize)} inputs a sample, so {Text(inputSize)} numbers, or {several}");
        }

        if (needsOne && samples == 0)
            ThrowLength("inputs", inputs, $": at least one sample, of {Count(inputSize, "input")}, is needed");
        bool isTarget = parameter == "targets";
        string advice = isTarget && outputSize > 1 && outputs == samples
            ? "; a class number becomes a target for each class, 1 at its place and 0 elsewhere, as Dataset<T>.FromLabels makes them"
            : "";
        ThrowLength(
            parameter,
            outputs,
            $" instead of {Text(samples * (long)outputSize)}: 'inputs' holds {Count(samples, "sample")}, and a sample has {Count(outputSize, isTarget ? "target" : "output")}{advice}");
    }

    private static void ThrowLength(string parameter, int actual, string fault) =>
        throw new ArgumentException($"'{parameter}' has length {Text(actual)}{fault}.", parameter);

    private static void ThrowSetting(string name, string range, string value) =>
        throw new ArgumentException($"{name} must be {range}, not {value}.", nameof(value));

    private static void ThrowOverlap(string written, string read) => throw new ArgumentException(
        $"The {written} overlap the {read}, which are still read while they are written: copy the {read} first.", written);

    private static void ThrowBusy() => throw new InvalidOperationException(
        "The trainer is used by two threads at once, which would mix their results: give each thread its own trainer and network, or let FitOptions.Threads share the work. "
        + "If an exception broke off an earlier call, Reset makes the trainer usable again.");

    private static string Count(int count, string unit) => count == 1 ? $"1 {unit}" : $"{Text(count)} {unit}s";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
