using System;
using System.Collections.Generic;
using System.Globalization;

namespace GeneratedNetworks;

/// <summary>Finds the values that would ruin a network, before the first step.</summary>
internal static class DataCheck
{
    /// <summary>Throws at the first value that is not finite, and at the first target that the loss of its output is not defined for.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="trainer">Knows what is minimized.</param>
    /// <param name="what">Which set it is, for the message: "training".</param>
    /// <param name="parameter">The argument that it came with.</param>
    public static void Require<T>(Dataset<T> data, ITrainer<T> trainer, string what, string parameter)
        where T : struct
    {
        int input = Finite.IndexOfOther(data.Inputs);
        if (input >= 0)
            throw NotFinite(data.Inputs[input], Place(data, isInput: true, input, what), parameter);
        int target = Finite.IndexOfOther(data.Targets);
        if (target >= 0)
            throw NotFinite(data.Targets[target], Place(data, isInput: false, target, what), parameter);
        NetworkValue[] outputs = OutputPart.Layout(trainer.Network);
        for (int i = 0; i < outputs.Length; i++)
        {
            Loss? loss = MeasuredOutput.LossOf(trainer, i);
            if (loss == Loss.BinaryCrossEntropy)
                RequireRange(data, outputs[i], loss.Value, 1, "in [0, 1]", what, parameter);
            else if (loss == Loss.CrossEntropy)
                RequireRange(data, outputs[i], loss.Value, double.PositiveInfinity, "of 0 or more", what, parameter);
        }
    }

    /// <summary>Throws at the first input that is not finite.</summary>
    public static void RequireFinite<T>(Dataset<T> data, string parameter)
        where T : struct
    {
        int input = Finite.IndexOfOther(data.Inputs);
        if (input >= 0)
            throw NotFinite(data.Inputs[input], Place(data, isInput: true, input, what: null), parameter);
    }

    private static void RequireRange<T>(Dataset<T> data, NetworkValue output, Loss loss, double highest, string range, string what, string parameter)
        where T : struct
    {
        ReadOnlySpan<T> targets = data.Targets;
        for (int i = 0; i < targets.Length; i++)
        {
            int column = i % data.TargetSize;
            double target = Real<T>.ToDouble(targets[i]);
            if ((target >= 0 && target <= highest) || column < output.Offset || column >= output.Offset + output.Length)
                continue;
            bool isOnly = output.Length == data.TargetSize;
            string fault = $"{Place(data, isInput: false, i, what)} is {Text(targets[i])}, but {loss}{(isOnly ? "" : $" of '{output.Name}'")} needs targets {range}.";
            throw new ArgumentException(isOnly ? fault + Hint(data) : fault, parameter);
        }
    }

    /// <summary>What the targets of the only output may be meant as, where that can be told.</summary>
    private static string Hint<T>(Dataset<T> data)
        where T : struct
    {
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        bool areWhole = true;
        foreach (T value in data.Targets)
        {
            double target = Real<T>.ToDouble(value);
            lowest = Math.Min(lowest, target);
            highest = Math.Max(highest, target);
            areWhole &= target == Math.Floor(target);
        }

        if (areWhole && lowest == 1 && highest == 2)
            return " They are 1 and 2, labels that start at 1: MapTargets(t => t - 1) makes them 0 and 1.";
        if (areWhole && lowest == -1 && highest == 1)
            return " They go from -1 to 1: MapTargets(t => (t + 1) / 2) makes -1 and 1 to 0 and 1.";
        if (areWhole && lowest >= 0 && data.TargetSize == 1)
        {
            string start = lowest == 1 ? "; take 1 from each first, since classes are counted from 0" : "";
            return FormattableString.Invariant(
                $" They look like labels from {lowest} to {highest}: Dataset<T>.FromLabels, or CsvOptions.ClassCount, makes a target for each class{start}.");
        }

        return FormattableString.Invariant($" They go from {lowest:g6} to {highest:g6}: scale them with MapTargets, or take another loss.");
    }

    private static ArgumentException NotFinite<T>(T value, string place, string parameter) =>
        new($"{place} is {Text(value)}: finite numbers are needed. Leave that sample out, or put a value in its place.", parameter);

    /// <summary>Set, sample and column, this by its name too where it has one.</summary>
    private static string Place(Dataset data, bool isInput, int index, string? what)
    {
        int size = isInput ? data.InputSize : data.TargetSize;
        IReadOnlyList<string>? names = isInput ? data.InputNames : data.TargetNames ?? data.ClassNames;
        string name = names?.Count == size ? $" ('{names[index % size]}')" : "";
        string column = FormattableString.Invariant($"{(isInput ? "input" : "target")} {index % size}{name}");
        string set = what is null ? "data" : what + " data";
        return FormattableString.Invariant($"In the {set}, {column} of sample {index / size} (both counted from 0)");
    }

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
