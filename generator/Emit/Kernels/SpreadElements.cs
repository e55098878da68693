using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// One element of a register in every lane of another, without memory: its 128 bits everywhere first, which serves all elements there, then itself.
/// </summary>
/// <remarks>
/// A processor with vectors of 512 bits loads two of them a cycle and multiplies two. Where each weight is used once, broadcasts from memory would take
/// loads away from the weights; shuffles run beside them. Narrower vectors have loads to spare.
/// </remarks>
internal static class SpreadElements
{
    public static bool Pays(Dialect dialect) => dialect.Target.VectorBits == 512;

    /// <summary>Writes what elements share, before the first of them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="dialect">Of 512 bits.</param>
    /// <param name="vector">The local that holds the element.</param>
    /// <param name="k">Which element this is of all that are spread, one after the other; vectors hold a dialect's lanes of them.</param>
    /// <param name="prefix">Begins the names of the locals that elements share.</param>
    /// <returns>An expression for the element in every lane.</returns>
    public static string Write(CSharpWriter writer, KernelContext context, Dialect dialect, string vector, int k, string prefix)
    {
        int each = Elements(dialect.Target);
        string shared = prefix + CSharpLiteral.Of(k - (k % each));
        if (k % each == 0)
            writer.Line($"var {shared} = {Quarter(context, dialect, k % dialect.Lanes / each)}({vector});");
        return $"{Element(context, dialect, k % each)}({shared})";
    }

    private static int Elements(NumericTarget target) => target.IsSingle ? 4 : 2;

    private static string Quarter(KernelContext context, Dialect dialect, int quarter)
    {
        string name = "Quarter" + CSharpLiteral.Of(quarter);
        context.Request(name, writer =>
        {
            string type = dialect.Target.TypeName;
            string control = "0x" + string.Concat(Enumerable.Repeat(((quarter * 5) & 15).ToString("X", System.Globalization.CultureInfo.InvariantCulture), 2));
            string half = $"Vector512.Get{(quarter < 2 ? "Lower" : "Upper")}(v)";
            writer.Line($"// 128 bits of a vector, four times.");
            Inline(writer);
            using (writer.Open($"private static {type} {name}({type} v)"))
            {
                writer.Line("if (Avx512F.IsSupported)");
                writer.Line($"    return Avx512F.Shuffle4x128(v, v, {control});");
                writer.Line($"var quarter = Vector256.Get{(quarter % 2 == 0 ? "Lower" : "Upper")}({half});");
                writer.Line("var two = Vector256.Create(quarter, quarter);");
                writer.Line("return Vector512.Create(two, two);");
            }
        });
        return name;
    }

    private static string Element(KernelContext context, Dialect dialect, int element)
    {
        string name = "Element" + CSharpLiteral.Of(element);
        context.Request(name, writer =>
        {
            string type = dialect.Target.TypeName;
            string permute = dialect.Target.IsSingle
                ? $"Avx512F.Permute4x32(v, 0x{(element * 0x55).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)})"
                : $"Avx512F.Permute2x64(v, {(element == 0 ? "0x00" : "0xFF")})";
            writer.Line("// One element of each 128 bits in all of them.");
            Inline(writer);
            writer.Line($"private static {type} {name}({type} v) => Avx512F.IsSupported ? {permute} : Vector512.Create(Vector512.GetElement(v, {CSharpLiteral.Of(element)}));");
        });
        return name;
    }

    private static void Inline(CSharpWriter writer) => writer.Line(
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
}
