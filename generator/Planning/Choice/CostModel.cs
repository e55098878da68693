using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// What a candidate kernel costs, in cycles per sample. It counts multiply-adds, loads, waiting for sums, and fixed prices of calls, loop
/// turns and sums over lanes. The network is compiled for processors that the generator does not know: an estimate is the geometric mean over
/// vectors of 256 and of 512 bits.
/// </summary>
/// <remarks>
/// The prices are of x86 processors since 2017 (two multiply-adds of 4 cycles' latency and two loads of a vector each cycle, by their makers'
/// optimisation manuals), the rest fitted to the sweep of <c>tests/GeneratedNetworks.Benchmarks</c>. They need to rank candidates, not to predict times.
/// </remarks>
internal sealed class CostModel(Layout layout)
{
    /// <summary>Sums of 6 rows of 2 vectors, 2 vectors of weights and a broadcast fill 15 of 16 registers.</summary>
    public static TileShape WideTile => new(2, 6);

    /// <summary>Fewer rows, for fewer samples than six.</summary>
    public static TileShape LowTile => new(2, 4);

    /// <summary>One vector of more rows.</summary>
    public static TileShape NarrowTile => new(1, 8);

    /// <summary>The register tiles to choose from.</summary>
    public static IEnumerable<TileShape> Tiles => [WideTile, LowTile, NarrowTile];

    private static IEnumerable<int> Widths => [32, 64];

    /// <summary>All that a layer's weights are used for, by the order in which they lie.</summary>
    public double OfOrder(WeightOrder order, int inputs, int outputs, int inputPanel, bool trains)
    {
        double one = order == WeightOrder.Panels
            ? ForwardOne(inputs, outputs, SampleForm.Loop)
            : Mean(lanes => DotsOne(inputs, outputs, Math.Min(lanes, inputPanel)));
        double many = order == WeightOrder.Panels
            ? ForwardMany(inputs, outputs, WideTile)
            : OfBatches(rows => Machine.Call + (rows * Mean(lanes => DotsMany(inputs, outputs, Math.Min(lanes, inputPanel)))));
        if (trains)
            many += GradientMany(order, inputs, outputs, inputPanel, WideTile);

        // Neither the one nor the many may be sacrificed: a product weighs what each loses relative to its own size.
        return Math.Sqrt(one * many);
    }

    /// <summary>One sample forward, weights in panels.</summary>
    public double ForwardOne(int inputs, int outputs, SampleForm form)
    {
        double bytes = (double)inputs * layout.Stride(outputs) * layout.ElementBytes;
        return Mean(lanes =>
        {
            int vectors = Vectors(outputs, lanes);
            int panel = layout.PanelWidth(outputs) / Math.Min(lanes, layout.PanelWidth(outputs));
            int group = Math.Min(vectors, form switch
            {
                SampleForm.Chunk => WideTile.Vectors,
                SampleForm.PairLoop => 2 * panel,
                _ => Machine.Accumulators,
            });
            int groups = (vectors + group - 1) / group;
            int splits = Math.Max(1, Machine.Accumulators / group);
            double step = Math.Max(Math.Max(group / Machine.MultiplyAddsPerCycle, (group + 1) / Machine.LoadsPerCycle), Machine.Latency / splits);
            double turn = form == SampleForm.WrittenOut ? 0 : Machine.Turn / splits;
            double work = groups * inputs * (step + turn);
            if (bytes > Machine.FirstLevelBytes)
            {
                bool many = group > 2 * panel;
                work = Math.Max(work, bytes / Layout.LineBytes * (many ? Machine.Line : Machine.LineOfTwo));

                // Up to twice that cache much of the weights stays in it, however many panels are read at once.
                if (many && bytes > 2 * Machine.FirstLevelBytes)
                    work += (double)vectors / panel * Machine.PanelStart;
            }

            double fixedCost = form == SampleForm.Chunk ? Machine.Chunk + Machine.Sample + (groups * (Machine.Call + Machine.Tile)) : Machine.Sample + (vectors * (splits - 1) / Machine.MultiplyAddsPerCycle);
            return work + fixedCost;
        });
    }

    /// <summary>One of some samples forward, weights in panels.</summary>
    public double ForwardMany(int inputs, int outputs, TileShape tile) =>
        OfBatches(rows => Mean(lanes => Cover(Vectors(outputs, lanes), rows, inputs, tile)));

