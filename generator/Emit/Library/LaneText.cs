using System;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>What crosses the lanes of a vector: sums over them, and one element in all of them.</summary>
internal static class LaneText
{
    /// <summary>The sums over the lanes of as many vectors as 128 bits have elements.</summary>
    public static void WriteSums(CSharpWriter writer, Precision precision, int bits)
    {
        if (bits > 128)
            WriteFold(writer, precision, bits);
        else
            WritePairs(writer, precision);
    }

    private static string Element(Precision precision) => precision == Precision.Single ? "float" : "double";

    private static string Parameters(Precision precision, int bits) =>
        string.Join(", ", Names(precision).Select(name => $"Vector{CSharpLiteral.Of(bits)}<{Element(precision)}> {name}"));

    public static string[] Names(Precision precision) => precision == Precision.Single ? ["a", "b", "c", "d"] : ["a", "b"];

    /// <summary>x86: the vectors interleave within each 128 bits first, so that only one vector has to be folded.</summary>
    private static void WriteFold(CSharpWriter writer, Precision precision, int bits)
    {
        string isa = bits == 512 ? "Avx512F" : "Avx", vector = "Vector" + CSharpLiteral.Of(bits);
        writer.Line("// The sums over lanes, side by side: the upper half onto the lower, until 128 bits are left.");
        using (writer.Open($"{Unit.Inlined} public static Vector128<{Element(precision)}> Sums({Parameters(precision, bits)})"))
        {
            string arguments = string.Join(", ", Names(precision).Select(name => $"{vector}.GetLower({name}) + {vector}.GetUpper({name})"));
            writer.Line($"if (!{isa}.IsSupported)");
            writer.Line($"    return {WidthText.NameOf(bits / 2)}.Sums({arguments});");
            string sums = $"{isa}.UnpackLow(a, b) + {isa}.UnpackHigh(a, b)";
            if (precision == Precision.Single)
            {
                writer.Line($"var ab = {sums};");
                writer.Line($"var cd = {isa}.UnpackLow(c, d) + {isa}.UnpackHigh(c, d);");
                sums = $"{isa}.Shuffle(ab, cd, 0x44) + {isa}.Shuffle(ab, cd, 0xEE)";
            }

            writer.Line($"var sums = {sums};");
            writer.Line($"return {Folded(writer, "sums", bits)};");
        }
    }

    /// <summary>Writes all but the last of the additions of an upper half to a lower one.</summary>
    private static string Folded(CSharpWriter writer, string sums, int bits)
    {
        for (; bits > 256; bits /= 2)
        {
            writer.Line($"var half = Vector{bits}.GetLower({sums}) + Vector{bits}.GetUpper({sums});");
            sums = "half";
        }

        return bits == 128 ? sums : $"Vector256.GetLower({sums}) + Vector256.GetUpper({sums})";
    }

    private static void WritePairs(CSharpWriter writer, Precision precision)
    {
        writer.Line("// The sums over lanes, side by side: neighbors pairwise, where the processor has an instruction for it.");
        bool isSingle = precision == Precision.Single;
        string pairs(string add) => isSingle ? $"{add}({add}(a, b), {add}(c, d))" : $"{add}(a, b)";
        writer.Line($"{Unit.Inlined} public static Vector128<{Element(precision)}> Sums({Parameters(precision, 128)}) =>");
        writer.Line($"    Sse3.IsSupported ? {pairs("Sse3.HorizontalAdd")}");
        writer.Line($"    : AdvSimd.Arm64.IsSupported ? {pairs("AdvSimd.Arm64.AddPairwise")}");
        string sum(string name) => isSingle ? $"{name}[0] + {name}[1] + ({name}[2] + {name}[3])" : $"{name}[0] + {name}[1]";
        writer.Line($"    : Vector128.Create({string.Join(", ", Names(precision).Select(sum))});");
    }

    /// <summary>The sum over all lanes of a vector.</summary>
    public static void WriteTotal(CSharpWriter writer, Precision precision, int bits)
    {
        writer.Line("// The sum over all lanes, in every lane: halves added up, then neighbors swapped and added.");
        using (writer.Open($"{Unit.Inlined} public static Vector128<{Element(precision)}> Total(Vector{CSharpLiteral.Of(bits)}<{Element(precision)}> a)"))
        {
            string sums = Folded(writer, "a", bits);
            if (bits > 128)
            {
                writer.Line($"var sums = {sums};");
                sums = "sums";
            }

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
    public static void WriteSpread(CSharpWriter writer, Precision precision, Func<string, bool> has)
    {
        string type = $"Vector512<{Element(precision)}>";
        for (int quarter = 0; quarter < 4; quarter++)
        {
            string name = "Quarter" + CSharpLiteral.Of(quarter);
            if (!has(name))
                continue;
            string control = "0x" + string.Concat(Enumerable.Repeat(((quarter * 5) & 15).ToString("X", CultureInfo.InvariantCulture), 2));
            writer.Line($"// 128 bits of a vector, four times: number {CSharpLiteral.Of(quarter)}.");
            writer.Line($"{Unit.Inlined} public static {type} {name}({type} v) => Avx512F.Shuffle4x128(v, v, {control});");
        }

        for (int element = 0; element < (precision == Precision.Single ? 4 : 2); element++)
        {
            string at = CSharpLiteral.Of(element), name = "Element" + at;
            if (!has(name))
                continue;
            string permute = precision == Precision.Single
                ? $"Avx512F.Permute4x32(v, 0x{(element * 0x55).ToString("X2", CultureInfo.InvariantCulture)})"
                : $"Avx512F.Permute2x64(v, {(element == 0 ? "0x00" : "0xFF")})";
            writer.Line($"// Element {at} of each 128 bits in all of them.");
            writer.Line($"{Unit.Inlined} public static {type} {name}({type} v) => {permute};");
        }
    }
}
