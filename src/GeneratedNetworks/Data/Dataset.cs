using System;
using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>The sizes and names of a <see cref="Dataset{T}"/>, whatever its element type.</summary>
public abstract class Dataset
{
    private protected Dataset(int count, int inputSize, int targetSize, DatasetNames names)
    {
        Count = count;
        InputSize = inputSize;
        TargetSize = targetSize;
        Names = names;
    }

    /// <summary>The number of samples, possibly 0.</summary>
    public int Count { get; }

    /// <summary>The number of input values of one sample, positive.</summary>
    public int InputSize { get; }

    /// <summary>The number of target values of one sample; 0 for data without targets, which can be predicted from but not trained on.</summary>
    public int TargetSize { get; }

    /// <summary>The names of the input columns, where the data come from a file that has them.</summary>
    public IReadOnlyList<string>? InputNames => Names.Inputs;

    /// <summary>The names of the target columns, where the data come from a file that has them; classes have <see cref="ClassNames"/>.</summary>
    public IReadOnlyList<string>? TargetNames => Names.Targets;

    /// <summary>The labels of the classes in the order of the targets, where the data come from a file that has labels.</summary>
    public IReadOnlyList<string>? ClassNames => Names.Classes;

    /// <summary>
    /// What a missing input becomes, one number for each input column: the column's mean or median, where the data come from a file that was read with
    /// <see cref="MissingValues.Mean"/> or <see cref="MissingValues.Median"/>, whether or not the column lacks a value; otherwise <see langword="null"/>.
    /// </summary>
    /// <remarks>
    /// The numbers are those of the file, whatever scaling came after. They are for later inputs, when the network is used: a value that is missing then
    /// counts as this number, before it is scaled. A later file gets them by <see cref="CsvOptions.Like"/>. NaN for a column of a file without samples.
    /// </remarks>
    public IReadOnlyList<double>? Fills => Names.Fills;

    /// <summary>How many lines of the file were left out for want of a value; 0 for data that are no longer the whole file.</summary>
    public int SkippedRows { get; internal init; }

    /// <summary>How many missing inputs of the file were filled in; 0 for data that are no longer the whole file.</summary>
    public int FilledValues { get; internal init; }

    internal DatasetNames Names { get; }

    /// <summary>The three sizes, such as "1797 samples of 64 inputs and 10 targets", in the invariant culture.</summary>
    public override string ToString() => TargetSize == 0
        ? FormattableString.Invariant($"{Plural(Count, "sample")} of {Plural(InputSize, "input")}")
        : FormattableString.Invariant($"{Plural(Count, "sample")} of {Plural(InputSize, "input")} and {Plural(TargetSize, "target")}");

    internal static string Plural(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