    /// <summary>One of many samples' share of the gradient of the weights.</summary>
    public double GradientMany(WeightOrder order, int inputs, int outputs, int inputPanel, TileShape tile) => Mean(lanes =>
    {
        (int columns, int rows) = order == WeightOrder.Panels
            ? (Vectors(outputs, lanes), inputs)
            : (inputs / Math.Min(lanes, inputPanel), outputs);
        int across = Math.Min(columns, tile.Vectors);
        int down = Math.Min(rows, LargestRows(columns, tile));
        if (columns == 1)
            down = new TileChoice(ColumnTiles.Singles, TileChoice.SingleRows).CutGradient(rows, down).First().Rows;
        return Math.Ceiling((double)columns / across) * ((double)rows / down) * (Machine.Call + GradientTile(down, across)) / Machine.ManyRows;
    });

    /// <summary>One tile of a gradient over many samples; a single row adds up sums of its own at the end.</summary>
    public static double GradientTile(int down, int across) =>
        Machine.Tile + (Machine.ManyRows * Step(down, across)) + (down == 1 ? Math.Max(across, Machine.Accumulators) : down * across);

    /// <summary>The cycles of a product over a number of rows known at run time, in register tiles of several sizes.</summary>
    private static double Cover(int vectors, int rows, int depth, TileShape tile)
    {
        int across = Math.Min(vectors, tile.Vectors);
        int largest = LargestRows(vectors, tile);
        double column = 0;
        foreach ((int down, int count) in RowTiles(rows, largest))
        {
            if (count > 0)
                column += Machine.Call + (count * (Machine.Tile + (depth * Step(down, across)) + (down * across)));
        }

        return (largest == 6 ? Machine.DivideBySix : Machine.DivideByPowerOfTwo) + (Math.Ceiling((double)vectors / across) * column);
    }

    /// <summary>As the kernel cuts rows up: what the largest tiles leave goes to tiles of four, if they are of two vectors, and of one.</summary>
    private static (int Rows, int Count)[] RowTiles(int rows, int largest)
    {
        int whole = rows / largest;
        int fours = largest == 6 ? rows % largest / 4 : 0;
        if (largest == 6 && rows % 6 is 2 or 3 && whole > 0)
            (whole, fours) = (whole - 1, 2);
        return [(largest, whole), (4, fours), (1, rows - (largest * whole) - (4 * fours))];
    }

    private static int LargestRows(int vectors, TileShape tile) => vectors < tile.Vectors ? Math.Max(8, tile.Rows) : tile.Rows;

    /// <summary>One turn of a tile's loop. A single row takes turns with several sums of each vector.</summary>
    private static double Step(int down, int across) => Math.Max(
        Math.Max(down * across / Machine.MultiplyAddsPerCycle, (down + across) / Machine.LoadsPerCycle),
        down == 1 ? Machine.Latency / Math.Max(1, Machine.Accumulators / across) : Machine.Latency);

    /// <summary>Cycles per sample in batches of few and of many, neither sacrificed to the other.</summary>
    private static double OfBatches(Func<int, double> cycles) => Math.Sqrt(cycles(Machine.FewRows) / Machine.FewRows * (cycles(Machine.ManyRows) / Machine.ManyRows));

    private double DotsOne(int inputs, int outputs, int lanes)
    {
        int vectors = inputs / lanes;
        int splits = Math.Max(1, Math.Min(Machine.Accumulators / outputs, vectors / 2));
        double step = Math.Max((outputs + 1) / Machine.LoadsPerCycle, Machine.Latency / splits);
        double work = vectors * step;
        double bytes = (double)inputs * outputs * layout.ElementBytes;
        if (bytes > Machine.FirstLevelBytes)
            work = Math.Max(work, bytes / Layout.LineBytes * Machine.Line);
        return work + Machine.Sample + (FoursOf(outputs) * Machine.LaneSums);
    }

    /// <summary>A single output takes the dot products of four rows at once, several outputs those of one row.</summary>
    private double DotsMany(int inputs, int outputs, int lanes)
    {
        int vectors = inputs / lanes;
        int together = outputs == 1 ? FourRows : 1;
        double step = (Math.Max(together, outputs) + 1) / Machine.LoadsPerCycle;
        return ((vectors * step) + (FoursOf(together * outputs) * Machine.LaneSums) + 2) / together;
    }

    /// <summary>Sums over lanes come out in vectors of 128 bits.</summary>
    private int FourRows => 16 / layout.ElementBytes;

    private int FoursOf(int sums) => (sums + FourRows - 1) / FourRows;

    private int Vectors(int outputs, int lanes) => layout.Stride(outputs) / Math.Min(lanes, layout.PanelWidth(outputs));

    private double Mean(Func<int, double> cyclesAtLanes) => layout.Profile == EmitProfile.Simd
        ? Math.Sqrt(Widths.Aggregate(1.0, (product, bytes) => product * cyclesAtLanes(bytes / layout.ElementBytes)))
        : cyclesAtLanes(1);
}
