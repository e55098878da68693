using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Generator.Tests.Witness;

/// <summary>Compares how a header says that weights lie with what the pass over a chunk reads.</summary>
internal sealed class OrderClaims(Witnessed network, EmittedText text, Action<string, string> fault) : KernelWitness(network, text, fault)
{
    public void Check(WitnessedLayer layer, ChoiceClaim claim)
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
            Expect(HeaderClaims.Number(row.Groups[1].Value) == layer.Inputs && (layer.Inputs * Network.ElementBytes % 16 > 0 || product.Of("aStride") != layer.Inputs), Line(claim), "it does");
        else if (Regex.Match(claim.Why, @"^([\d.,]+) cycles a sample, (side by side|output by output) ([\d.,]+)$") is { Success: true } cycles)
            Expect(Decimal(cycles.Groups[1].Value) <= Decimal(cycles.Groups[3].Value) && cycles.Groups[2].Value.StartsWith("side", StringComparison.Ordinal) == byOutput, Line(claim), "the other is less, or the same");
        else
            Fault(Line(claim), "is no reason");
    }
}
