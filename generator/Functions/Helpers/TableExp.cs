using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>exp of 16 floats at once by a table of 2^(j/16): what is left is so small that two powers of it are enough.</summary>
/// <remarks>A quarter less latency than by the long polynomial, and less to compute. Vectors of 512 bits only, as for tanh: one instruction looks up 16 lanes.</remarks>
internal static class TableExp
{
    /// <summary>The name of a member of W512.</summary>
    public const string Name = "ScaledExpByTable";

    public static IEnumerable<Helper> Shared { get; } = [new(Name, ["x"], "exp(x) 2^64 for x <= 0, as 2^(n/16) exp(h): the last four bits of n name an entry of the table, the others are added to its exponent", Statements)];

    /// <summary>The statements by which text over W chooses between the ways to exp(x) 2^64.</summary>
    public static string Choice(NumericText t, string variable, string x) => $"""
        {t.Type} {variable};
        if (W.Count == 16 && Avx512F.IsSupported) {variable} = Unsafe.BitCast<Vector512<float>, V>(W512.{Name}(Unsafe.BitCast<V, Vector512<float>>({x}))); else {variable} = {t.Call("ScaledExp", x)};
        """;

    private static string Statements(NumericText t) => $"""
        {t.Type} t = {t.MultiplyAdd("x", t.Constant(16 * Coefficients.Log2E), t.Constant(ExponentialHelpers.Rounder(t)))}, n = t - {t.Constant(ExponentialHelpers.Rounder(t))};
        {t.Type} power = {t.Call("TableEntry", $"Vector512.Create({string.Join(", ", Coefficients.SixteenthPowers.Select(value => CSharpLiteral.Of(value / ExponentialHelpers.InverseScale(t), t.Target.Precision)))})", "t")};
        power = Vector512.AsSingle(Vector512.AsInt32(power) + ((Vector512.AsInt32(t) & Vector512.Create(-16)) << 19));
        {t.Type} h = {t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleLow / 16), t.MultiplyAdd("n", t.Constant(-Coefficients.Ln2SingleHigh / 16), "x"))};
        {t.Type} p = {t.MultiplyAdd("h * h", t.MultiplyAdd("h", t.Constant(1.0 / 6), t.Constant(0.5)), "h")};
        return {t.MultiplyAdd("power", "p", "power")};
        """;
}
