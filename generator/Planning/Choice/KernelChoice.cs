using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>How the forward pass multiplies one sample.</summary>
internal enum SampleForm
{
    /// <summary>Every multiply-add is a statement.</summary>
    WrittenOut,

    /// <summary>A loop over the inputs around a row of sums, as many as hide the latency of an addition.</summary>
    Loop,

    /// <summary>The same with two panels side by side: weights that come from a farther cache are read in few straight lines.</summary>
    PairLoop,

    /// <summary>No method of its own: the pass over a chunk, with one row in it.</summary>
    Chunk,
}

/// <summary>How a training step of one sample runs.</summary>
internal enum StepForm
{
    /// <summary>Forward, loss, backward and update in one method.</summary>
    OneMethod,

    /// <summary>A method per layer and pass, backward and update together.</summary>
    Layers,

    /// <summary>The passes over a chunk, with one row in it.</summary>
    Chunk,
}

/// <summary>The sums that a product keeps in registers: some rows of up to some vectors each.</summary>
/// <param name="Vectors">The most vectors of one row.</param>
/// <param name="Rows">Rows where there are as many vectors.</param>
internal readonly record struct TileShape(int Vectors, int Rows)
{
    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}x{1}", Rows, Vectors);
}

/// <summary>What tests and benchmarks ask for in place of the cost model's choice; it decides what is null. It applies to every layer.</summary>
internal sealed record Forced
{
    public WeightOrder? Order { get; init; }

    public SampleForm? Sample { get; init; }

    public StepForm? Step { get; init; }

    public TileShape? ForwardTile { get; init; }

    public TileShape? GradientTile { get; init; }

    /// <summary>One sample has text of its own, however large the network.</summary>
    public bool SampleText { get; init; }

    /// <summary>Bits of the widest vectors that a step of one sample is written out for.</summary>
    public int? StepBits { get; init; }

    public int? InferenceRows { get; init; }

    public int? TrainingRows { get; init; }
}
