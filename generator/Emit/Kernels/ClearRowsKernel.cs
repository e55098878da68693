using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The first elements of every row become 0.</summary>
/// <param name="Count">How many.</param>
/// <param name="Stride">From one row to the next.</param>
internal sealed record ClearRowsKernel(string Name, string Comment, int Count, int Stride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer to = dialect.Declare(writer, "rowTo", dialect.Received("to"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(Count)}; o++)");
            writer.Line($"    {dialect.At(to, "o")} = 0;");
            dialect.Advance(writer, to, CSharpLiteral.Of(Stride));
        }
    }
}
