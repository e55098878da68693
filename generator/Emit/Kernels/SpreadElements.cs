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
            writer.Line($"var {shared} = {context.Use!.Member($"W512.Quarter{CSharpLiteral.Of(k % dialect.Lanes / each)}")}({vector});");
        return $"{context.Use!.Member($"W512.Element{CSharpLiteral.Of(k % each)}")}({shared})";
    }

    private static int Elements(NumericTarget target) => target.IsSingle ? 4 : 2;
}
