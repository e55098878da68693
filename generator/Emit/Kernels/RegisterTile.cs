using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

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
/// <param name="Columns">Where the vectors of one k lie in b.</param>
internal sealed record RegisterTile(int Rows, int Vectors, int RowStep, int DepthStep, int PanelStep, string Depth, ColumnOffsets Columns)
{
    /// <summary>Steps of k that go into sums of their own, added at the end, so that enough independent sums are under way.</summary>
    public int Splits { get; init; } = 1;

    /// <summary>Whether the sums must have the same bits in every form: each begins with zero, or with what it starts from.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The first value of each sum of a row and vector, where rows begin with values of their own.</summary>
    public Func<int, int, string>? StartsAt { get; init; }

    /// <summary>Whether the loop over k is written out; its depth is a number then.</summary>
    public bool Unrolled { get; init; }

    /// <summary>Comes before every local's name.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// Vectors that hold a, as many elements each as the dialect has lanes, for one row written out: an element is spread from its register then. What
    /// they do not hold is broadcast from memory.
    /// </summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>Whether a loop over k loads a vector of a at a time and spreads its elements; for one row, with a's elements side by side.</summary>
    public bool Spreads { get; init; }

    public string Sum(int row, int vector) => Prefix + "c" + CSharpLiteral.Of(row) + CSharpLiteral.Of(vector);

