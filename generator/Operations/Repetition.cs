using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>Operations that run once for every step of a sequence, each time on what that step sees: the steps of all samples of a chunk together.</summary>
/// <param name="Steps">How many.</param>
/// <param name="IsReversed">Whether the last step comes first.</param>
internal abstract record Repetition(int Steps, bool IsReversed) : Operation
{
    /// <summary>What runs once, before the first step.</summary>
    public abstract IReadOnlyList<Operation> Before { get; }

    /// <summary>What runs for each step.</summary>
    public abstract IReadOnlyList<Operation> Body { get; }

    /// <summary>What runs once, after the last step.</summary>
    public abstract IReadOnlyList<Operation> After { get; }

    /// <summary>All of them in order.</summary>
    public IEnumerable<Operation> Parts => [.. Before, .. Body, .. After];

    public override IEnumerable<Tensor> Reads => Parts.SelectMany(part => part.Reads).Distinct();

    public override IEnumerable<Tensor> Results => Parts.SelectMany(part => part.Results).Distinct();

    public override IEnumerable<ParameterBlock> Blocks => Parts.SelectMany(part => part.Blocks).Distinct();
}

/// <summary>Finds what repetitions consist of.</summary>
internal static class RepetitionParts
{
    /// <summary>The operations with those of repetitions in their places.</summary>
    public static IEnumerable<Operation> Flat(this IEnumerable<Operation> operations) =>
        operations.SelectMany(operation => operation switch
        {
            Repetition repetition => repetition.Parts.Flat(),
            CellRow row => row.Parts,
            ConvolveFrame frame => frame.Parts,
            _ => [operation],
        });
}

/// <summary>The first <paramref name="Count"/> elements of every sample become 0.</summary>
internal sealed record Clear(Tensor Output, int Count) : Operation
{
    public override IEnumerable<Tensor> Reads => [];

    public override Tensor? Writes => Output;
}
