using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The sums over the lanes of several vectors, together in one vector of 128 bits.</summary>
internal static class HorizontalSums
{
    /// <summary>Makes the method part of the class: as many vectors of the dialect as 128 bits have elements.</summary>
    /// <returns>Its name.</returns>
    public static string Require(KernelContext context, Dialect dialect)
    {
        NumericTarget target = dialect.Target;
        if (target.VectorBits > 128)
        {
            context.Request($"Sums{target.VectorBits}", writer => WriteFold(writer, context, target));
            Require(context, dialect.Within(target.IsSingle ? 4 : 2));
        }
        else
        {
            context.Request("Sums128", writer => WriteSums(writer, target));
        }

        return "Sums";
    }

    /// <summary>Makes the method part of the class that sums over the lanes of one vector and leaves the total in every lane of 128 bits.</summary>
    /// <returns>Its name.</returns>
    public static string RequireTotal(KernelContext context, Dialect dialect)
    {
        context.Request("Total" + CSharpLiteral.Of(dialect.Target.VectorBits), writer => WriteTotal(writer, dialect.Target));
        return "Total";
    }

    private static void WriteTotal(CSharpWriter writer, NumericTarget target)
    {
        string element = target.ElementName, order = target.IsSingle ? string.Empty : "L";
        writer.Line("// The sum over all lanes, in every lane: halves added up, then neighbours swapped and added.");
        Inline(writer);
        using (writer.Open($"private static Vector128<{element}> Total({target.TypeName} a)"))
        {
            string sums = "a";
            for (int bits = target.VectorBits; bits > 128; bits /= 2)
            {
                string type = "Vector" + CSharpLiteral.Of(bits), half = "half" + CSharpLiteral.Of(bits / 2);
                writer.Line($"var {half} = {type}.GetLower({sums}) + {type}.GetUpper({sums});");
                sums = half;
            }

            if (target.IsSingle)
            {
                writer.Line($"var pairs = {sums} + Vector128.Shuffle({sums}, Vector128.Create(2, 3, 0, 1));");
                writer.Line("return pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2));");
                return;
            }

            writer.Line($"return {sums} + Vector128.Shuffle({sums}, Vector128.Create(1{order}, 0{order}));");
        }
    }

    private static void WriteFold(CSharpWriter writer, KernelContext context, NumericTarget target)
    {
        string half = $"Vector{CSharpLiteral.Of(target.VectorBits / 2)}";
        string[] names = target.IsSingle ? ["a", "b", "c", "d"] : ["a", "b"];
        writer.Line("// The upper half onto the lower, until 128 bits are left.");
        Inline(writer);
        using (writer.Open($"private static Vector128<{target.ElementName}> Sums({Parameters(target.TypeName, names)})"))
        {
            WriteLanewise(writer, target);
            string arguments = string.Join(", ", System.Array.ConvertAll(names, name => $"{target.ClassName}.GetLower({name}) + {target.ClassName}.GetUpper({name})"));
            writer.Line($"return Sums({arguments});");
        }

        if (target.VectorBits == 512)
            context.Request("Sums256", methods => WriteFold(methods, context, target with { VectorBits = 256 }));
    }

    /// <summary>x86: the vectors interleave within each 128 bits first, so that only one vector has to be folded.</summary>
    private static void WriteLanewise(CSharpWriter writer, NumericTarget target)
    {
        string isa = target.VectorBits == 512 ? "Avx512F" : "Avx";
        using (writer.Open($"if ({isa}.IsSupported)"))
        {
            writer.Line($"var ab = {isa}.UnpackLow(a, b) + {isa}.UnpackHigh(a, b);");
            if (target.IsSingle)
            {
                writer.Line($"var cd = {isa}.UnpackLow(c, d) + {isa}.UnpackHigh(c, d);");
                writer.Line($"ab = {isa}.Shuffle(ab, cd, 0x44) + {isa}.Shuffle(ab, cd, 0xEE);");
            }

            string sums = "ab";
            for (int bits = target.VectorBits; bits > 128; bits /= 2)
            {
                string type = "Vector" + CSharpLiteral.Of(bits);
                writer.Line($"var half{CSharpLiteral.Of(bits / 2)} = {type}.GetLower({sums}) + {type}.GetUpper({sums});");
                sums = "half" + CSharpLiteral.Of(bits / 2);
            }

            writer.Line($"return {sums};");
        }
    }

    private static void WriteSums(CSharpWriter writer, NumericTarget target)
    {
        string[] names = target.IsSingle ? ["a", "b", "c", "d"] : ["a", "b"];
        writer.Line("// Sums of neighbouring lanes, pairwise, where the processor has an instruction for it.");
        Inline(writer);
        using (writer.Open($"private static Vector128<{target.ElementName}> Sums({Parameters(target.TypeName, names)})"))
        {
            foreach ((string isa, string add) in new[] { ("Sse3", "Sse3.HorizontalAdd"), ("AdvSimd.Arm64", "AdvSimd.Arm64.AddPairwise") })
            {
                writer.Line($"if ({isa}.IsSupported)");
                writer.Line(target.IsSingle ? $"    return {add}({add}(a, b), {add}(c, d));" : $"    return {add}(a, b);");
            }

            string sums = string.Join(", ", System.Array.ConvertAll(names, name => $"Vector128.Sum({name})"));
            writer.Line($"return Vector128.Create({sums});");
        }
    }

    private static void Inline(CSharpWriter writer) => writer.Line(
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");

    private static string Parameters(string type, string[] names) => string.Join(", ", System.Array.ConvertAll(names, name => $"{type} {name}"));
}
