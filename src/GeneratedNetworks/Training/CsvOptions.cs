namespace GeneratedNetworks;

/// <summary>How the columns of a CSV file make up samples.</summary>
/// <remarks>No column may be used twice, neither as two inputs or two targets nor as both.</remarks>
public sealed class CsvOptions
{
    /// <summary>Whether the first line that is not blank holds column names. Default: <see langword="true"/>.</summary>
    /// <remarks>Names that are all numbers are refused: they would be a first sample, which would be lost.</remarks>
    public bool HasHeader { get; set; } = true;

    /// <summary>What stands between fields. Default: a comma.</summary>
    public char Separator { get; set; } = ',';

    /// <summary>
    /// The target columns from 0, or from the end with −1 the last. Default: <see langword="null"/>, the last column.
    /// </summary>
    public int[]? TargetColumns { get; set; }

    /// <summary>
    /// The input columns in the order wanted, from 0, or from the end with −1 the last. Default: <see langword="null"/>, all that are not targets.
    /// </summary>
    public int[]? InputColumns { get; set; }

    /// <summary>
    /// For classes, their number: the one target column then holds integer labels in [0, ClassCount), which become one-hot targets.
    /// Default: 0, targets are numbers.
    /// </summary>
    public int ClassCount { get; set; }
}
