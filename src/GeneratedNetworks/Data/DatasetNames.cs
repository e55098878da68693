using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>What is known of a dataset besides its numbers; but for lengths it is shared by all that is cut from one file.</summary>
internal sealed class DatasetNames
{
    public static readonly DatasetNames None = new();

    /// <summary>The input columns' names.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>The target columns' names; not those of classes.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>The classes' labels.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What missing inputs were, or would have been, filled with; <see langword="null"/> where neither mean nor median was asked for.</summary>
    public IReadOnlyList<double>? Fills { get; init; }

    /// <summary>How many steps of each sample count; empty for all.</summary>
    public int[] Lengths { get; init; } = [];

    /// <summary>The same inputs without targets of their own.</summary>
    public DatasetNames WithInputsAsTargets() => new() { Inputs = Inputs, Targets = Inputs, Fills = Fills, Lengths = Lengths };

    /// <summary>The same for samples of other lengths.</summary>
    public DatasetNames WithLengths(int[] lengths) => new() { Inputs = Inputs, Targets = Targets, Classes = Classes, Fills = Fills, Lengths = lengths };
}
