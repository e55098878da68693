using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GeneratedNetworks;

/// <summary>How often samples of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    private const int LongestName = 20;

    private readonly int[] _counts;
    private readonly int[] _actual;

    internal ConfusionMatrix(int classCount, IReadOnlyList<string>? classNames = null)
    {
        ClassCount = classCount;
        ClassNames = classNames;
        _counts = new int[checked(classCount * classCount)];
        _actual = new int[classCount];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The classes' names in order, where the data have them, as text labels of a CSV file; otherwise <see langword="null"/>.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>How many samples there are, those without a predicted class included.</summary>
    public int Total { get; private set; }

    /// <summary>How many samples had no predicted class, their outputs not being numbers.</summary>
    public int Unclassified { get; private set; }

    /// <summary>How many samples were predicted right.</summary>
    public int Correct { get; private set; }

    /// <summary>The share of samples predicted right, in [0, 1].</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>How many samples of one class were taken for another, or for itself.</summary>
    /// <param name="actual">The class that the targets say, in [0, <see cref="ClassCount"/>).</param>
    /// <param name="predicted">The class that the outputs say, in [0, <see cref="ClassCount"/>).</param>
    public int this[int actual, int predicted] => _counts[(Check(actual, nameof(actual)) * ClassCount) + Check(predicted, nameof(predicted))];

    /// <summary>Of the samples taken for a class, the share that is of it; NaN where there is none.</summary>
    /// <param name="class">The class, in [0, <see cref="ClassCount"/>).</param>
    public double Precision(int @class)
    {
        int predicted = 0;
        for (int actual = 0; actual < ClassCount; actual++)
            predicted += this[actual, @class];
        return predicted == 0 ? double.NaN : (double)this[@class, @class] / predicted;
    }

    /// <summary>Of the samples of a class, the share taken for it; NaN where there is none.</summary>
    /// <param name="class">The class, in [0, <see cref="ClassCount"/>).</param>
    public double Recall(int @class)
    {
        int actual = _actual[Check(@class, nameof(@class))];
        return actual == 0 ? double.NaN : (double)this[@class, @class] / actual;
    }

    /// <summary>
    /// The harmonic mean of a class's precision and recall, 2·TP / (2·TP + FP + FN); NaN where no sample is of the class and none was taken for it.
    /// </summary>
    /// <param name="class">The class, in [0, <see cref="ClassCount"/>).</param>
    public double F1(int @class)
    {
        int predicted = 0;
        for (int actual = 0; actual < ClassCount; actual++)
            predicted += this[actual, @class];
        int sum = predicted + _actual[@class];
        return sum == 0 ? double.NaN : 2.0 * this[@class, @class] / sum;
    }

    /// <summary>The mean of <see cref="F1"/> over the classes that have one, whatever their share of the samples.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < ClassCount; i++)
            {
                double f1 = F1(i);
                if (double.IsNaN(f1))
                    continue;
                sum += f1;
                count++;
            }

            return sum / count;
        }
    }

    /// <summary>The counts as a table, a row per actual and a column per predicted class, under their names or, where there are none, their numbers.</summary>
    public override string ToString()
    {
        string[] labels = new string[ClassCount];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = ClassNames is null ? Text(i) : ClassNames[i].Length > LongestName ? ClassNames[i].Substring(0, LongestName - 1) + "…" : ClassNames[i];
        int width = Math.Max(3, Text(Total).Length) + 1;
        int first = Math.Max(width, labels.Max(label => label.Length) + 1);
        StringBuilder text = new();
        for (int actual = -1; actual < ClassCount; actual++)
        {
            text.Append((actual < 0 ? "" : labels[actual]).PadLeft(first));
            for (int predicted = 0; predicted < ClassCount; predicted++)
                text.Append((actual < 0 ? labels[predicted] : Text(this[actual, predicted])).PadLeft(Math.Max(width, labels[predicted].Length + 1)));
            text.Append('\n');
        }

        return text.ToString();
    }

    internal void Add(int actual, int predicted)
    {
        Total++;
        _actual[actual]++;
        if (predicted < 0)
        {
            Unclassified++;
            return;
        }

        if (actual == predicted)
            Correct++;
        _counts[(actual * ClassCount) + predicted]++;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private int Check(int value, string name) => (uint)value < (uint)ClassCount
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"There are {ClassCount} classes.");
}
