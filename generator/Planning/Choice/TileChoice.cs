using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>How the columns of a product are covered by register tiles.</summary>
internal enum ColumnTiles
{
    /// <summary>Two vectors at a time, at every width.</summary>
    Pairs,

    /// <summary>One vector at a time, at every width.</summary>
    Singles,

    /// <summary>Two at a time and, at some width, one that is left.</summary>
    Both,
}

/// <summary>Which tiles a product over a chunk runs in, for every width of vectors.</summary>
/// <param name="Columns">By one or two vectors.</param>
/// <param name="Rows">The most rows of a tile of two vectors.</param>
internal sealed record TileChoice(ColumnTiles Columns, int Rows)
{
    /// <summary>Whether a single row may have several sums for each element.</summary>
    public bool SplitsRows { get; init; } = true;

    /// <summary>Rows of the largest tile of one vector.</summary>
    public const int SingleRows = 8;

    /// <param name="layout">Gives the lanes of each width.</param>
    /// <param name="width">Columns that exist.</param>
    /// <param name="maximumLanes">What the columns are padded to a multiple of.</param>
    /// <param name="tile">What the cost model picked.</param>
    public static TileChoice Of(Layout layout, int width, int maximumLanes, TileShape tile)
    {
        List<int> counts = [.. Lanes(layout, maximumLanes).Select(lanes => (width + lanes - 1) / lanes)];
        if (tile.Vectors < 2 || counts.All(count => count == 1))
            return new(ColumnTiles.Singles, SingleRows);

        // A single number is a vector too where nothing is accelerated.
        return new(counts.Append(width).All(count => count % 2 == 0) ? ColumnTiles.Pairs : ColumnTiles.Both, tile.Rows);
    }

    /// <summary>The tile that most of the rows go through at one width: "6 by 2".</summary>
    public static (int Rows, int Vectors) At(TileChoice choice, int width, int lanes) =>
        choice.Columns != ColumnTiles.Singles && (width + lanes - 1) / lanes >= 2 ? (choice.Rows, 2) : (SingleRows, 1);

    /// <summary>The lanes of every width that such a product runs at, widest first.</summary>
    public static IEnumerable<int> Lanes(Layout layout, int maximumLanes)
    {
        int last = 0;
        for (int lanes = layout.Line; lanes >= layout.Line / 4; lanes /= 2)
        {
            int used = Math.Min(lanes, maximumLanes);
            if (used != last)
                yield return used;
            last = used;
        }
    }

    /// <summary>What runs at each width, in words: "6 rows by 2 vectors", and where widths differ, which at which.</summary>
    public static string Describe(Layout layout, TileChoice choice, int width, int maximumLanes)
    {
        return AtWidths(layout, maximumLanes, lanes => Text(At(choice, width, lanes)));

        static string Text((int Rows, int Vectors) tile) => $"{tile.Rows} rows by {tile.Vectors} vector{(tile.Vectors == 1 ? "" : "s")}";
    }

    /// <summary>What a product with several sums for each element does at each width, in words.</summary>
    public static string DescribeOrdered(Layout layout, int width, int maximumLanes, int sums)
    {
        return $"{AtWidths(layout, maximumLanes, lanes => Text((width + lanes - 1) / lanes))}, {sums} sums each";

        static string Text(int vectors) => vectors == 1 ? "4 rows by 1 vector" : vectors % 2 == 0 ? "3 rows by 2 vectors" : "3 rows by 2 vectors and 4 by 1";
    }

    /// <summary>What <c>Dots</c> does at each width, in words: rows of one vector leave registers for the weights.</summary>
    public static string DescribeDots(Layout layout, DenseWeights weights) => "dot products, " + AtWidths(
        layout, weights.InputPanel, lanes => weights.InputStride == lanes ? "weights held" : "2 rows by 4 outputs");

    /// <summary>Whether a row of inputs is one vector at some width, with the single number for which nothing is accelerated.</summary>
    public static bool HoldsWeights(Layout layout, DenseWeights weights) => Lanes(layout, weights.InputPanel).Append(1).Contains(weights.InputStride);

    /// <summary>What is said at each width, and where widths differ, what at which.</summary>
    public static string AtWidths(Layout layout, int maximumLanes, Func<int, string> text)
    {
        List<IGrouping<string, int>> groups = [.. Lanes(layout, maximumLanes).GroupBy(text)];
        return groups.Count == 1
            ? groups[0].Key
            : string.Join(", ", groups.Select(group => $"{group.Key} at {string.Join(" and ", group.Select(lanes => lanes * 8 * layout.ElementBytes))} bits"));
    }

    /// <summary>The rows of a gradient, cut into tiles: one by one where a row is one vector, and so few sums together wait longer than each row with several of its own.</summary>
    public IEnumerable<(int Rows, int End)> CutGradient(int rows, int largest) =>
        SplitsRows && Columns == ColumnTiles.Singles && rows * CostModel.GradientTile(1, 1) < CostModel.GradientTile(rows, 1) ? [(1, rows)] : Cut(rows, largest);

    /// <summary>A number of rows known now, cut into tiles so that none is so thin that it waits for its own sums: sizes, each with the row where its tiles end.</summary>
    public static IEnumerable<(int Rows, int End)> Cut(int rows, int largest)
    {
        int rest = rows % largest;
        int whole = rows - rest;
        if (rest > 0 && rest < largest / 2 && whole > 0)
        {
            // Borrow one whole tile: 7 = 4 + 3, 8 = 4 + 4, 9 = 5 + 4.
            whole -= largest;
            rest += largest;
            if (whole > 0)
                yield return (largest, whole);
            int first = (rest + 1) / 2;
            yield return (first, whole + first);
            if (rest > first)
                yield return (rest - first, rows);
            yield break;
        }

        if (whole > 0)
            yield return (largest, whole);
        if (rest > 0)
            yield return (rest, rows);
    }
}