    /// <summary>Writes the sums into locals c00, c01, c10, …</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="dialect">The vectors to use, no wider than a panel.</param>
    /// <param name="a">Advanced by this code unless unrolled: a local of the method.</param>
    /// <param name="b">Likewise.</param>
    /// <param name="start">The first value of each sum of a vector, or null for zero.</param>
    public void WriteSums(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer b, Func<int, string>? start)
    {
        for (int v = 0; v < Vectors; v++)
            writer.Line($"var {Sum(0, v)} = {StartsAt?.Invoke(0, v) ?? (start is null ? dialect.Zero : start(v))};");
        for (int row = 1; row < Rows; row++)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, Vectors).Select(v =>
                $"var {Sum(row, v)} = {StartsAt?.Invoke(row, v) ?? (start is null ? dialect.Zero : Sum(0, v))};")));
        }

        if (int.TryParse(Depth, NumberStyles.None, CultureInfo.InvariantCulture, out int depth))
            WriteCounted(writer, context, dialect, a, b, depth);
        else
            WriteLoop(writer, context, dialect, a, b, Depth, 1);
    }

    private void WriteCounted(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer b, int depth)
    {
        int splits = IsOrdered ? Splits : Math.Min(Splits, depth);
        // Written out, a sum can begin with its first product; a loop needs a zero to add to.
        for (int split = 1; split < splits && (!Unrolled || IsOrdered); split++)
            writer.Line(string.Join(" ", Enumerable.Range(0, Vectors).Select(v => $"var {Part(split, 0, v)} = {dialect.Zero};")));
        int done = 0;
        if (!Unrolled && Spreads && depth >= dialect.Lanes)
        {
            WriteSpreadingLoop(writer, context, dialect, a, b, depth / dialect.Lanes, splits);
            done = depth / dialect.Lanes * dialect.Lanes;
        }
        else if (!Unrolled && depth / splits > 0)
        {
            WriteLoop(writer, context, dialect, a, b, CSharpLiteral.Of(depth / splits), splits);
            done = depth / splits * splits;
        }

        // What the loop left, or everything: the pointers have moved past what is done.
        for (int k = done; k < depth; k++)
            WriteStep(writer, context, dialect, a, b, k - done, k % splits, "k" + CSharpLiteral.Of(k));
        for (int v = 0; v < Vectors && splits > 1; v++)
            writer.Line($"{Sum(0, v)} = {Tree(0, splits, v)};");
    }

    private void WriteLoop(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer b, string turns, int splits)
    {
        using (writer.Open($"for (int k = {turns}; k > 0; k--)"))
        {
            for (int split = 0; split < splits; split++)
                WriteStep(writer, context, dialect, a, b, split, split, splits > 1 ? "k" + CSharpLiteral.Of(split) : "k");
            dialect.Advance(writer, a, CSharpLiteral.Of(splits * DepthStep));
            dialect.Advance(writer, b, CSharpLiteral.Of(splits * PanelStep));
        }
    }

    private void WriteSpreadingLoop(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer b, int turns, int splits)
    {
        RegisterTile turn = this with { Held = [Prefix + "x"] };
        using (writer.Open($"for (int k = {CSharpLiteral.Of(turns)}; k > 0; k--)"))
        {
            writer.Line($"var {turn.Held[0]} = {dialect.Load(a)};");
            for (int k = 0; k < dialect.Lanes; k++)
                turn.WriteStep(writer, context, dialect, a, b, k, k % splits, "k" + CSharpLiteral.Of(k));
            dialect.Advance(writer, a, CSharpLiteral.Of(dialect.Lanes));
            dialect.Advance(writer, b, CSharpLiteral.Of(dialect.Lanes * PanelStep));
        }
    }

    private string Part(int split, int row, int vector) => split == 0 ? Sum(row, vector) : Prefix + "p" + CSharpLiteral.Of(split) + CSharpLiteral.Of(vector);

    private string Tree(int first, int count, int vector) => count == 1
        ? Part(first, 0, vector)
        : $"({Tree(first, count / 2, vector)} + {Tree(first + (count / 2), count - (count / 2), vector)})";

    /// <summary>One k: <paramref name="k"/> steps behind where the pointers stand.</summary>
    private void WriteStep(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer b, int k, int split, string step)
    {
        // A vector of b that one row uses is an operand of the multiplication; one that several use is loaded first.
        bool loads = Rows > 1;
        if (loads)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, Vectors).Select(v =>
                $"var b{CSharpLiteral.Of(v)} = {dialect.Load(b, CSharpLiteral.Of((k * PanelStep) + Columns.Of(v * dialect.Lanes)))};")));
        }

        for (int row = 0; row < Rows; row++)
        {
            string factor = k < Held.Count * dialect.Lanes
                ? SpreadElements.Write(writer, context, dialect, Held[k / dialect.Lanes], k, Prefix + "q")
                : dialect.Broadcast(dialect.At(a, CSharpLiteral.Of((row * RowStep) + (k * DepthStep))));
            string text = string.Empty;
            if (Vectors > 1)
            {
                string name = Prefix + (Rows > 1 ? "a" + CSharpLiteral.Of(row) : "f" + step);
                text = $"var {name} = {factor}; ";
                factor = name;
            }

            text += string.Join(" ", Enumerable.Range(0, Vectors).Select(v =>
            {
                string panel = loads ? "b" + CSharpLiteral.Of(v) : dialect.Load(b, CSharpLiteral.Of((k * PanelStep) + Columns.Of(v * dialect.Lanes)));
                string sum = Part(split, row, v);
                return Unrolled && !IsOrdered && split > 0 && k < Splits
                    ? $"var {sum} = {factor} * {panel};"
                    : $"{sum} = {dialect.MultiplyAdd(factor, panel, sum, context.Functions)};";
            }));
            writer.Line(text);
        }
    }
}

/// <summary>Where column c of a row lies: columns of one panel together, panels <paramref name="PanelDistance"/> apart.</summary>
internal readonly record struct ColumnOffsets(int Panel, int PanelDistance)
{
    /// <summary>A plain row.</summary>
    public static ColumnOffsets Contiguous => new(1, 1);

    public int Of(int column) => (column / Panel * PanelDistance) + (column % Panel);

    /// <summary>The same as text, for a variable.</summary>
    /// <param name="column">The variable.</param>
    /// <param name="step">What it is always a multiple of.</param>
    /// <param name="columns">Columns in all: one panel needs no arithmetic.</param>
    public string Of(string column, int step, int columns)
    {
        if (columns == Panel)
            return column;
        if (step % Panel == 0)
            return Dialect.Times(column, PanelDistance / Panel);
        string panel = CSharpLiteral.Of(Panel);
        return $"{column} / {panel} * {CSharpLiteral.Of(PanelDistance)} + {column} % {panel}";
    }
}
