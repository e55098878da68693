using System;
using System.Linq;

namespace GeneratedNetworks;

/// <content>Whether the samples are a network's, and what to do where they are not.</content>
public sealed partial class Dataset<T>
{
    internal void CheckFits(INetwork<T> network, string name)
    {
        if (Count == 0)
            throw new ArgumentException("The dataset is empty.", name);
        if (TargetSize == 0)
            throw new ArgumentException("The dataset has no targets; WithInputsAsTargets() makes the inputs their own.", name);
        if (InputSize == network.InputSize && TargetSize == network.OutputSize)
            return;
        string sizes = $"{Plural(network.InputSize, "input")} to {Plural(network.OutputSize, "output")}";
        string hint = SeriesHint(network) is { } series ? series
            : InputSize != network.InputSize ? $" [GeneratedNetwork({InputSize})] declares a network for these inputs."
            : TargetSize == 1 ? $" Where the target is a class label, FromLabels, or CsvOptions.ClassCount, with {network.OutputSize} classes makes a target for each output{LabelStart(network.OutputSize)}."
            : $" Its last layer needs a unit for each target, {TargetSize}{ClassBeforeTheFirst(network.OutputSize)}.";
        throw new ArgumentException(
            $"The network maps {sizes}, but a sample has {Plural(InputSize, "input")} and {Plural(TargetSize, "target")}.{hint}", name);
    }

    /// <summary>What to do with a series that is not cut into the network's windows: a sample for each frame, all of it as one sample, or other windows.</summary>
    private string? SeriesHint(INetwork<T> network)
    {
        int steps = SequenceCheck.StepsOf(network);
        if (steps < 2)
            return null;
        int frame = network.InputSize / steps, outputFrame = network.OutputSize / steps;
        string cut = $"Dataset<T>.Windows(series, window: {steps}, streams: …) cuts it into windows.";
        if (InputSize == frame && TargetSize * steps == network.OutputSize)
            return $" A sample is a window of {steps} frames, and these are the frames of a series: {cut}";
        if (Count == 1 && InputSize > network.InputSize && InputSize % frame == 0 && network.OutputSize % steps == 0 && InputSize / frame * outputFrame == TargetSize)
            return $" A sample is a window of {steps} frames, and the only one here is a series of {InputSize / frame}: make it new Dataset<T>({frame}, {outputFrame}, inputs, targets), a sample for each frame, and {cut}";

        // Windows of another length.
        return InputSize != network.InputSize && InputSize > frame && InputSize % frame == 0 && network is INetworkLayout { InputLayout: { Length: 1 } inputs }
            ? $" The network takes windows of {steps} frames, and these are of {InputSize / frame}: take window: {steps}, or [GeneratedNetwork({string.Join(", ", inputs[0].Shape.Skip(1).Prepend(InputSize / frame))})]."
            : null;
    }

    /// <summary>What else to do with labels that go from 1 to the number of classes.</summary>
    private string LabelStart(int classCount)
    {
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        foreach (T target in _targets)
        {
            double value = Real<T>.ToDouble(target);
            if (value != Math.Floor(value))
                return "";
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        return lowest == 1 && highest == classCount ? "; these seem to start at 1, so take 1 from each" : "";
    }

    /// <summary>What else to do with labels from 1 on that were read as classes from 0 on, of which there is one too many then.</summary>
    private string ClassBeforeTheFirst(int classCount)
    {
        if (TargetSize != classCount + 1)
            return "";
        for (int i = 0; i < _targets.Length; i++)
        {
            double value = Real<T>.ToDouble(_targets[i]);
            if (value is not (0 or 1) || (i % TargetSize == 0 && value != 0))
                return "";
        }

        return $"; or class 0, which has no sample, is none: where the labels start at 1, take 1 from each, for {classCount} classes";
    }
}
