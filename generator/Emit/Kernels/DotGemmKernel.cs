using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>c = f(a·W + b) for any number of rows and few outputs, weights by output: dot products of padded rows.</summary>
/// <param name="AStride">Elements from one row of a to the next, padding included.</param>
/// <param name="CStride">The same for c.</param>
/// <param name="Function">The helper f, or null.</param>
internal sealed record DotGemmKernel(string Name, string Comment, DenseWeights Weights, int AStride, int CStride, string? Function) : Kernel(Name, Comment)
{
    /// <summary>Vectors of a row up to which its loop is written out.</summary>
    private const int HeldVectors = 4;

    public override int MaximumLanes => Weights.InputPanel;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("a"), KernelParameter.In("b"), KernelParameter.Out("c"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer a = dialect.Declare(writer, "rowA", dialect.Received("a"));
        Pointer c = dialect.Declare(writer, "rowC", dialect.Received("c"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            int vectors = Weights.InputStride / dialect.Lanes;
            string[]? inputs = null;
            if (dialect.Lanes > 1 && vectors <= HeldVectors)
            {
                inputs = [.. Enumerable.Range(0, vectors).Select(v => "h" + CSharpLiteral.Of(v))];
                for (int v = 0; v < vectors; v++)
                    writer.Line($"var {inputs[v]} = {dialect.Load(a, CSharpLiteral.Of(v * dialect.Lanes))};");
            }

            DotProducts.Write(writer, context, dialect, Weights, inputs, a, dialect.Received("b"), string.Empty, (first, _, lanes, value) =>
            {
                if (Function is not null)
                    value = $"{context.Functions.Require(lanes.Target, Function)}({value})";
                writer.Line(lanes.Store(c, CSharpLiteral.Of(first), value));
            });
            dialect.Advance(writer, a, CSharpLiteral.Of(AStride));
            dialect.Advance(writer, c, CSharpLiteral.Of(CStride));
        }
    }
}
