using System;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// The heart of every matrix product: c[m, v] = start + Σₖ a[m, k]·b[k, v] for a few rows m and vectors v, all sums in registers.
/// Each step of k loads the vectors of b once and broadcasts one element of a per row.
/// </summary>
/// <param name="Rows">Rows of c.</param>
/// <param name="Vectors">Vectors per row of c.</param>
/// <param name="RowStep">Elements from one row of a to the next.</param>
/// <param name="DepthStep">Elements of a from one k to the next.</param>
/// <param name="PanelStep">Elements of b from one k to the next.</param>
/// <param name="Depth">How many k: a number or a variable.</param>
internal sealed record RegisterTile(int Rows, int Vectors, int RowStep, int DepthStep, int PanelStep, string Depth)
{
    /// <summary>A tile of one row sums even and odd k apart, so that enough independent sums are under way.</summary>
    public int Splits { get; init; } = 1;

    public static string Sum(int row, int vector) => "c" + CSharpLiteral.Of(row) + CSharpLiteral.Of(vector);

    /// <summary>Writes the sums into locals c00, c01, c10, …</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="a">Advanced by this code: a local of the method.</param>
    /// <param name="b">Advanced by this code: a local of the method.</param>
    /// <param name="start">The first value of each sum of a vector, or null for zero.</param>
    public void WriteSums(CSharpWriter writer, KernelContext context, Pointer a, Pointer b, Func<int, string>? start)
    {
        Dialect dialect = context.Dialect;
        for (int v = 0; v < Vectors; v++)
        {
            string name = Sum(0, v);
            writer.Line($"var {name} = {(start is null ? dialect.Zero : start(v))};");
        }

        for (int row = 1; row < Rows; row++)
            writer.Line(string.Join(" ", Enumerable.Range(0, Vectors).Select(v => $"var {Sum(row, v)} = {Sum(0, v)};")));
        if (Splits > 1 && int.TryParse(Depth, out int depth))
            WriteSplitLoop(writer, context, a, b, depth);
        else
            WriteLoop(writer, context, a, b);
    }

    private void WriteLoop(CSharpWriter writer, KernelContext context, Pointer a, Pointer b)
    {
        using (writer.Open($"for (int k = {Depth}; k > 0; k--)"))
        {
            WriteStep(writer, context, a, b, "0", "0", (row, vector) => Sum(row, vector), "a");
            context.Dialect.Advance(writer, a, CSharpLiteral.Of(DepthStep));
            context.Dialect.Advance(writer, b, CSharpLiteral.Of(PanelStep));
        }
    }

    /// <summary>Several k per turn, each into sums of its own; what is left over follows one by one.</summary>
    private void WriteSplitLoop(CSharpWriter writer, KernelContext context, Pointer a, Pointer b, int depth)
    {
        Dialect dialect = context.Dialect;
        int turns = depth / Splits;
        if (turns > 0)
        {
            for (int split = 1; split < Splits; split++)
                writer.Line(string.Join(" ", Enumerable.Range(0, Vectors).Select(v => $"var {Part(split, v)} = {dialect.Zero};")));
            using (writer.Open($"for (int k = {CSharpLiteral.Of(turns)}; k > 0; k--)"))
            {
                for (int split = 0; split < Splits; split++)
                {
                    int current = split;
                    WriteStep(
                        writer, context, a, b, CSharpLiteral.Of(split * DepthStep), CSharpLiteral.Of(split * PanelStep), (_, vector) => Part(current, vector), "a" + CSharpLiteral.Of(split));
                }

                dialect.Advance(writer, a, CSharpLiteral.Of(Splits * DepthStep));
                dialect.Advance(writer, b, CSharpLiteral.Of(Splits * PanelStep));
            }

            for (int v = 0; v < Vectors; v++)
                writer.Line($"{Sum(0, v)} = {Tree(0, Splits, v)};");
        }

        for (int rest = 0; rest < depth % Splits; rest++)
            WriteStep(writer, context, a, b, CSharpLiteral.Of(rest * DepthStep), CSharpLiteral.Of(rest * PanelStep), (row, vector) => Sum(row, vector), "r" + CSharpLiteral.Of(rest));
    }

    private static string Part(int split, int vector) => split == 0 ? Sum(0, vector) : "p" + CSharpLiteral.Of(split) + CSharpLiteral.Of(vector);

    private static string Tree(int first, int count, int vector) => count == 1
        ? Part(first, vector)
        : $"({Tree(first, count / 2, vector)} + {Tree(first + (count / 2), count - (count / 2), vector)})";

    private void WriteStep(CSharpWriter writer, KernelContext context, Pointer a, Pointer b, string aOffset, string bOffset, Func<int, int, string> sum, string factorName)
    {
        Dialect dialect = context.Dialect;
        bool usesOnce = Rows == 1;
        if (!usesOnce)
        {
            for (int v = 0; v < Vectors; v++)
                writer.Line($"var b{CSharpLiteral.Of(v)} = {dialect.Load(b, VectorOffset(dialect, bOffset, v))};");
        }

        for (int row = 0; row < Rows; row++)
        {
            string factor = dialect.Broadcast(dialect.At(a, Dialect.Plus(CSharpLiteral.Of(row * RowStep), aOffset)));
            string name = factor;
            string text = string.Empty;
            if (Vectors > 1)
            {
                name = Rows == 1 ? factorName : factorName + CSharpLiteral.Of(row);
                text = $"var {name} = {factor}; ";
            }

            for (int v = 0; v < Vectors; v++)
            {
                string panel = usesOnce ? dialect.Load(b, VectorOffset(dialect, bOffset, v)) : "b" + CSharpLiteral.Of(v);
                text += $"{sum(row, v)} = {dialect.MultiplyAdd(name, panel, sum(row, v), context.Functions)};{(v + 1 < Vectors ? " " : "")}";
            }

            writer.Line(text);
        }
    }

    private static string VectorOffset(Dialect dialect, string offset, int vector) =>
        CSharpLiteral.Of(int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture) + (vector * dialect.Lanes));
}
