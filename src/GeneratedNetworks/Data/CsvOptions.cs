using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>How the columns of a CSV file make up samples.</summary>
/// <remarks>No column may be used twice, neither as two inputs or two targets nor as both.</remarks>
public sealed class CsvOptions
{
    /// <summary>Whether the first line that is not blank holds column names. Default: <see langword="true"/>.</summary>
    /// <remarks>
    /// A line that may be a sample is refused, as that would be lost: one of numbers only, and one with numbers, or what stands for a missing value, in the
    /// input columns and what may be a target in the target columns, such as <c>5.1,3.5,setosa</c> where labels are texts. Years and other numbers are names
    /// where a column is asked for by its name, or with <see cref="NumericNames"/>. Three input columns or more called 0, 1, 2 and so on, or 1, 2, 3, are
    /// believed to be named so where the target column has a name that is no label below.
    /// </remarks>
    public bool HasHeader { get; set; } = true;

    /// <summary>
    /// Whether the line of names is believed to be one even where all names are numbers, such as years. Default: <see langword="false"/>, see
    /// <see cref="HasHeader"/>.
    /// </summary>
    public bool NumericNames { get; set; }

    /// <summary>What stands between fields. Default: a comma. A blank stands for any number of them.</summary>
    public char Separator { get; set; } = ',';

    /// <summary>What stands before a number's decimals: a point (the default) or a comma.</summary>
    public char DecimalSeparator { get; set; } = '.';

    /// <summary>
    /// The target columns, by name or by place; empty for a file without targets, where <see cref="TextLabels"/>, <see cref="ClassNames"/> and
    /// <see cref="ClassCount"/> have no effect. Default: <see langword="null"/>, the last column.
    /// </summary>
    public CsvColumn[]? TargetColumns { get; set; }

    /// <summary>
    /// The input columns in the order wanted, by name or by place. Default: <see langword="null"/>, all that are not targets.
    /// </summary>
    public CsvColumn[]? InputColumns { get; set; }

    /// <summary>
    /// Whether the targets are the inputs themselves, for an autoencoder; there are no target columns then. Default: <see langword="false"/>.
    /// </summary>
    public bool InputsAsTargets { get; set; }

    /// <summary>
    /// For classes, their number: the one target column then holds integer labels in [0, ClassCount), which become one-hot targets.
    /// Default: 0, targets are numbers.
    /// </summary>
    public int ClassCount { get; set; }

    /// <summary>
    /// Whether the one target column holds labels of any kind, each different text a class of its own. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// <see cref="Dataset.ClassNames"/> tells them in the order of the targets: that of <see cref="ClassNames"/> where they are given, otherwise
    /// ascending where all are integers, and ordinal otherwise.
    /// </remarks>
    public bool TextLabels { get; set; }

    /// <summary>
    /// The labels of the classes in the order wanted; the one target column may hold no other. Default: <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; set; }

    /// <summary>
    /// Whether two classes become one target of 0 or 1, for a network with one Sigmoid output, in place of two. Default: <see langword="false"/>.
    /// </summary>
    public bool BinaryTarget { get; set; }

    /// <summary>What becomes of an input that is missing. Default: <see cref="MissingValues.Refuse"/>.</summary>
    /// <remarks>
    /// A target that is missing is refused, whatever stands here, except where the row is skipped; see also
    /// <see cref="SkipMissingTargets"/>.
    /// </remarks>
    public MissingValues Missing { get; set; }

    /// <summary>What a missing input becomes with <see cref="MissingValues.Value"/>, finite. Default: 0.</summary>
    public double MissingValue { get; set; }

    /// <summary>Whether lines without a target are left out. Default: <see langword="false"/>, they are refused.</summary>
    public bool SkipMissingTargets { get; set; }

    /// <summary>
    /// What stands in a field whose value is missing, ignoring case and blanks. Default: nothing at all, <c>?</c>, <c>-</c>, <c>NA</c>, <c>N/A</c>,
    /// <c>NaN</c> and <c>null</c>.
    /// </summary>
    /// <remarks>A label that <see cref="ClassNames"/> holds is never missing.</remarks>
    public IReadOnlyList<string> MissingTexts { get; set; } = ["", "?", "-", "NA", "N/A", "NaN", "null"];

    /// <summary>
    /// An earlier dataset read from CSV that this one must fit, such as the training data when test data are read: missing inputs are filled with the
    /// earlier mean or median, and classes have the earlier order. Default: <see langword="null"/>.
    /// </summary>
    /// <remarks>
    /// Columns are still chosen by this object. For a file without labels, <see cref="TargetColumns"/> is empty; what is said of labels then has no effect.
    /// </remarks>
    public Dataset? Like { get; set; }
}
