using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares what a header says of windows and pools with the calls in the passes, and with what the shared kernels do with their arguments.</summary>
internal sealed class WindowClaims
{
    private static readonly string[] Pools = ["MaxPool", "MaxPool1By2", "MaxPool2By2", "AveragePool"];

    private static readonly string[] Kernels =
        ["Patches", "ChannelPatches", "SquarePatches1", "SquarePatches2", "PatchGradients", "ChannelPatchGradients", "SquareGradients1", "SquareGradients2", "PlanePatches", "PlaneGradients",
            .. Pools];

    private readonly HeaderClaims _header;
    private readonly EmittedText _text;
    private readonly EmittedText? _library;
    private readonly int _elementBytes;
    private readonly List<string> _faults = [];

    private WindowClaims(GeneratorRun run, int elementBytes)
    {
        _header = HeaderClaims.Parse(run.SingleFile);
        _text = new EmittedText(run.Roots(name => name != Emit.Library.LibraryFile.HintName));
        _library = run.Files.Any(file => file.Name == Emit.Library.LibraryFile.HintName) ? new EmittedText([EmittedText.Parse(run.LibraryFile)]) : null;
        _elementBytes = elementBytes;
    }

    /// <summary>Claims of windows that the text does not bear out, and windows without a claim; how many there are.</summary>
    /// <param name="run">A network of which every layer has its own name.</param>
    /// <param name="elementBytes">Of its precision.</param>
    public static (IReadOnlyList<string> Faults, int Claims) Check(GeneratorRun run, int elementBytes)
    {
        WindowClaims claims = new(run, elementBytes);
        ChoiceClaim[] said = [.. claims._header.Choices.Where(claim => claim.Pass is "forward" or "input gradient" || (claim.Pass == "gradient" && !claim.Kernel.Contains("row", StringComparison.Ordinal)))];
        if (claims._library is null)
            claims.CheckPlain(said);
        else
            claims.CheckVectors(said);
        return (claims._faults, said.Length);
    }

    private void CheckVectors(ChoiceClaim[] said)
    {
        // That the arguments mean what is computed from them below.
        Expect(Text("Patches").Contains("for (; o + W.Count < p.Width; o += 2 * W.Count)", StringComparison.Ordinal), "Patches", "it takes two vectors otherwise");
        List<(string Layer, string Pass, EmittedCall Call)> found = [.. CallsOf("ForwardChunk", "forward"), .. CallsOf("BackwardChunk", "input gradient")];
        foreach (IGrouping<(string Layer, string Pass), (string Layer, string Pass, EmittedCall Call)> group in found.GroupBy(call => (call.Layer, call.Pass)))
        {
            ChoiceClaim[] claims = [.. said.Where(claim => claim.Layer == group.Key.Layer && claim.Pass == group.Key.Pass)];
            if (claims.Length != 1)
                _faults.Add($"{group.Key} is said {claims.Length} times");
            else
                Check(claims[0], [.. group.Select(call => call.Call)]);
        }

        foreach (ChoiceClaim claim in said.Where(claim => !found.Any(call => call.Layer == claim.Layer && call.Pass == claim.Pass)))
            _faults.Add($"{claim}: the text has no such call");
    }

    /// <summary>The calls of a pass that are of windows, each with its layer. Pools backward have nothing to choose.</summary>
    private IEnumerable<(string Layer, string Pass, EmittedCall Call)> CallsOf(string method, string pass)
    {
        if (_text.Find("Passes", method) is not { } body)
            yield break;
        foreach (EmittedCall call in EmittedText.Calls(body).Where(call => Kernels.Contains(call.Name)))
        {
            string place = call.Arguments.Select(argument => Regex.Match(argument, @"\b(\w+?)Weight(Transposed)?\)")).FirstOrDefault(match => match.Success)?.Groups[1].Value
                ?? Regex.Match(call.Arguments[2], @"\b(\w+)At\)").Groups[1].Value;
            string layer = place.Length == 0 ? _header.Layers[^1].Layer : char.ToLowerInvariant(place[0]) + place.Substring(1);
            yield return (layer, call.Name.Contains("Gradients", StringComparison.Ordinal) ? "gradient" : pass, call);
        }
    }

