using System.Text.RegularExpressions;

namespace GeneratedNetworks.Tests.Compiled;

/// <summary>
/// Vectors of 256 and 512 bits name the instructions that they are chosen for. Where a test runs such text on a processor without them, the library's own
/// names stand in, which compute the same lane by lane.
/// </summary>
internal static partial class InSoftware
{
    public static string Of(string text) => Instruction().Replace(text, match =>
    {
        string vector = match.Groups["set"].Value == "Avx512F" ? "Vector512" : "Vector256", name = match.Groups["name"].Value;
        return $"{vector}.{(name.EndsWith("MultiplyAdd", System.StringComparison.Ordinal) ? "MultiplyAddEstimate" : name + "Native")}(";
    });

    // Not those that a question for the instruction set stands before.
    [GeneratedRegex(@"(?<!\? )\b(?<set>Fma|Avx|Avx512F)\.(?<name>FusedMultiplyAdd|MultiplyAdd|Max|Min)\(")]
    private static partial Regex Instruction();
}
