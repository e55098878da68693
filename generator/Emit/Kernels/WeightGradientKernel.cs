using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// g = scale·(xᵀ·dz) and, for the bias, scale·Σ dz; added to what is there where <c>add</c> is true. The target is the gradient
/// array, or with scale = −η the parameters themselves.
/// </summary>
/// <remarks>
/// Weights in panels have a row per input and outputs in the lanes: rows are elements of x, lanes those of dz. Weights by output
/// have it the other way round. Either way g[row] += scale·Σₖ rows[k, row]·lanes[k].
/// </remarks>
internal sealed record WeightGradientKernel(string Name, string Comment, DenseWeights Weights, int XStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Weights.IsByOutput ? Weights.InputPanel : Weights.Panel;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dz"), KernelParameter.Out("g"), KernelParameter.Value("int", "rows"),
        KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add"),
    ];

    private bool ByOutput => Weights.IsByOutput;

    /// <summary>Rows of the weights in memory, and elements from one to the next.</summary>
    private int Rows => ByOutput ? Weights.Outputs : Weights.Inputs;

    private int RowStep => ByOutput ? Weights.InputStride : Weights.Panel;

    private int LaneCount => ByOutput ? Weights.InputStride : Weights.Stride;

    private Pointer RowSource(Dialect dialect) => dialect.Received(ByOutput ? "dz" : "x");

    private Pointer LaneSource(Dialect dialect) => dialect.Received(ByOutput ? "x" : "dz");

    private int RowSourceStride => ByOutput ? Weights.Stride : XStride;

    private int LaneSourceStride => ByOutput ? XStride : Weights.Stride;

    private ColumnOffsets Columns => ByOutput ? ColumnOffsets.Contiguous : new(Weights.Panel, Weights.Inputs * Weights.Panel);

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        List<(int Vectors, int Start, int End)> runs = [.. RowTiles.Columns(LaneCount, dialect, Weights.GradientTile)];
        writer.Line("int i = 0;");
        foreach ((int rows, int end) in TileChoice.Cut(Rows, RowTiles.Largest(dialect, Weights.GradientTile, runs[0].Vectors)))
        {
            using (writer.Open($"for (; i < {Number(end)}; i += {Number(rows)})"))
            {
                foreach ((int vectors, int start, int stop) in runs)
                    WriteTileCalls(writer, context, rows, vectors, start, stop);
            }
        }

        if (Weights.HasBias)
            WriteBias(writer, context);
    }

    private void WriteTileCalls(CSharpWriter writer, KernelContext context, int rows, int vectors, int start, int end)
    {
        Dialect dialect = context.Dialect;
        int step = vectors * dialect.Lanes;
        string tile = $"{Name}Rows{Number(rows)}By{Number(vectors)}";
        context.Request(tile, methods => WriteTile(methods, context, tile, rows, vectors));
        bool once = end - start == step;
        if (!once)
            writer.Line($"for (int o = {Number(start)}; o < {Number(end)}; o += {Number(step)})");
        string target = Dialect.Plus(Number(Weights.Offset), once ? Number(Columns.Of(start)) : Columns.Of("o", step, LaneCount));
        target = Dialect.Plus(target, Dialect.Times("i", RowStep));
        writer.Line($"{(once ? string.Empty : "    ")}{tile}({dialect.Argument(RowSource(dialect), "i")}, "
            + $"{dialect.Argument(LaneSource(dialect), once ? Number(start) : "o")}, {dialect.Argument(dialect.Received("g"), target)}, rows, scale, add);");
    }

    private void WriteTile(CSharpWriter writer, KernelContext context, string name, int rows, int vectors)
    {
        Dialect dialect = context.Dialect;
        if (dialect.KernelAttribute is { } attribute)
            writer.Line(attribute);
        using (writer.Open($"private static void {name}({dialect.Parameter("a", false)}, {dialect.Parameter("b", false)}, "
            + $"{dialect.Parameter("g", true)}, int rows, {dialect.Element} scale, bool add)"))
        {
            Pointer a = dialect.Declare(writer, "ak", dialect.Received("a"));
            Pointer b = dialect.Declare(writer, "bk", dialect.Received("b"));
            Pointer g = dialect.Received("g");
            RegisterTile tile = new(rows, vectors, 1, RowSourceStride, LaneSourceStride, "rows", ColumnOffsets.Contiguous);
            if (Weights.Sums is not null)
            {
                // Sample by sample onto what is there: it does not matter where one chunk ends and the next begins.
                tile = tile with { StartsAt = (row, v) => $"add ? {dialect.Load(g, Number((row * RowStep) + Columns.Of(v * dialect.Lanes)))} : {dialect.Zero}" };
                tile.WriteSums(writer, context, dialect, a, b, null);
                WriteResults((sum, offset) => dialect.Store(g, offset, sum));
                return;
            }

            tile.WriteSums(writer, context, dialect, a, b, null);
            writer.Line($"var s = {dialect.Broadcast("scale")};");
            using (writer.Open("if (add)"))
                WriteResults((sum, offset) => dialect.Store(g, offset, dialect.MultiplyAdd("s", sum, dialect.Load(g, offset), context.Functions)));
            using (writer.Open("else"))
                WriteResults((sum, offset) => dialect.Store(g, offset, $"s * {sum}"));

            void WriteResults(Func<string, string, string> store)
            {
                for (int row = 0; row < rows; row++)
                {
                    writer.Line(string.Join(" ", Enumerable.Range(0, vectors).Select(v =>
                        store(tile.Sum(row, v), Number((row * RowStep) + Columns.Of(v * dialect.Lanes))))));
                }
            }
        }
    }

    private void WriteBias(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect.Within(Weights.Panel);
        writer.Line();
        writer.Line("// The bias sees an input of 1 in every sample.");
        using (writer.Open($"for (int o = 0; o < {Number(Weights.Stride)}; o += {Number(dialect.Lanes)})"))
        {
            Pointer dz = dialect.Declare(writer, "dzk", dialect.Received("dz"), "o");
            string offset = Dialect.Plus(Number(Weights.BiasOffset), "o");
            if (Weights.Sums is not null)
            {
                writer.Line($"var sum = add ? {dialect.Load(dialect.Received("g"), offset)} : {dialect.Zero};");
                using (writer.Open("for (int k = 0; k < rows; k++)"))
                {
                    writer.Line($"sum += {dialect.Load(dz)};");
                    dialect.Advance(writer, dz, Number(Weights.Stride));
                }

                writer.Line(dialect.Store(dialect.Received("g"), offset, "sum"));
                return;
            }

            writer.Line($"var sum = {dialect.Load(dz)};");
            using (writer.Open("for (int k = 1; k < rows; k++)"))
            {
                dialect.Advance(writer, dz, Number(Weights.Stride));
                writer.Line($"sum += {dialect.Load(dz)};");
            }

            writer.Line($"sum = {dialect.Broadcast("scale")} * sum;");
            writer.Line("if (add)");
            writer.Line($"    sum += {dialect.Load(dialect.Received("g"), offset)};");
            writer.Line(dialect.Store(dialect.Received("g"), offset, "sum"));
        }
    }

    private static string Number(int value) => CSharpLiteral.Of(value);
}
