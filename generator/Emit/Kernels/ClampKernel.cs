using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions.Helpers;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>to = from held between two bounds, or, with saved, from where saved is strictly between them and 0 elsewhere; for whole padded rows at once.</summary>
/// <param name="Minimum">The lower bound, or negative infinity.</param>
/// <param name="Maximum">The upper bound, or infinity.</param>
internal sealed record ClampKernel(string Name, string Comment, double Minimum, double Maximum, bool TakesSaved, int Stride, int Line)
    : ElementwiseKernel(Name, Comment, TakesSaved, Stride, Line)
{
    protected override string Value(KernelContext context, string operands)
    {
        Dialect dialect = context.Dialect;
        string function = context.Function(TakesSaved ? RangeHelpers.ClampBackward : RangeHelpers.Clamp);
        return $"{function}({operands}, {dialect.Broadcast(dialect.Literal(Minimum))}, {dialect.Broadcast(dialect.Literal(Maximum))})";
    }
}
