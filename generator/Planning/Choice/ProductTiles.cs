using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>The register tiles that a dense product over a chunk runs in.</summary>
/// <param name="Choice">By one or two vectors, and the most rows.</param>
/// <param name="Columns">Columns that are computed.</param>
/// <param name="MaximumLanes">The most elements of a vector that they fill.</param>
internal sealed record ProductTiles(TileChoice Choice, int Columns, int MaximumLanes)
{
    /// <summary>Whether one row takes eight vectors at once: its weights come from beyond the nearest cache, and there are as many vectors.</summary>
    public bool IsFar(int depth, int elementBytes) =>
        Choice.Columns == ColumnTiles.Pairs && (long)depth * Columns * elementBytes > Machine.FirstLevelBytes && Columns >= Machine.Accumulators * MaximumLanes;

    /// <summary>Whether it does so where vectors have 128 bits: there are as many of them, and the loop is no short one.</summary>
    public bool IsNarrow(int depth, int elementBytes) =>
        Choice.Columns == ColumnTiles.Pairs && depth > Machine.UnrolledInputs && Columns * elementBytes >= Machine.Accumulators * 128 / 8;

    /// <summary>Columns of a product that are stored: neither the caller's rows nor those of a step nor parts of a row have padding.</summary>
    public static int WidthOf(Gemm gemm, DenseWeights weights) => gemm.Output is { IsScratch: true, StepLength: null, Whole: null } ? weights.Stride : gemm.Output.Width;

    /// <summary>Null for an operation that is none, and for dot products, which have no tiles.</summary>
    public static ProductTiles? Of(NetworkPlan plan, Operation operation)
    {
        switch (operation)
        {
            case Gemm gemm when plan.Weights.Of(gemm.Weight) is { IsByOutput: false } weights:
                return Create(WidthOf(gemm, weights), weights.Panel, weights.ForwardTile);
            case GemmTransposed gemm:
                DenseWeights down = plan.Weights.Of(gemm.Weight);
                return Create(down.InputStride, down.InputPanel, down.ForwardTile);
            case WeightGradient gradient:
                DenseWeights up = plan.Weights.Of(gradient.Weight);
                return Create(up.IsByOutput ? up.InputStride : up.Stride, up.IsByOutput ? up.InputPanel : up.Panel, up.GradientTile);
            default:
                return null;
        }

        ProductTiles Create(int columns, int lanes, TileShape tile) => new(TileChoice.Of(plan.Layout, columns, lanes, tile) with { SplitsRows = !plan.Graph.IsReproducible }, columns, lanes);
    }
}
