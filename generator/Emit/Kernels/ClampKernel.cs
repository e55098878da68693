using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>to = from held between two bounds, or, with saved, from where saved is strictly between them and 0 elsewhere; for whole padded rows at once.</summary>
/// <param name="Minimum">The lower bound, or negative infinity.</param>
/// <param name="Maximum">The upper bound, or infinity.</param>
/// <param name="TakesSaved">Whether this is the derivative.</param>
/// <param name="Stride">Elements per row, padding included.</param>
/// <param name="Line">Elements of a cache line. The last vector may go on behind the rows, but not behind the chunk that they lie in.</param>
internal sealed record ClampKernel(string Name, string Comment, double Minimum, double Maximum, bool TakesSaved, int Stride, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Line;

    public override IReadOnlyList<KernelParameter> Parameters => TakesSaved
        ? [KernelParameter.In("from"), KernelParameter.In("saved"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")]
        : [KernelParameter.In("from"), KernelParameter.Out("to"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string values = dialect.Load(dialect.Received("from"), "i");
        if (TakesSaved)
            values += ", " + dialect.Load(dialect.Received("saved"), "i");
        string bounds = dialect.Broadcast(dialect.Literal(Minimum)) + ", " + dialect.Broadcast(dialect.Literal(Maximum));
        string function = context.Function(TakesSaved ? RangeHelpers.ClampBackward : RangeHelpers.Clamp);
        writer.Line($"for (int i = 0; i < rows * {CSharpLiteral.Of(Stride)}; i += {CSharpLiteral.Of(dialect.Lanes)})");
        writer.Line("    " + dialect.Store(dialect.Received("to"), "i", $"{function}({values}, {bounds})"));
    }
}
