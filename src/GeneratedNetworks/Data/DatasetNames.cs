using System.Collections.Generic;

namespace GeneratedNetworks;

/// <summary>What is known of a dataset besides its numbers; but for lengths and streams it is shared by all that is cut from one file.</summary>
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

    /// <summary>Of how many streams the samples are windows, in their order; <see langword="null"/> where that is not known.</summary>
    public int? Streams { get; init; }

    /// <summary>The same inputs without targets of their own.</summary>
    public DatasetNames WithInputsAsTargets() => new() { Inputs = Inputs, Targets = Inputs, Fills = Fills, Lengths = Lengths, Streams = Streams };

    /// <summary>The same for samples of other lengths, or in another order.</summary>
    public DatasetNames With(int[] lengths, int? streams) => new() { Inputs = Inputs, Targets = Targets, Classes = Classes, Fills = Fills, Lengths = lengths, Streams = streams };
}
