using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Puts a border of zeros around the rows of a value, or takes one away. Padding is set to zero.</summary>
/// <param name="From">Rows and elements of a row of what is read, and from one sample to the next.</param>
/// <param name="To">The same of what is written.</param>
/// <param name="Top">Rows above what is read; negative where they are taken away.</param>
/// <param name="Left">Elements in front of it.</param>
internal sealed record FrameKernel(string Name, string Comment, (int Rows, int Width, int Stride) From, (int Rows, int Width, int Stride) To, int Top, int Left) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer from = dialect.Received("from"), to = dialect.Received("to");
        int first = Math.Max(0, Left), last = Math.Min(To.Width, Left + From.Width), top = Math.Max(0, Top), bottom = Math.Min(To.Rows, Top + From.Rows);
        using (writer.Open("for (int row = 0; row < rows; row++)"))
        {
            writer.Line($"int toRow = row * {N(To.Stride)};");
            if (top > 0 || bottom < To.Rows || first > 0 || last < To.Width || To.Stride > To.Rows * To.Width)
            {
                writer.Line($"for (int i = 0; i < {N(To.Stride)}; i++)");
                writer.Line($"    {dialect.At(to, "toRow + i")} = 0;");
            }

            using (writer.Open($"for (int r = {N(top)}; r < {N(bottom)}; r++)"))
            {
                writer.Line($"int source = {PatchKernel.Sum(PatchKernel.Times("row", From.Stride), $"(r{Signed(-Top)}) * {N(From.Width)}", N(-Left))}, target = toRow + r * {N(To.Width)};");
                writer.Line($"for (int i = {N(first)}; i < {N(last)}; i++)");
                writer.Line($"    {dialect.At(to, "target + i")} = {dialect.At(from, "source + i")};");
            }
        }
    }

    private static string Signed(int number) => number == 0 ? string.Empty : number < 0 ? $" - {N(-number)}" : $" + {N(number)}";

    private static string N(int number) => CSharpLiteral.Of(number);
}
