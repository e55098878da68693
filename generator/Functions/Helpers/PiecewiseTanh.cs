using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>tanh of 16 floats at once by a table: half the instructions and half the latency of the way through exp, with no division.</summary>
/// <remarks>
/// A vector of 512 bits is a table of 16 floats that one instruction looks up for 16 lanes. Narrower vectors are widened where the processor has it;
/// elsewhere a lookup costs more than the division it saves.
/// </remarks>
internal static class PiecewiseTanh
{
    /// <summary>The name of a member of W.</summary>
    public const string Name = "TanhByTable";

    public static IEnumerable<Helper> Shared { get; } =
    [
        new("TableEntry", ["table", "at"], "In each lane the entry of the table that the last four bits there name", _ =>
            "return Avx512F.IsSupported ? Avx512F.PermuteVar16x32(table, Vector512.AsInt32(at)) : Vector512.Shuffle(table, Vector512.AsInt32(at) & Vector512.Create(15));"),
        new(Name, ["z"], "tanh(z) by a polynomial in d = |z| - c on every half octave: the last bits of the exponent and the first of the fraction choose c and the coefficients", Pieces),
    ];

    /// <summary>The statements that return where 512 bits are in hardware.</summary>
    public const string Widened = $"""
        if (W.Count > 1 && Vector512.IsHardwareAccelerated)
            return W.{Name}(z);

        """;

    /// <summary>The statements for 512 bits.</summary>
    private static string Pieces(NumericText t)
    {
        var text = new System.Text.StringBuilder();
        text.Append($"""
            {t.Type} a = {t.Min(t.Constant(Coefficients.TanhEnd), t.Abs("z"))};
            {t.Type} piece = Vector512.AsSingle(Vector512.AsInt32({t.Max(t.Constant(Coefficients.TanhFirst), "a")}) >>> {CSharpLiteral.Of(t.FractionBits - 1)});
            {t.Type} d = a - {Entry(t, Coefficients.TanhPieces[0])};

            """);
        string[] terms = [.. Coefficients.TanhPieces.Skip(1).Select((_, power) => "c" + CSharpLiteral.Of(power))];
        for (int power = 0; power < terms.Length; power++)
            text.Append($"{t.Type} {terms[power]} = {Entry(t, Coefficients.TanhPieces[power + 1])};\n");
        text.Append(t.Polynomial("y", "d", terms)).Append('\n');
        text.Append($"return {t.WithSignOf("z", "y")};");
        return text.ToString();
    }

    private static string Entry(NumericText t, double[] table) =>
        t.Call("TableEntry", $"Vector512.Create({string.Join(", ", table.Select(value => CSharpLiteral.Of(value, t.Target.Precision)))})", "piece");
}
