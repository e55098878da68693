using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>How a number of rows is cut into register tiles, so that no tile is so thin that it waits for its own sums.</summary>
internal static class RowTiles
{
    /// <summary>Writes the counts of each size of tile for a number of rows known at run time; returns the sizes with the variables that hold them.</summary>
    public static IReadOnlyList<(int Rows, string Count)> WriteCounts(CSharpWriter writer, int largest)
    {
        switch (largest)
        {
            case 8:
                writer.Line("int eights = rows / 8, fours = rows % 8 / 4, ones = rows % 4;");
                return [(8, "eights"), (4, "fours"), (1, "ones")];
            case 4:
                writer.Line("int fours = rows / 4, ones = rows % 4;");
                return [(4, "fours"), (1, "ones")];
            case 6:
                writer.Line("// 8 rows are 4 + 4 and not 6 + 1 + 1.");
                writer.Line("int sixes = rows / 6, fours = rows % 6 >= 4 ? 1 : rows % 6 >= 2 && sixes > 0 ? 2 : 0;");
                writer.Line("sixes -= fours / 2;");
                writer.Line("int ones = rows - 6 * sixes - 4 * fours;");
                return [(6, "sixes"), (4, "fours"), (1, "ones")];
            case 1:
                return [(1, "rows")];
            default:
                writer.Line("int twos = rows / 2, ones = rows % 2;");
                return [(2, "twos"), (1, "ones")];
        }
    }

    /// <summary>Rows of the largest tile that has <paramref name="vectors"/> vectors a row: fewer vectors leave registers for more rows.</summary>
    public static int Largest(Dialect dialect, TileShape tile, int vectors) =>
        dialect.Lanes == 1 ? Machine.ScalarTileRows : vectors < tile.Vectors ? System.Math.Max(TileChoice.SingleRows, tile.Rows) : tile.Rows;

    /// <summary>Columns in runs of tiles: as many vectors as fit a tile, then what is left. Each run: vectors per tile, first column, end column.</summary>
    public static IEnumerable<(int Vectors, int Start, int End)> Columns(int columns, Dialect dialect, TileShape tile)
    {
        int vectors = columns / dialect.Lanes;
        int most = dialect.Lanes == 1 ? Machine.ScalarTileSums : tile.Vectors;
        int whole = vectors / most * most;
        if (whole > 0)
            yield return (most, 0, whole * dialect.Lanes);
        if (vectors > whole)
            yield return (vectors - whole, whole * dialect.Lanes, columns);
    }
}