    private void Check(ChoiceClaim claim, EmittedCall[] calls)
    {
        EmittedCall call = calls[0];
        if (call.Name.StartsWith("Plane", StringComparison.Ordinal))
        {
            CheckPlane(claim, calls);
            return;
        }

        bool isByChannel = call.Name is not ("Patches" or "PatchGradients"), isGradient = call.Name.Contains("Gradients", StringComparison.Ordinal);
        int count = Pools.Contains(call.Name) ? 1
            : call.Name.StartsWith("Square", StringComparison.Ordinal) ? Field(call, "Columns")
            : calls.Max(part => isGradient ? Field(part, "TapRows") * Field(part, "TapColumns") * (isByChannel ? 1 : Field(part, "Run")) : Field(part, "Rows") * Field(part, "Columns"));
        bool isSquare = call.Name.StartsWith("Square", StringComparison.Ordinal);
        string noun = isGradient && !isSquare ? "element" : "position", held = !isSquare ? "" : isGradient ? "nine sums held; " : "nine weights held; ";
        Expect(!isSquare || calls.All(part => Field(part, "TapRows") == 3 && Field(part, "TapColumns") == 3), $"{claim}", "its window is not 3×3");
        if (call.Types[0] == "W1")
        {
            Expect(claim.Kernel == $"{held}{Many(Largest(call.Name, 1, count), noun)} by 1 channel", $"{claim}", $"it is {call.Name} of single numbers");
            return;
        }

        foreach (int bits in _text.Widths().Values.Select(width => width[call.Types[0]]).Distinct())
        {
            int lanes = bits / 8 / _elementBytes;
            string expected;
            if (isByChannel)
            {
                int channels = Pools.Contains(call.Name) ? call.Of("channels") : Field(call, "Groups");
                expected = $"{held}{Many(Largest(call.Name, 1, count), noun)} by 1 vector{(channels % lanes == 0 ? "" : $" and {Many(channels % lanes, "channel")} alone")}";
                Expect(claim.Why.StartsWith("each channel is seen by itself", StringComparison.Ordinal), $"{claim}", "is no reason");
            }
            else
            {
                int width = Field(call, "Width"), vectors = width > lanes ? 2 : 1;
                expected = $"{Many(Largest(call.Name, vectors, count), noun)} by {Many(vectors, "vector")}";
                Match why = Regex.Match(claim.Why, @"^(\d+) (outputs?|inputs?)( of a group)?, ([^;]+)(; |$)");
                Expect(why.Success && int.Parse(why.Groups[1].Value, CultureInfo.InvariantCulture) == width && why.Groups[3].Success == Field(call, "Groups") > 1, $"{claim}", $"{width} outputs in {Field(call, "Groups")} groups are computed");
                Expect(At(why.Groups[4].Value, bits) == (vectors == 2 ? "more than a vector" : "one vector"), $"{claim}", $"at {bits} bits a vector has {lanes} elements");
                Expect(claim.Why.Contains($"; {calls.Length} parts", StringComparison.Ordinal) == (calls.Length > 1), $"{claim}", $"there are {calls.Length} parts");
            }

            Expect(At(claim.Kernel, bits) == expected, $"{claim}", $"at {bits} bits {call.Name} takes {expected}");
            Expect(!claim.Why.Contains($"; {Many(count, noun)}", StringComparison.Ordinal) || count < 8, $"{claim}", $"there are {count}");
        }
    }

    /// <summary>Nine vectors are held, and a vector that is twice as wide as the outputs takes two positions, if they are neighbors.</summary>
    private void CheckPlane(ChoiceClaim claim, EmittedCall[] calls)
    {
        string held = calls[0].Name == "PlaneGradients" ? "sums" : "weights";
        Expect(calls.All(call => (Field(call, "TapRows"), Field(call, "TapColumns"), Field(call, "Run")) == (3, 1, 3)), $"{claim}", "its window is not three runs of three");
        Expect(claim.Why.Contains("; three runs of three elements", StringComparison.Ordinal), $"{claim}", "is no reason");
        Expect(claim.Why.Contains($"; {calls.Length} parts", StringComparison.Ordinal) == (calls.Length > 1), $"{claim}", $"there are {calls.Length} parts");
        foreach (var width in _text.Widths().Values)
        {
            (int bits, int wide) = (width[calls[0].Types[0]], width[calls[0].Types[calls[0].Types.Count / 2]]);
            int lanes = bits / 8 / _elementBytes;
            bool isPaired = wide == 2 * bits && calls.All(call => Field(call, "Columns") > 1 && Field(call, "XColumn") == 1
                && Field(call, "Width") == lanes && Field(call, "Panel") == lanes && Field(call, "CColumn") == lanes);
            string expected = $"nine {held} held; {(isPaired ? "2 positions in 1 vector" : "1 position by 1 vector")}";
            Expect(At(claim.Kernel, wide) == expected, $"{claim}", $"at {wide} bits {calls[0].Name} takes {expected}");
        }
    }

