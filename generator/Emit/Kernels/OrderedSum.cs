using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// Σ of a row where every profile and width must give the same bits: element o goes into sum o mod 4, and the sums are added pairwise. The text
/// that networks of an assembly share says the same as <c>RowSum</c>.
/// </summary>
internal static class OrderedSum
{
    /// <summary>Writes the statements; the result is added to, or becomes, <paramref name="target"/>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="row">The elements.</param>
    /// <param name="width">How many.</param>
    /// <param name="target">"loss +=".</param>
    public static void Write(CSharpWriter writer, KernelContext context, Pointer row, int width, string target)
    {
        Dialect dialect = context.Dialect;
        if (context.Use is { } use)
        {
            writer.Line($"{target} {use.Unit(Library.RowUnits.RowSum)}({dialect.Argument(row)}, {CSharpLiteral.Of(width)});");
            return;
        }

        using (writer.Open())
        {
            writer.Line("// Element o goes into sum o mod 4, in this order everywhere.");
            writer.Line($"{dialect.Element} {string.Join(", ", Enumerable.Range(0, Machine.RowSums).Select(sum => $"sum{CSharpLiteral.Of(sum)} = 0"))};");
            int whole = width / Machine.RowSums * Machine.RowSums;
            if (whole > 0)
            {
                using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(whole)}; o += {CSharpLiteral.Of(Machine.RowSums)})"))
                {
                    for (int sum = 0; sum < Machine.RowSums; sum++)
                        writer.Line($"sum{CSharpLiteral.Of(sum)} += {dialect.At(row, Dialect.Plus("o", CSharpLiteral.Of(sum)))};");
                }
            }

            for (int o = whole; o < width; o++)
                writer.Line($"sum{CSharpLiteral.Of(o - whole)} += {dialect.At(row, CSharpLiteral.Of(o))};");
            writer.Line($"{target} sum0 + sum1 + (sum2 + sum3);");
        }
    }
}
