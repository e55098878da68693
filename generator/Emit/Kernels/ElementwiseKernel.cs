using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Each element of to from the same one of from, and of saved where it takes that; for whole padded rows at once.</summary>
/// <param name="TakesSaved">Whether there is a second operand of the same shape.</param>
/// <param name="Stride">Elements per row, padding included.</param>
/// <param name="Line">Elements of a cache line. The last vector may go on behind the rows, but not behind the chunk that they lie in.</param>
internal abstract record ElementwiseKernel(string Name, string Comment, bool TakesSaved, int Stride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Line;

    public override IReadOnlyList<KernelParameter> Parameters => TakesSaved
        ? [KernelParameter.In("from"), KernelParameter.In("saved"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")]
        : [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string operands = dialect.Load(dialect.Received("from"), "i");
        if (TakesSaved)
            operands += ", " + dialect.Load(dialect.Received("saved"), "i");
        writer.Line($"for (int i = 0; i < rows * {CSharpLiteral.Of(Stride)}; i += {CSharpLiteral.Of(dialect.Lanes)})");
        writer.Line("    " + dialect.Store(dialect.Received("to"), "i", Value(context, operands)));
    }

    /// <summary>The expression for a vector of results.</summary>
    /// <param name="context">The kernel class.</param>
    /// <param name="operands">A vector of from, and one of saved, as arguments.</param>
    protected abstract string Value(KernelContext context, string operands);
}
