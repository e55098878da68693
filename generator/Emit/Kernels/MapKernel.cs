namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>to = f(from), or to = f(from, saved), for whole padded rows at once.</summary>
/// <param name="Function">The helper f.</param>
internal sealed record MapKernel(string Name, string Comment, string Function, bool TakesSaved, int Stride, int Line)
    : ElementwiseKernel(Name, Comment, TakesSaved, Stride, Line)
{
    protected override string Value(KernelContext context, string operands) => $"{context.Function(Function)}({operands})";
}
