using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>c = f(start + a·B) for any number of rows, B packed in panels: forward with B = W, input gradients with B = Wᵀ.</summary>
/// <param name="Depth">Columns of a, rows of B.</param>
/// <param name="Columns">Columns of B, padded to whole panels.</param>
/// <param name="Panel">Columns per panel of B.</param>
/// <param name="AStride">Elements from one row of a to the next.</param>
/// <param name="CStride">Elements from one row of c to the next.</param>
/// <param name="BOffset">Where B starts in the array that is passed as w.</param>
/// <param name="BiasOffset">Where the bias starts in that array, or −1 for none.</param>
/// <param name="Function">The helper f that is applied to each sum, or null.</param>
/// <param name="TakesSaved">Whether f is f(sum, saved), saved having the shape of c.</param>
internal sealed record GemmKernel(
    string Name,
    string Comment,
    int Depth,
    int Columns,
    int Panel,
    int AStride,
    int CStride,
    int BOffset,
    int BiasOffset,
    string? Function,
    bool TakesSaved) : Kernel(Name, Comment)
{
    /// <summary>Columns of c that are stored: the caller's rows have no padding.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>Sums of each element, where their order is fixed; null: as many as are fastest.</summary>
    public int? Sums { get; init; }

    /// <summary>The largest register tile.</summary>
    public TileShape Tile { get; init; } = CostModel.WideTile;

    /// <summary>What rows of c are padded to a multiple of, where that is less than a panel.</summary>
    public int Padding { get; init; } = int.MaxValue;

    public override int MaximumLanes => System.Math.Min(Panel, Padding);

    public override IReadOnlyList<KernelParameter> Parameters => TakesSaved
        ? [KernelParameter.In("a"), KernelParameter.In("w"), KernelParameter.In("saved"), KernelParameter.Out("c"), KernelParameter.Value("int", "rows")]
        : [KernelParameter.In("a"), KernelParameter.In("w"), KernelParameter.Out("c"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        int columns = System.Math.Min(Columns, (System.Math.Min(Width, Columns) + dialect.Lanes - 1) / dialect.Lanes * dialect.Lanes);
        List<(int Vectors, int Start, int End)> runs = [.. RowTiles.Columns(columns, dialect, Tile)];
        int largest = Sums > 1 ? 1 : RowTiles.Largest(dialect, Tile, runs[0].Vectors);
        IReadOnlyList<(int Rows, string Count)> tiles = RowTiles.WriteCounts(writer, largest);
        foreach ((int vectors, int start, int end) in runs)
        {
            // The last tile stores less where the row ends in the middle of a vector.
            int step = vectors * dialect.Lanes;
            int whole = end > Width ? end - step : end;
            if (whole - start == step)
            {
                WriteTileCalls(writer, context, tiles, vectors, step, Number(start), Number(Offsets.Of(start)));
            }
            else if (whole > start)
            {
                using (writer.Open($"for (int o = {Number(start)}; o < {Number(whole)}; o += {Number(step)})"))
                    WriteTileCalls(writer, context, tiles, vectors, step, "o", Offsets.Of("o", step, Columns));
            }

            if (whole < end)
                WriteTileCalls(writer, context, tiles, vectors, Width - whole, Number(whole), Number(Offsets.Of(whole)));
        }
    }

    private ColumnOffsets Offsets => new(Panel, Depth * Panel);

    private void WriteTileCalls(
        CSharpWriter writer, KernelContext context, IReadOnlyList<(int Rows, string Count)> tiles, int vectors, int width, string column, string panel)
    {
        Dialect dialect = context.Dialect;
        string done = string.Empty;
        foreach ((int rows, string count) in tiles)
        {
            string tile = $"{Name}Rows{Number(rows)}By{Number(vectors)}{(width < vectors * dialect.Lanes ? "Last" : string.Empty)}";
            string aOffset = done.Length == 0 ? "0" : $"({done}) * {Number(AStride)}";
            string cOffset = Dialect.Plus(done.Length == 0 ? "0" : $"({done}) * {Number(CStride)}", column);
            List<string> arguments = [dialect.Argument(dialect.Received("a"), aOffset), dialect.Argument(dialect.Received("w"), Dialect.Plus(Number(BOffset), panel))];
            if (BiasOffset >= 0)
                arguments.Add(dialect.Argument(dialect.Received("w"), Dialect.Plus(Number(BiasOffset), column)));
            if (TakesSaved)
                arguments.Add(dialect.Argument(dialect.Received("saved"), cOffset));
            arguments.Add(dialect.Argument(dialect.Received("c"), cOffset));
            arguments.Add(count);
            writer.Line($"if ({count} > 0)");
            writer.Line($"    {tile}({string.Join(", ", arguments)});");
            done = (done.Length == 0 ? string.Empty : done + " + ") + $"{Number(rows)} * {count}";
            context.Request(tile, methods => WriteTile(methods, context, tile, rows, vectors, width));
        }
    }

    private void WriteTile(CSharpWriter writer, KernelContext context, string method, int rows, int vectors, int width)
    {
        Dialect dialect = context.Dialect;
        List<string> parameters = [dialect.Parameter("a", false), dialect.Parameter("w", false)];
        if (BiasOffset >= 0)
            parameters.Add(dialect.Parameter("bias", false));
        if (TakesSaved)
            parameters.Add(dialect.Parameter("saved", false));
        parameters.Add(dialect.Parameter("c", true));
        if (dialect.KernelAttribute is { } attribute)
            writer.Line(attribute);
        using (writer.Open($"private static void {method}({string.Join(", ", parameters)}, int count)"))
        {
            Pointer a = dialect.Declare(writer, "rowA", dialect.Received("a"));
            Pointer c = dialect.Declare(writer, "rowC", dialect.Received("c"));
            Pointer saved = TakesSaved ? dialect.Declare(writer, "rowSaved", dialect.Received("saved")) : default;
            using (writer.Open("for (; count > 0; count--)"))
            {
                Pointer ak = dialect.Declare(writer, "ak", a);
                Pointer wk = dialect.Declare(writer, "wk", dialect.Received("w"));
                RegisterTile tile = new(rows, vectors, AStride, 1, Panel, Number(Depth), Offsets)
                {
                    Splits = Sums ?? (rows == 1 ? System.Math.Max(1, dialect.Accumulators / vectors) : 1),
                    IsOrdered = Sums is not null,
                };
                tile.WriteSums(
                    writer, context, dialect, ak, wk, BiasOffset < 0 ? null : v => dialect.Load(dialect.Received("bias"), Number(v * dialect.Lanes)));
                for (int row = 0; row < rows; row++)
                {
                    int whole = System.Math.Min(vectors, width / dialect.Lanes);
                    if (whole > 0)
                        writer.Line(string.Join(" ", Enumerable.Range(0, whole).Select(v => dialect.Store(c, Offset(row, v), Value(row, v)))));
                    if (whole < vectors)
                    {
                        string name = $"part{Number(row)}";
                        writer.Line($"var {name} = {Value(row, whole)};");
                        dialect.StorePart(writer, c, (row * CStride) + (whole * dialect.Lanes), name, width - (whole * dialect.Lanes));
                    }
                }

                dialect.Advance(writer, a, Number(rows * AStride));
                dialect.Advance(writer, c, Number(rows * CStride));
                if (TakesSaved)
                    dialect.Advance(writer, saved, Number(rows * CStride));

                string Offset(int row, int v) => Number((row * CStride) + (v * dialect.Lanes));

                string Value(int row, int v) => Apply(context, tile.Sum(row, v), saved, Offset(row, v));
            }
        }
    }

    private string Apply(KernelContext context, string sum, Pointer saved, string offset) => Function is null
        ? sum
        : TakesSaved
            ? $"{context.Function(Function)}({sum}, {context.Dialect.Load(saved, offset)})"
            : $"{context.Function(Function)}({sum})";

    private static string Number(int value) => CSharpLiteral.Of(value);
}
