using System;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The sums over the lanes of several vectors, together in one vector of 128 bits: members of the shared W.</summary>
internal static class HorizontalSums
{
    /// <returns>The method that takes as many vectors of the dialect as 128 bits have elements.</returns>
    public static string Require(KernelContext context, Dialect dialect) => context.Use is null
        ? throw new NotSupportedException("A single element has no lanes.")
        : context.Use.Member(WidthText.NameOf(dialect.Target.VectorBits) + ".Sums");

    /// <returns>The method that sums over the lanes of one vector and leaves the total in every lane of 128 bits.</returns>
    public static string RequireTotal(KernelContext context, Dialect dialect) =>
        context.Use!.Member(WidthText.NameOf(dialect.Target.VectorBits) + ".Total");
}