    /// <summary>Without vectors each layer has a kernel of its own, with a variable for each sum.</summary>
    private void CheckPlain(ChoiceClaim[] said)
    {
        foreach (ChoiceClaim claim in said)
        {
            Expect(claim.Why == "no vectors", $"{claim}", "is no reason");
            if (Regex.Match(claim.Kernel, @"^1 (position|element) by (\d+) sums?$") is not { Success: true } match)
            {
                Expect(claim.Kernel == "channel by channel", $"{claim}", "is no kernel");
                continue;
            }

            string prefix = char.ToUpperInvariant(claim.Layer[0]) + claim.Layer.Substring(1);
            Regex name = new("^" + prefix + claim.Pass switch { "forward" => "(?!WeightGradient|InputGradient|BiasGradient)", "gradient" => "WeightGradient", _ => "InputGradient" });
            MethodDeclarationSyntax[] kernels = [.. _text.Methods.Where(method => name.IsMatch(method.Identifier.Text) && Sums(method) > 0)];
            Expect(kernels.Length > 0 && kernels.All(kernel => Sums(kernel) == int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)), $"{claim}", $"the kernels have {string.Join(", ", kernels.Select(Sums))} sums");
        }

        static int Sums(MethodDeclarationSyntax method) => method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Count(variable => Regex.IsMatch(variable.Identifier.Text, @"^s\d+$"));
    }

    /// <summary>The largest tile that the shared kernel cuts so many into.</summary>
    private int Largest(string kernel, int vectors, int count)
    {
        if (Pools.Contains(kernel))
            return 1;

        // Four, two or one of a row of positions share what they see.
        if (kernel.StartsWith("Square", StringComparison.Ordinal))
            return count >= 4 ? 4 : count >= 2 ? 2 : 1;
        string[] names = kernel == "PatchGradients" ? [kernel, "PatchGradientPart"] : [kernel];
        IEnumerable<Match> tiles = names.Where(name => _library!.Methods.Any(method => method.Identifier.Text == name)).SelectMany(name => EmittedText.Calls(Method(name)))
            .Select(call => Regex.Match(call.Name, @"^(?:Patch|PatchGradient|Channels|ChannelGradient)(\d+)(?:By(\d+))?$")).Where(match => match.Success);
        int[] sizes = [.. tiles.Where(tile => !tile.Groups[2].Success || tile.Groups[2].Value == $"{vectors}").Select(tile => int.Parse(tile.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().OrderDescending()];
        if (kernel.StartsWith("Channel", StringComparison.Ordinal))
            return sizes.First(size => size <= count);

        // A rest of fewer than four joins the last whole tile, and is cut in two of nearly equal size where no tile holds it.
        int rest = count % sizes[0];
        if (count >= sizes[0] && (rest == 0 || rest >= 4 || count >= 2 * sizes[0]))
            return sizes[0];
        return count > sizes[1] ? (count + 1) / 2 : count;
    }

    private MethodDeclarationSyntax Method(string name) => _library!.Methods.Single(method => method.Identifier.Text == name);

    private string Text(string kernel) => _library!.Methods.FirstOrDefault(method => method.Identifier.Text == kernel)?.ToFullString() ?? "for (; o + W.Count < p.Width; o += 2 * W.Count)";

    private static int Field(EmittedCall call, string name) => call.Arguments.Select(argument => Regex.Match(argument, $@"\b{name} = (\d+)")).FirstOrDefault(match => match.Success) is { } found
        ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : 0;

    /// <summary>What is said for a width: "8 positions by 1 vector at 512 bits, 6 positions by 2 vectors at 256 and 128 bits".</summary>
    private static string? At(string said, int bits) => Regex.Matches(said, @"(?<what>[^,]+?)( at (?<bits>[\d and]+) bits)?(, |$)")
        .Where(part => !part.Groups["bits"].Success || HeaderClaims.Numbers(part.Groups["bits"].Value).Contains(bits)).Select(part => part.Groups["what"].Value).SingleOrDefault();

    private static string Many(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private void Expect(bool condition, string claim, string what)
    {
        if (!condition)
            _faults.Add($"{claim}: {what}");
    }
}
