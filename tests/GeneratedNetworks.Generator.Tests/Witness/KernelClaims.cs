using System;
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

/// <summary>Compares what a header says of each layer's kernels with the calls in the passes and the statements of the methods for one sample.</summary>
internal sealed class KernelClaims(Witnessed network, HeaderClaims header, EmittedText text, Action<string, string> fault)
{
    private readonly IReadOnlyDictionary<int, IReadOnlyDictionary<string, int>> _widths = network.Profile == "Simd" ? text.Widths() : new Dictionary<int, IReadOnlyDictionary<string, int>>();

    private bool IsSimd => network.Profile == "Simd";

    public void Check()
    {
        foreach (WitnessedLayer layer in network.Layers)
        {
            bool isTrained = network.Optimizer is not null && !layer.IsFrozen;
            string[] passes = isTrained ? ["weights", "one sample", "batch", "gradient"] : ["weights", "one sample", "batch"];
            string[] found = [.. header.Choices.Where(choice => choice.Layer == layer.Name).Select(choice => choice.Pass)];
            Expect(passes.SequenceEqual(found), layer.Name, $"its passes are {string.Join(", ", found)}");
            foreach (ChoiceClaim claim in header.Choices.Where(choice => choice.Layer == layer.Name))
            {
                switch (claim.Pass)
                {
                    case "weights":
                        CheckOrder(layer, claim);
                        break;
                    case "one sample":
                        CheckSample(layer, claim);
                        break;
                    case "batch":
                        CheckBatch(layer, claim);
                        break;
                    default:
                        CheckGradient(layer, claim);
                        break;
                }
            }
        }

        CheckSampleWidths();
        CheckStep();
    }

    private void Expect(bool condition, string line, string what)
    {
        if (!condition)
            fault(line, what);
    }

    private static string Line(ChoiceClaim claim) => $"{claim.Layer} {claim.Pass}: {claim.Kernel} ({claim.Why})";

    private EmittedCall Product(WitnessedLayer layer) => EmittedText.Calls(text.Get("Passes", "ForwardChunk")).Single(call => call.Types.Count > 0 && call.IsOfWeights(layer.Name));

    private void CheckOrder(WitnessedLayer layer, ChoiceClaim claim)
    {
        if (!IsSimd)
        {
            // Panels of four: input i, output o at o / 4 * 4 * inputs + i * 4 + o % 4. Initialisation says so.
            Expect(claim.Kernel == "4 outputs side by side", Line(claim), "there are other panels without vectors");
            return;
        }

        EmittedCall product = Product(layer);
        bool byOutput = product.Name is "Dots" or "DotColumn";
        string expected = byOutput ? "output by output" : $"{product.Of("panel")} outputs side by side";
        Expect(claim.Kernel == expected, Line(claim), $"{product.Name} reads {expected}");
        if (Regex.Match(claim.Why, @"^more than (\d+) outputs$") is { Success: true } many)
            Expect(layer.Outputs > int.Parse(many.Groups[1].Value, CultureInfo.InvariantCulture), Line(claim), $"{layer.Outputs} are not");
        else if (Regex.Match(claim.Why, @"^a row of ([\d,]+) inputs does not end with a vector$") is { Success: true } row)
            Expect(HeaderClaims.Number(row.Groups[1].Value) == layer.Inputs && (layer.Inputs * network.ElementBytes % 16 > 0 || product.Of("aStride") != layer.Inputs), Line(claim), "it does");
        else if (Regex.Match(claim.Why, @"^([\d.,]+) cycles a sample, (side by side|output by output) ([\d.,]+)$") is { Success: true } cycles)
            Expect(Decimal(cycles.Groups[1].Value) <= Decimal(cycles.Groups[3].Value) && cycles.Groups[2].Value.StartsWith("side", StringComparison.Ordinal) == byOutput, Line(claim), "the other is less, or the same");
        else
            fault(Line(claim), "is no reason");
    }

