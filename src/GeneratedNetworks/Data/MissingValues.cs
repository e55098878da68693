namespace GeneratedNetworks;

/// <summary>What becomes of an input that a CSV file leaves out.</summary>
public enum MissingValues
{
    /// <summary>Reading fails and says where.</summary>
    Refuse = 0,

    /// <summary>The whole line is left out.</summary>
    SkipRow = 1,

    /// <summary>The mean of the values that its column has.</summary>
    Mean = 2,

    /// <summary>The median of the values that its column has; of an even number, the mean of the middle two.</summary>
    Median = 3,

    /// <summary>The number <see cref="CsvOptions.MissingValue"/>.</summary>
    Value = 4,
}
