using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares the register tiles that a header names with the kernels that a pass over a chunk calls, width by width.</summary>
internal sealed class TileClaims(Witnessed network, EmittedText text, Action<string, string> fault) : KernelWitness(network, text, fault)
{
    private readonly IReadOnlyDictionary<int, IReadOnlyDictionary<string, int>> _widths = network.Profile == "Simd" ? text.Widths() : new Dictionary<int, IReadOnlyDictionary<string, int>>();

    public void CheckBatch(WitnessedLayer layer, ChoiceClaim claim)
    {
        IReadOnlyList<TileClaim>? tiles = TileClaim.Parse(claim.Kernel);
        if (!IsSimd)
        {
            CheckPlainTiles(claim, tiles, Text.Get("Gn", "ForwardChunk"), layer);
            return;
        }

        EmittedCall product = Product(layer);
        if (product.Name is "Dots" or "DotColumn")
        {
            if (product.Name == "DotColumn")
                Expect(claim.Kernel == "dot products of 4 rows" && layer.Outputs == 1, Line(claim), $"the text calls {product.Name}");
            else
                CheckDots(claim, product, layer);
            Expect(claim.Why == "as the weights lie", Line(claim), "is no reason");
            return;
        }

        if (tiles is null)
        {
            Fault(Line(claim), $"the text calls {product.Name}");
            return;
        }

        HashSet<int> reached = [];
        foreach (IReadOnlyDictionary<string, int> width in _widths.Values)
        {
            int bits = width[product.Types[0]];
            reached.Add(bits);
            (int rows, int across) = TileAt(product, bits / 8 / Network.ElementBytes, claim);
            TileClaim[] said = [.. tiles.Where(tile => tile.Bits.Count == 0 || tile.Bits.Contains(bits))];
            Expect(said is [{ Rows: [int saidRows], Across: int saidAcross }] && saidRows == rows && saidAcross == across, Line(claim), $"at {bits} bits {product.Name} goes {rows} by {across}");
        }

        Expect(tiles.SelectMany(tile => tile.Bits).All(reached.Contains), Line(claim), $"it runs at {string.Join(", ", reached)} bits alone");
        CheckCycles(claim, tiles);
    }

    /// <summary>Dots holds weights in registers where a row of inputs is one vector: "dot products, weights held at 256 bits, 2 rows by 4 outputs at 128 bits".</summary>
    private void CheckDots(ChoiceClaim claim, EmittedCall product, WitnessedLayer layer)
    {
        Match match = Regex.Match(claim.Kernel, @"^dot products, (?<form>[^,]+?)( at (?<bits>[\d and]+) bits)?(, (?<form>[^,]+?) at (?<bits>[\d and]+) bits)?$");
        Expect(match.Success && layer.Outputs > 1, Line(claim), $"the text calls {product.Name}");
        string[] forms = [.. match.Groups["form"].Captures.Select(capture => capture.Value)], bits = [.. match.Groups["bits"].Captures.Select(capture => capture.Value)];
        foreach (int reached in _widths.Values.Select(width => width[product.Types[0]]))
        {
            string expected = product.Of("inputs") == reached / 8 / Network.ElementBytes ? "weights held" : "2 rows by 4 outputs";
            string? said = forms.Length == 1 ? forms[0] : forms.Where((_, i) => bits[i].Split(" and ").Contains(reached.ToString(CultureInfo.InvariantCulture))).SingleOrDefault();
            Expect(said == expected, Line(claim), $"at {reached} bits a row of {product.Of("inputs")} inputs takes {expected}");
        }
    }

    /// <summary>The tile that most rows go through, by what the shared kernels do with their arguments.</summary>
    private (int Rows, int Across) TileAt(EmittedCall product, int lanes, ChoiceClaim claim)
    {
        switch (product.Name)
        {
            case "GemmPairs":
                Expect(product.Of("columns") % (2 * lanes) == 0, Line(claim), $"{product.Of("columns")} columns are no pairs of {lanes}");
                return (product.Of("most"), 2);
            case "GemmSingles":
                return (8, 1);
            case "Gemm":
                return (product.Of("width") + lanes - 1) / lanes >= 2 ? (product.Of("most"), 2) : (8, 1);
            default:
                Fault(Line(claim), $"the text calls {product.Name}");
                return (0, 0);
        }
    }