    private void CheckSample(WitnessedLayer layer, ChoiceClaim claim)
    {
        Dictionary<int, string> sections = [];
        foreach (int bits in IsSimd ? new[] { 512, 256, 128 } : [0])
        {
            if (text.Find(bits > 0 ? $"Sample{bits}" : "Kernels", "ForwardSample") is { } method)
                sections.Add(bits, EmittedText.Section(method, layer.Name) ?? throw new FormatException($"No text of {layer.Name} at {bits} bits."));
        }

        int multiplyAdds = layer.Inputs * layer.Outputs;
        if (claim.Kernel == "as a batch of one")
        {
            Expect(sections.Count == 0, Line(claim), "it has text of its own");
            CheckNoSample(claim);
            return;
        }

        Dictionary<int, string> said = [];
        foreach (string part in Regex.Split(claim.Kernel, ", (?!two panels)"))
        {
            Match match = Regex.Match(part, @"^(written out|a loop(?: over \d+ sums at a time|, two panels at a time)?)( at (\d+) bits)?$");
            Expect(match.Success, Line(claim), $"'{part}' is no form");
            foreach (int bits in (int[])(match.Groups[3].Success ? [int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture)] : [.. sections.Keys]))
                said[bits] = match.Groups[1].Value;
        }

        Expect(said.Keys.Order().SequenceEqual(sections.Keys.Order()), Line(claim), $"there is text for {string.Join(", ", sections.Keys)} bits");
        foreach ((int bits, string section) in sections)
        {
            bool hasLoop = Regex.IsMatch(section, @"\b(for|while|do)\b");
            int lanes = bits == 0 ? 1 : bits / 8 / network.ElementBytes;
            int products = Regex.Matches(section, @"\bMultiplyAdd(Estimate)?\(| \* ").Count;
            if (said.GetValueOrDefault(bits) == "written out")
                Expect(!hasLoop && products >= (multiplyAdds + lanes - 1) / lanes, Line(claim), $"the text for {bits} bits has {(hasLoop ? "a loop" : $"{products} products")}");
            else
                Expect(hasLoop, Line(claim), $"the text for {bits} bits has no loop");
            if (said.GetValueOrDefault(bits)?.Contains("sums at a time", StringComparison.Ordinal) == true)
                Expect(Regex.Matches(section, @"\bfor \(").Count == 1 && Regex.IsMatch(section, @"\bfor \(int o = "), Line(claim), $"the text for {bits} bits loops over inputs");
        }

