using System;
using System.Globalization;

namespace GeneratedNetworks;

/// <summary>A column of a CSV file, by its name or by its place; a string or an integer converts to it.</summary>
/// <example><c>new CsvOptions { InputColumns = ["age", "height"], TargetColumns = [-1] }</c></example>
public readonly struct CsvColumn : IEquatable<CsvColumn>
{
    /// <summary>The column of that place.</summary>
    /// <param name="index">From 0, or from the end with −1 the last.</param>
    public CsvColumn(int index)
    {
        Index = index;
        Name = null;
    }

    /// <summary>The column of that name on the header line.</summary>
    /// <param name="name">The name to the letter, without blanks around it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public CsvColumn(string name)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Index = 0;
    }

    /// <summary>The name; <see langword="null"/> for a column by its place.</summary>
    public string? Name { get; }

    /// <summary>The place, from 0, or from the end with −1 the last; 0 for a column by its name.</summary>
    public int Index { get; }

    /// <summary>The column of that place.</summary>
    /// <param name="index">From 0, or from the end with −1 the last.</param>
    public static implicit operator CsvColumn(int index) => new(index);

    /// <summary>The column of that name.</summary>
    /// <param name="name">The name to the letter.</param>
    public static implicit operator CsvColumn(string name) => new(name);

    /// <summary>Whether both name the same column in the same way.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(CsvColumn left, CsvColumn right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(CsvColumn left, CsvColumn right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(CsvColumn other) => Index == other.Index && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CsvColumn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name is null ? Index : StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name in quotes, or the place.</summary>
    public override string ToString() => Name is null ? Index.ToString(CultureInfo.InvariantCulture) : $"'{Name}'";
}
