using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y = a + b or a·b for whole padded rows at once.</summary>
/// <param name="Operator">Which of them.</param>
/// <param name="Stride">Elements per row, padding included.</param>
/// <param name="Line">Elements of a cache line. The last vector may go on behind the rows, but not behind the chunk that they lie in.</param>
internal sealed record PairRowsKernel(string Name, string Comment, char Operator, int Stride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Line;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("a"), KernelParameter.In("b"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string result = $"{dialect.Load(dialect.Received("a"), "i")} {Operator} {dialect.Load(dialect.Received("b"), "i")}";
        writer.Line($"for (int i = 0; i < rows * {CSharpLiteral.Of(Stride)}; i += {CSharpLiteral.Of(dialect.Lanes)})");
        writer.Line("    " + dialect.Store(dialect.Received("y"), "i", result));
    }
}
