using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Some columns of every row of a value become columns of another. The last part of a target sets its padding to zero.</summary>
/// <param name="From">Where they start, from one row to the next, and from one sample to the next.</param>
/// <param name="To">The same of the target.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="Count">Rows of one sample.</param>
/// <param name="Tail">Elements behind a sample of the target that become zero; 0 for none.</param>
internal sealed record CopyPartsKernel(string Name, string Comment, PartPlace From, PartPlace To, int Columns, int Count, int Tail) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer from = dialect.Received("from"), to = dialect.Received("to");
        using (writer.Open("for (int row = 0; row < rows; row++)"))
        {
            writer.Line($"int fromRow = row * {CSharpLiteral.Of(From.Stride)} + {CSharpLiteral.Of(From.Offset)}, toRow = row * {CSharpLiteral.Of(To.Stride)} + {CSharpLiteral.Of(To.Offset)};");
            using (writer.Open($"for (int n = 0; n < {CSharpLiteral.Of(Count)}; n++)"))
            {
                writer.Line($"for (int c = 0; c < {CSharpLiteral.Of(Columns)}; c++)");
                writer.Line($"    {dialect.At(to, "toRow + c")} = {dialect.At(from, "fromRow + c")};");
                writer.Line($"fromRow += {CSharpLiteral.Of(From.Step)};");
                writer.Line($"toRow += {CSharpLiteral.Of(To.Step)};");
            }

            if (Tail > 0)
            {
                writer.Line($"for (int c = 0; c < {CSharpLiteral.Of(Tail)}; c++)");
                writer.Line($"    {dialect.At(to, $"toRow - {CSharpLiteral.Of(To.Offset)} + c")} = 0;");
            }
        }
    }
}

/// <summary>A part of each row of a value.</summary>
/// <param name="Offset">Its first column.</param>
/// <param name="Step">Elements from one row to the next.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
internal readonly record struct PartPlace(int Offset, int Step, int Stride);