    public void CheckGradient(WitnessedLayer layer, ChoiceClaim claim)
    {
        IReadOnlyList<TileClaim>? tiles = TileClaim.Parse(claim.Kernel);
        if (tiles is null)
        {
            Fault(Line(claim), "are no tiles");
            return;
        }

        if (!IsSimd)
        {
            CheckPlainTiles(claim, tiles, Text.Get("Gn", "BackwardChunk"), layer);
            return;
        }

        Dictionary<int, List<int>> found = [];
        foreach (EmittedCall call in EmittedText.Calls(Text.Get("Passes", "BackwardChunk")).Where(call => call.IsOfWeights(layer.Name)))
        {
            if (Regex.Match(call.Name, @"^Gradient(\d+)By(\d+)$") is not { Success: true } match)
                continue;
            int rows = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), across = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            Expect((call.Of("to") - call.Of("from")) % rows == 0, Line(claim), $"{call.Name} from {call.Of("from")} to {call.Of("to")} reaches too far");
            Expect(_widths.Values.Any(width => HasColumns(call, width)), Line(claim), $"no width has columns for {call.Name}");
            List<int> sizes = found.TryGetValue(across, out List<int>? known) ? known : found[across] = [];
            if (!sizes.Contains(rows))
                sizes.Add(rows);
        }

        Expect(
            tiles.Count == found.Count && tiles.All(tile => tile.Bits.Count == 0 && found.TryGetValue(tile.Across, out List<int>? rows) && rows.SequenceEqual(tile.Rows)),
            Line(claim),
            "the text calls " + string.Join(", ", found.Select(pair => $"{string.Join("/", pair.Value)} by {pair.Key}")));
        CheckCycles(claim, tiles);
    }

    private bool HasColumns(EmittedCall call, IReadOnlyDictionary<string, int> width)
    {
        int lanes = width[call.Types[0]] / 8 / Network.ElementBytes;
        return Columns(call.Text("first")) < Columns(call.Text("columns"));

        int Columns(string argument) => Regex.Match(argument, @"^PairsOf<.*>\((\d+)\)$") is { Success: true } pairs
            ? int.Parse(pairs.Groups[1].Value, CultureInfo.InvariantCulture) / (2 * lanes) * (2 * lanes)
            : int.Parse(argument, CultureInfo.InvariantCulture);
    }

    /// <summary>Without vectors a layer's kernels are written for it: "// dense1, 3 → 6: …" and a method for each tile below.</summary>
    private void CheckPlainTiles(ChoiceClaim claim, IReadOnlyList<TileClaim>? tiles, Microsoft.CodeAnalysis.SyntaxNode pass, WitnessedLayer layer)
    {
        string prefix = char.ToUpperInvariant(layer.Name[0]) + layer.Name.Substring(1);
        string kind = claim.Pass == "gradient" ? "WeightGradient" : "";
        EmittedCall call = EmittedText.Calls(pass).First(call => call.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (kind.Length > 0 ? call.Name.StartsWith(prefix + kind, StringComparison.Ordinal) : call.Arguments.Contains("parameters")));
        List<(int Rows, int Across)> found = [];
        foreach (EmittedCall tile in EmittedText.Calls(Text.Get("Kernels", call.Name)))
        {
            if (Regex.Match(tile.Name, @"Rows(\d+)By(\d+)$") is { Success: true } match)
                found.Add((int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));
        }

        (int, int) largest = found.OrderByDescending(tile => tile.Rows).ThenByDescending(tile => tile.Across).First();
        Expect(tiles is [{ Rows: [int rows], Across: int across, Bits.Count: 0 }] && (rows, across) == largest, Line(claim), $"the largest tile is {largest}");
        Expect(claim.Why == "no vectors", Line(claim), "is no reason");
    }

    /// <summary>What was chosen costs least, and what it is compared with is something else.</summary>
    private void CheckCycles(ChoiceClaim claim, IReadOnlyList<TileClaim> tiles)
    {
        Match match = Regex.Match(claim.Why, @"^([\d.,]+) cycles a sample(; a row is one vector|, as with any other|, (\d+) by (\d+) ([\d.,]+))$");
        Expect(match.Success, Line(claim), "is no reason");
        if (match.Groups[3].Success)
        {
            Expect(Decimal(match.Groups[1].Value) <= Decimal(match.Groups[5].Value), Line(claim), "the other is less");
            Expect(
                !tiles.All(tile => tile.Rows is [int rows] && $"{rows} by {tile.Across}" == $"{match.Groups[3].Value} by {match.Groups[4].Value}"), Line(claim), "both are the same");
        }
        else if (match.Groups[2].Value.StartsWith(';'))
        {
            Expect(tiles.All(tile => tile.Across == 1), Line(claim), "a row is more");
        }
    }
}
