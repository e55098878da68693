using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>
/// Vectors of 256 and 512 bits name the instructions that they are chosen for. Where a test runs such text on a processor without them, the library's own
/// names stand in, which compute the same lane by lane.
/// </summary>
internal static partial class InSoftware
{
    public static string Of(string text) => Lanes().Replace(Instruction().Replace(text, match =>
    {
        string vector = match.Groups["set"].Value == "Avx512F" ? "Vector512" : "Vector256", name = match.Groups["name"].Value;
        return $"{vector}.{(name.EndsWith("MultiplyAdd", StringComparison.Ordinal) ? "MultiplyAddEstimate" : name + "Native")}(";
    }), match =>
    {
        // Where each lane of the result comes from: quarters of four lanes or of two, or lanes within each quarter.
        int control = int.Parse(match.Groups["control"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        bool isDouble = match.Groups["type"].Value == "double";
        int lanes = isDouble ? 2 : 4;
        string indices = string.Join(", ", Enumerable.Range(0, 4 * lanes).Select(lane => match.Groups["name"].Value switch
        {
            "Shuffle4x128" => (((control >> (2 * (lane / lanes))) & 3) * lanes) + (lane % lanes),
            "Permute4x32" => (lane / 4 * 4) + ((control >> (2 * (lane % 4))) & 3),
            _ => (lane / 2 * 2) + ((control >> lane) & 1),
        }).Select(index => index.ToString(CultureInfo.InvariantCulture) + (isDouble ? "L" : "")));
        return $"Vector512<{match.Groups["type"].Value}> v) => Vector512.Shuffle(v, Vector512.Create({indices}));";
    });

    [GeneratedRegex(@"Vector512<(?<type>float|double)> v\) => Avx512F\.(?<name>Shuffle4x128|Permute4x32|Permute2x64)\((?:v, )+0x(?<control>[0-9A-F]{2})\);")]
    private static partial Regex Lanes();

    // Not those that a question for the instruction set stands before.
    [GeneratedRegex(@"(?<!\? )\b(?<set>Fma|Avx|Avx512F)\.(?<name>FusedMultiplyAdd|MultiplyAdd|Max|Min)\(")]
    private static partial Regex Instruction();
}
