using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Tool.Output;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>The outputs of a network that is checked, one after another in a row.</summary>
/// <param name="Names">The layers that give them.</param>
/// <param name="Sizes">How many numbers each has.</param>
internal sealed record CheckedOutputs(IReadOnlyList<string> Names, IReadOnlyList<int> Sizes)
{
    /// <summary>Of all together.</summary>
    public int Size { get; } = Sizes.Sum();

    public static CheckedOutputs Of(NetworkGraph graph) =>
        new([.. graph.Outputs.Select(output => output.Node.Layer.Name)], [.. graph.Outputs.Select(output => output.Value.Shape.Count)]);

    /// <summary>An element in words: its number, and where there are several outputs the one that it is of, in which it is counted.</summary>
    /// <param name="index">Among those of all samples.</param>
    public string Place(int index)
    {
        int at = index % Size;
        if (Sizes.Count == 1)
            return Numbers.Count(at);
        int output = 0;
        while (at >= Sizes[output])
            at -= Sizes[output++];
        return $"{Numbers.Count(at)} of '{Names[output]}'";
    }
}
