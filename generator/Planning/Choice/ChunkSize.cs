using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>How many samples go through the layers together: enough to use each weight many times, few enough to stay in cache.</summary>
internal static class ChunkSize
{
    /// <param name="graph">The network.</param>
    /// <param name="scratchBytes">Scratch of one row.</param>
    /// <param name="weights">All dense layers.</param>
    public static int ForInference(NetworkGraph graph, int scratchBytes, IReadOnlyList<DenseWeights> weights)
    {
        int elementBytes = ElementBytes(graph);
        if (graph.Profile != EmitProfile.Simd)
            return Rows(Math.Max(Machine.SmallScratchBytes, graph.ParameterCount / Machine.ParametersPerScratch * elementBytes), scratchBytes, Machine.ScalarRows);
        bool isFar = weights.Sum(layer => (long)layer.Length) * elementBytes > Machine.FarWeightBytes;
        int rows = scratchBytes > Machine.StackBytes || isFar ? Clamp(4 * Machine.StackBytes, scratchBytes, 64) : Clamp(Machine.StackBytes * 3 / 4, scratchBytes, 64);
        int touched = scratchBytes + ((graph.Input.Shape.Count + graph.Output.Shape.Count) * elementBytes);
        return IsThin(weights, Machine.VeryThinInputs) ? Math.Min(rows, Math.Max(Machine.ThinRows, Fours(Machine.FirstLevelBytes / 2 / touched)))
            : IsThin(weights, Machine.ThinInputs) ? Math.Min(rows, Math.Max(Machine.ThinRows, Fours(Machine.FirstLevelBytes / touched)))
            : rows;
    }

    /// <summary>
    /// Without vectors it follows from the shape alone, so that <c>Basic</c> adds up gradients in the order of <c>Scalar</c>: the values of a chunk take no more
    /// memory than the parameters, of which a trainer has a copy for their gradients anyway, unless that is hardly any.
    /// </summary>
    /// <param name="graph">The network.</param>
    /// <param name="scratchBytes">Scratch of one row.</param>
    /// <param name="rowBytes">Scratch and inputs of one row.</param>
    /// <param name="weights">All dense layers.</param>
    public static int ForTraining(NetworkGraph graph, int scratchBytes, int rowBytes, IReadOnlyList<DenseWeights> weights) => graph.Profile switch
    {
        _ when graph.IsReproducible => SumOrder.ChunkRows(graph),
        EmitProfile.Scalar or EmitProfile.Basic => Math.Min(
            Rows(Math.Max(Machine.SmallTrainingBytes, (long)graph.ParameterCount * ElementBytes(graph)), scratchBytes, Machine.ScalarTrainingRows),
            Rows(Machine.TrainingBytes, rowBytes, Machine.ScalarTrainingRows)),
        _ when IsThinBothWays(weights) => Math.Max(Machine.LeastTrainingRows, Fours(Clamp(Machine.FirstLevelBytes, rowBytes, 64))),
        _ when IsThin(weights, Machine.ThinInputs) => Math.Max(Machine.LeastTrainingRows, Fours(Clamp(Machine.ThinTrainingBytes, rowBytes, 128))),
        _ => Math.Max(4, Fours(Clamp(Machine.TrainingBytes, rowBytes, 128))),
    };

    /// <summary>Where each row goes through by itself, more of them only take stack, which a method tests page by page.</summary>
    /// <param name="scratchBytes">Scratch of one row.</param>
    public static int ForRows(int scratchBytes) => Clamp(Machine.RowScratchBytes, scratchBytes, 64);

    /// <summary>Whether results are cheaper to compute than to store.</summary>
    private static bool IsThin(IReadOnlyList<DenseWeights> weights, int inputs) => weights.Count > 0 && weights.All(layer => layer.Inputs <= inputs);

    /// <summary>Whether forward or backward, rows are cheaper to compute with than to read again.</summary>
    private static bool IsThinBothWays(IReadOnlyList<DenseWeights> weights) =>
        weights.Count > 0 && weights.All(layer => Math.Min(layer.Inputs, layer.Outputs) <= Machine.VeryThinInputs);

    private static int ElementBytes(NetworkGraph graph) => graph.Precision == Precision.Single ? 4 : 8;

    public static bool IsBeyondStack(NetworkGraph graph, Layout layout, InferencePlan plan) =>
        graph.Profile != EmitProfile.Basic && (long)plan.ScratchLength * layout.ElementBytes > Machine.StackBytes;

    /// <summary>Rows that so many bytes hold, 4 at least: a power of two, which divides the usual batches.</summary>
    private static int Rows(long bytes, int rowBytes, int maximum)
    {
        int rows = maximum;
        while (rows > 4 && rows * (long)rowBytes > bytes)
            rows /= 2;
        return rows;
    }

    /// <summary>Rows without a rest that would go one by one.</summary>
    private static int Fours(int rows) => rows / 4 * 4;

    private static int Clamp(int bytes, int rowBytes, int maximum) => Math.Min(maximum, Math.Max(1, bytes / Math.Max(1, rowBytes)));
}
