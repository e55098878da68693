using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Copies rows of one stride into rows of another, and fills the padding of the target with zeros.</summary>
internal sealed record CopyRowsKernel(string Name, string Comment, int Width, int FromStride, int ToStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer from = dialect.Declare(writer, "rowFrom", dialect.Received("from"));
        Pointer to = dialect.Declare(writer, "rowTo", dialect.Received("to"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(Width)}; o++)");
            writer.Line($"    {dialect.At(to, "o")} = {dialect.At(from, "o")};");
            if (ToStride > Width)
            {
                writer.Line($"for (int o = {CSharpLiteral.Of(Width)}; o < {CSharpLiteral.Of(ToStride)}; o++)");
                writer.Line($"    {dialect.At(to, "o")} = 0;");
            }

            dialect.Advance(writer, from, CSharpLiteral.Of(FromStride));
            dialect.Advance(writer, to, CSharpLiteral.Of(ToStride));
        }
    }
}
