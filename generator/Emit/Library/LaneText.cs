using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What crosses the lanes of a vector: sums over them, and one element in all of them.</summary>
internal static class LaneText
{
    /// <param name="writer">Where to.</param>
    /// <param name="precision">Of an element.</param>
    /// <param name="bits">Of the vector.</param>
    /// <param name="hasTotal">Whether a kernel wants a sum in every lane.</param>
    /// <param name="hasSpread">Whether one wants an element in every lane.</param>
    public static void Write(CSharpWriter writer, Precision precision, int bits, bool hasTotal, bool hasSpread)
    {
        if (bits > 128)
            WriteFold(writer, precision, bits);
        else
            WriteSums(writer, precision);
        if (hasTotal)
            WriteTotal(writer, precision, bits);
        if (hasSpread && bits == 512)
            WriteSpread(writer, precision);
    }

    private static string Element(Precision precision) => precision == Precision.Single ? "float" : "double";

    private static string Parameters(Precision precision, int bits) =>
        string.Join(", ", Names(precision).Select(name => $"Vector{CSharpLiteral.Of(bits)}<{Element(precision)}> {name}"));

    private static string[] Names(Precision precision) => precision == Precision.Single ? ["a", "b", "c", "d"] : ["a", "b"];

    /// <summary>x86: the vectors interleave within each 128 bits first, so that only one vector has to be folded.</summary>
    private static void WriteFold(CSharpWriter writer, Precision precision, int bits)
    {
        string isa = bits == 512 ? "Avx512F" : "Avx", vector = "Vector" + CSharpLiteral.Of(bits);
        writer.Line();
        writer.Line("// The sums over lanes, side by side: the upper half onto the lower, until 128 bits are left.");
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static Vector128<{Element(precision)}> Sums({Parameters(precision, bits)})"))
        {
            using (writer.Open($"if ({isa}.IsSupported)"))
            {
                writer.Line($"var ab = {isa}.UnpackLow(a, b) + {isa}.UnpackHigh(a, b);");
                if (precision == Precision.Single)
                {
                    writer.Line($"var cd = {isa}.UnpackLow(c, d) + {isa}.UnpackHigh(c, d);");
                    writer.Line($"ab = {isa}.Shuffle(ab, cd, 0x44) + {isa}.Shuffle(ab, cd, 0xEE);");
                }

                writer.Line($"return {Folded(writer, "ab", bits)};");
            }

            string arguments = string.Join(", ", Names(precision).Select(name => $"{vector}.GetLower({name}) + {vector}.GetUpper({name})"));
            writer.Line($"return {WidthText.NameOf(bits / 2)}.Sums({arguments});");
        }
    }

    private static string Folded(CSharpWriter writer, string sums, int bits)
    {
        for (; bits > 128; bits /= 2)
        {
            string type = "Vector" + CSharpLiteral.Of(bits), half = "half" + CSharpLiteral.Of(bits / 2);
            writer.Line($"var {half} = {type}.GetLower({sums}) + {type}.GetUpper({sums});");
            sums = half;
        }

        return sums;
    }

    private static void WriteSums(CSharpWriter writer, Precision precision)
    {
        writer.Line();
        writer.Line("// The sums over lanes, side by side: neighbours pairwise, where the processor has an instruction for it.");
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static Vector128<{Element(precision)}> Sums({Parameters(precision, 128)})"))
        {
            foreach ((string isa, string add) in new[] { ("Sse3", "Sse3.HorizontalAdd"), ("AdvSimd.Arm64", "AdvSimd.Arm64.AddPairwise") })
            {
                writer.Line($"if ({isa}.IsSupported)");
                writer.Line(precision == Precision.Single ? $"    return {add}({add}(a, b), {add}(c, d));" : $"    return {add}(a, b);");
            }

            writer.Line($"return Vector128.Create({string.Join(", ", Names(precision).Select(name => $"Vector128.Sum({name})"))});");
        }
    }

    private static void WriteTotal(CSharpWriter writer, Precision precision, int bits)
    {
        writer.Line();
        writer.Line("// The sum over all lanes, in every lane: halves added up, then neighbours swapped and added.");
        writer.Line(Unit.Inlined);
        using (writer.Open($"public static Vector128<{Element(precision)}> Total(Vector{CSharpLiteral.Of(bits)}<{Element(precision)}> a)"))
        {
            string sums = Folded(writer, "a", bits);
            if (precision == Precision.Single)
            {
                writer.Line($"var pairs = {sums} + Vector128.Shuffle({sums}, Vector128.Create(2, 3, 0, 1));");
                writer.Line("return pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2));");
                return;
            }

            writer.Line($"return {sums} + Vector128.Shuffle({sums}, Vector128.Create(1L, 0L));");
        }
    }

    /// <summary>
    /// A processor with vectors of 512 bits loads few of them a cycle: where each weight is used once, broadcasts from memory would take loads away from
    /// the weights, and shuffles run beside them.
    /// </summary>
    private static void WriteSpread(CSharpWriter writer, Precision precision)
    {
        string type = $"Vector512<{Element(precision)}>";
        for (int quarter = 0; quarter < 4; quarter++)
        {
            string control = "0x" + string.Concat(Enumerable.Repeat(((quarter * 5) & 15).ToString("X", CultureInfo.InvariantCulture), 2));
            string half = $"Vector512.Get{(quarter < 2 ? "Lower" : "Upper")}(v)";
            writer.Line();
            if (quarter == 0)
                writer.Line("// 128 bits of a vector, four times.");
            writer.Line(Unit.Inlined);
            using (writer.Open($"public static {type} Quarter{CSharpLiteral.Of(quarter)}({type} v)"))
            {
                writer.Line("if (Avx512F.IsSupported)");
                writer.Line($"    return Avx512F.Shuffle4x128(v, v, {control});");
                writer.Line($"var quarter = Vector256.Get{(quarter % 2 == 0 ? "Lower" : "Upper")}({half});");
                writer.Line("var two = Vector256.Create(quarter, quarter);");
                writer.Line("return Vector512.Create(two, two);");
            }
        }

        writer.Line();
        writer.Line("// One element of each 128 bits in all of them.");
        for (int element = 0; element < (precision == Precision.Single ? 4 : 2); element++)
        {
            string permute = precision == Precision.Single
                ? $"Avx512F.Permute4x32(v, 0x{(element * 0x55).ToString("X2", CultureInfo.InvariantCulture)})"
                : $"Avx512F.Permute2x64(v, {(element == 0 ? "0x00" : "0xFF")})";
            string at = CSharpLiteral.Of(element);
            writer.Line($"{Unit.Inlined} public static {type} Element{at}({type} v) => Avx512F.IsSupported ? {permute} : Vector512.Create(Vector512.GetElement(v, {at}));");
        }
    }
}