        bool written = said.Values.All(form => form == "written out");
        switch (claim.Why)
        {
            case "as Unroll.Full asks":
                Expect(network.Unroll == "Full" && written, Line(claim), "it does not");
                break;
            case "as Unroll.None asks":
                Expect(network.Unroll == "None" && !said.ContainsValue("written out"), Line(claim), "it does not");
                break;
            case var why when why.StartsWith("a row of inputs is ", StringComparison.Ordinal):
                CheckDots(layer, claim, said);
                break;
            case var why when Regex.IsMatch(why, @"^its outputs take \d+ sums or more$"):
                Expect(said.Values.Any(form => form.Contains("sums at a time", StringComparison.Ordinal)) && layer.Outputs > HeaderClaims.Numbers(why).Single() / 2, Line(claim), "they do not");
                break;
            default:
                CheckThreshold(layer, claim, written);
                break;
        }
    }

    /// <summary>Dot products over inputs that fill up to so many vectors are written out, others are a loop; Unroll has no say.</summary>
    private void CheckDots(WitnessedLayer layer, ChoiceClaim claim, Dictionary<int, string> said)
    {
        Match match = Regex.Match(claim.Why, @"^a row of inputs is (up to|more than) (\d+) vectors( of (\d+) bits)?$");
        Expect(match.Success && IsSimd && Product(layer).Name is "Dots" or "DotColumn", Line(claim), "there are no dot products");
        foreach ((int bits, string form) in said)
        {
            // A row is of vectors of at most the widest that it fills.
            int panel = Product(layer).Types[0] switch { "W" => 512, "H" => 256, _ => 128 };
            int vectors = layer.Inputs * network.ElementBytes * 8 / Math.Min(bits, panel);
            Expect((form == "written out") == (vectors <= int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)), Line(claim), $"it is {vectors} at {bits} bits");
        }

        Expect(match.Groups[1].Value == (said.ContainsValue("a loop") ? "more than" : "up to"), Line(claim), "it is the other");
    }

    private void CheckThreshold(WitnessedLayer layer, ChoiceClaim claim, bool written)
    {
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        int padded = layer.Inputs * ((layer.Outputs + 63) / 64 * 64), exact = layer.Inputs * layer.Outputs;
        if (Regex.IsMatch(claim.Why, @"^up to \d+ inputs and \d+ multiply-adds$"))
            Expect(written && network.Unroll == "Auto" && layer.Inputs <= numbers[0] && exact <= numbers[1], Line(claim), "there are more");
        else if (Regex.IsMatch(claim.Why, @"^with more than \d+ inputs a loop is as fast$"))
            Expect(!written && network.Unroll == "Auto" && layer.Inputs > numbers[0], Line(claim), $"it has {layer.Inputs}");
        else if (Regex.IsMatch(claim.Why, @"^with more than \d+ multiply-adds a loop is as fast$"))
            Expect(!written && network.Unroll == "Auto" && padded > numbers[0], Line(claim), $"it has {exact}");
        else if (Regex.IsMatch(claim.Why, @"^its \d+ multiply-adds exceed the \d+ that one method can hold$"))
            Expect(!written && network.Unroll == "Full" && numbers[0] >= exact && numbers[0] > numbers[1], Line(claim), $"it has {exact}");
        else if (Regex.Match(claim.Why, @"^its (\d+) multiply-adds( of (\d+) bits)? exceed the (\d+) that gain from it$") is { Success: true } few)
            Expect(!written && numbers[0] > numbers[^1] && numbers[0] * (few.Groups[3].Success ? numbers[1] / 8 / network.ElementBytes : 1) >= exact, Line(claim), $"it has {exact}");
        else if (Regex.IsMatch(claim.Why, @"^with the layers before it one method would hold more than \d+$"))
            Expect(!written && network.Layers.Count > 1 && layer != network.Layers[0], Line(claim), "there are none before it");
        else
            fault(Line(claim), "is no reason");
    }

    private void CheckNoSample(ChoiceClaim claim)
    {
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        long padded = network.Layers.Sum(layer => (long)layer.Inputs * ((layer.Outputs + 63) / 64 * 64));
        bool isTrue = Regex.IsMatch(claim.Why, @"^more than \d+ layers$") ? network.Layers.Count > numbers[0]
            : Regex.IsMatch(claim.Why, @"^more than \d+ multiply-adds$") ? padded > numbers[0]
            : claim.Why == "its layers are no chain of products" && network.Layers.Any(layer => layer.Activation is not ("Identity" or "Relu"));
        Expect(isTrue, Line(claim), "is no reason");
    }

    private void CheckBatch(WitnessedLayer layer, ChoiceClaim claim)
    {
        IReadOnlyList<TileClaim>? tiles = TileClaim.Parse(claim.Kernel);
        if (!IsSimd)
        {
            CheckPlainTiles(claim, tiles, text.Get("Gn", "ForwardChunk"), layer);
            return;
        }

        EmittedCall product = Product(layer);
        if (product.Name is "Dots" or "DotColumn")
        {
            string expected = product.Name == "DotColumn" ? "dot products of 4 rows" : "dot products, 2 rows by 4 outputs";
            Expect(claim.Kernel == expected && (product.Name == "DotColumn") == (layer.Outputs == 1), Line(claim), $"the text calls {product.Name}");
            Expect(claim.Why == "as the weights lie", Line(claim), "is no reason");
            return;
        }

        if (tiles is null)
        {
            fault(Line(claim), $"the text calls {product.Name}");
            return;
        }

        HashSet<int> reached = [];
        foreach (IReadOnlyDictionary<string, int> width in _widths.Values)
        {
            int bits = width[product.Types[0]];
            reached.Add(bits);
            (int rows, int across) = TileAt(product, bits / 8 / network.ElementBytes, claim);
            TileClaim[] said = [.. tiles.Where(tile => tile.Bits.Count == 0 || tile.Bits.Contains(bits))];
            Expect(said is [{ Rows: [int saidRows], Across: int saidAcross }] && saidRows == rows && saidAcross == across, Line(claim), $"at {bits} bits {product.Name} goes {rows} by {across}");
        }

        Expect(tiles.SelectMany(tile => tile.Bits).All(reached.Contains), Line(claim), $"it runs at {string.Join(", ", reached)} bits alone");
        CheckCycles(claim, tiles);
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
                fault(Line(claim), $"the text calls {product.Name}");
                return (0, 0);
        }
    }

    private void CheckGradient(WitnessedLayer layer, ChoiceClaim claim)
    {
        IReadOnlyList<TileClaim>? tiles = TileClaim.Parse(claim.Kernel);
        if (tiles is null)
        {
            fault(Line(claim), "are no tiles");
            return;
        }

        if (!IsSimd)
        {
            CheckPlainTiles(claim, tiles, text.Get("Gn", "BackwardChunk"), layer);
            return;
        }

        Dictionary<int, List<int>> found = [];
        foreach (EmittedCall call in EmittedText.Calls(text.Get("Passes", "BackwardChunk")).Where(call => call.IsOfWeights(layer.Name)))
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
        int lanes = width[call.Types[0]] / 8 / network.ElementBytes;
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
        foreach (EmittedCall tile in EmittedText.Calls(text.Get("Kernels", call.Name)))
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

    private void CheckSampleWidths()
    {
        int[] there = [.. new[] { 512, 256, 128 }.Where(bits => text.HasType($"Sample{bits}"))];
        Expect(there.SequenceEqual(header.SampleWidths), $"One sample has text for {string.Join(", ", header.SampleWidths)} bits", $"there is text for {string.Join(", ", there)}");
        if (there.Length == 0)
            return;
        IReadOnlyList<EmittedCall> calls = EmittedText.Calls(text.Get("Gn", "ForwardSample"));
        Expect(calls.Count(call => call.Name == "ForwardSample") == there.Length && calls.Any(call => call.Name == "ForwardBatch" && call.Arguments[^1] == "1"), "One sample", "the choice of a width has other branches");
    }

    private void CheckStep()
    {
        ChoiceClaim? claim = header.Choices.SingleOrDefault(choice => choice.Layer == "network");
        Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax? step = text.Find("Gn", "StepSample");
        if (claim is null)
        {
            Expect(network.Optimizer != "Sgd" || step is null || network.HasDropout || network.Layers.Any(layer => layer.Activation is "Gelu" or "Silu" or "Softmax" or "LogSoftmax"), "network", "a step of one sample has text that the header does not name");
            return;
        }

        Expect(network.Optimizer == "Sgd" && claim.Pass == "step of one sample", Line(claim), $"the optimizer is {network.Optimizer}");
        IReadOnlyList<EmittedCall> calls = step is null ? [] : EmittedText.Calls(step);
        int whole = calls.Count(call => call.Name == "TrainSample");
        int[] widths = [.. new[] { 512, 256, 128 }.Where(bits => text.Find($"Sample{bits}", "TrainSample") is not null)];
        string expected = step is null ? "as a batch of one" : whole == 0 ? "a method per layer and pass" : widths.Length == 0 ? "one method" : $"one method, {string.Join(" and ", widths)} bits";
        Expect(claim.Kernel == expected, Line(claim), $"it is {expected}");
        if (whole > 0)
            Expect(whole == Math.Max(1, widths.Length), Line(claim), $"{whole} widths have it");
        int[] numbers = [.. HeaderClaims.Numbers(claim.Why)];
        long exact = network.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs), padded = network.Layers.Sum(layer => (long)layer.Inputs * ((layer.Outputs + 63) / 64 * 64));
        bool isTrue = Regex.IsMatch(claim.Why, @"^more than \d+ layers$") ? network.Layers.Count > numbers[0]
            : Regex.IsMatch(claim.Why, @"^more than \d+ multiply-adds$") ? padded > numbers[0]
            : Regex.IsMatch(claim.Why, @"^up to \d+ multiply-adds and \d+ layers$") && exact <= numbers[0] && network.Layers.Count <= numbers[1];
        Expect(isTrue, Line(claim), "is no reason");
    }

    private static decimal Decimal(string number) => decimal.Parse(number, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
