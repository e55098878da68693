using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>to = f(from), or to = f(from, saved), for whole padded rows at once.</summary>
/// <param name="Function">The helper f.</param>
/// <param name="TakesSaved">Whether f takes a second operand of the same shape.</param>
/// <param name="Stride">Elements per row, padding included.</param>
/// <param name="Line">Elements of a cache line. The last vector may go on behind the rows, but not behind the chunk that they lie in.</param>
internal sealed record MapKernel(string Name, string Comment, string Function, bool TakesSaved, int Stride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Line;

    public override IReadOnlyList<KernelParameter> Parameters => TakesSaved
        ? [KernelParameter.In("from"), KernelParameter.In("saved"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")]
        : [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string arguments = dialect.Load(dialect.Received("from"), "i");
        if (TakesSaved)
            arguments += ", " + dialect.Load(dialect.Received("saved"), "i");
        writer.Line($"for (int i = 0; i < rows * {CSharpLiteral.Of(Stride)}; i += {CSharpLiteral.Of(dialect.Lanes)})");
        writer.Line("    " + dialect.Store(dialect.Received("to"), "i", $"{context.Function(Function)}({arguments})"));
    }
}
