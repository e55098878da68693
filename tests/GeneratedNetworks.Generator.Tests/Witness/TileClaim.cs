using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>A tile of sums as the header names it, and the widths of vectors that it is said to run at; none where it is all.</summary>
internal sealed record TileClaim(IReadOnlyList<int> Rows, int Across, IReadOnlyList<int> Bits)
{
    private static readonly Regex Tile = new(@"^(?<rows>[\d and]+) rows? by (?<across>\d+) (vectors?|sums?)( at (?<bits>[\d and]+) bits)?$", RegexOptions.CultureInvariant);

    /// <summary>"8 rows by 1 vector at 512 bits, 6 rows by 2 vectors at 256 and 128 bits" and its like; null where it is none.</summary>
    public static IReadOnlyList<TileClaim>? Parse(string kernel)
    {
        List<TileClaim> tiles = [];
        foreach (string part in kernel.Split(", "))
        {
            if (Tile.Match(part) is not { Success: true } match)
                return null;
            tiles.Add(new(
                [.. HeaderClaims.Numbers(match.Groups["rows"].Value)],
                int.Parse(match.Groups["across"].Value, CultureInfo.InvariantCulture),
                [.. HeaderClaims.Numbers(match.Groups["bits"].Value)]));
        }

        return tiles;
    }
}
