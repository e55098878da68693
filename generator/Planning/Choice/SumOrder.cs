using System;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// The order of a dense product's sums where every profile and width must give the same bits: so many partial sums, the k-th product in sum k mod their
/// number, which are added pairwise at the end. It follows from the shape alone.
/// </summary>
/// <param name="Forward">Partial sums of a layer's output, which begin with the bias.</param>
/// <param name="Down">Partial sums of the gradient of its input.</param>
internal readonly record struct SumOrder(int Forward, int Down)
{
    public static SumOrder Of(int inputs, int outputs) =>
        new(inputs >= Machine.SplitInputs && outputs <= Machine.SplitOutputs ? 2 : 1, Machine.RowSums);

    /// <summary>Samples of a training chunk: gradients are added up chunk by chunk, so that no profile may have chunks of its own.</summary>
    public static int ChunkRows(NetworkGraph graph)
    {
        long elements = graph.Input.Shape.Count;
        foreach (Node node in graph.Operations)
            elements += 2L * node.Output.Shape.Count;
        return (int)Math.Max(Machine.LeastOrderedRows, Math.Min(Machine.OrderedRows, Machine.TrainingBytes / sizeof(float) / elements));
    }
}
