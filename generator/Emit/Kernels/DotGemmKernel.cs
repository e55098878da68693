using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

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
        [KernelParameter.In("a"), KernelParameter.In("w"), KernelParameter.Out("c"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer a = dialect.Declare(writer, "rowA", dialect.Received("a"));
        Pointer c = dialect.Declare(writer, "rowC", dialect.Received("c"));
        if (CStride == 1 && dialect.Lanes > 1)
            WriteRowsTogether(writer, context, dialect, a, c);
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

            DotProducts.Write(writer, context, dialect, Weights, inputs, a, dialect.Received("w"), string.Empty, (first, count, lanes, value) =>
            {
                if (Function is not null)
                    value = $"{context.Functions.Require(lanes.Target, Function)}({value})";
                if (CStride >= first + lanes.Lanes || lanes.Lanes == 1)
                {
                    writer.Line(lanes.Store(c, CSharpLiteral.Of(first), value));
                    return;
                }

                string name = "z" + CSharpLiteral.Of(first);
                writer.Line($"var {name} = {value};");
                lanes.StorePart(writer, c, first, name, count);
            });
            dialect.Advance(writer, a, CSharpLiteral.Of(AStride));
            dialect.Advance(writer, c, CSharpLiteral.Of(CStride));
        }
    }

    /// <summary>One output: the sums of several rows come out together, side by side as the output wants them.</summary>
    private void WriteRowsTogether(CSharpWriter writer, KernelContext context, Dialect dialect, Pointer a, Pointer c)
    {
        Dialect quarter = dialect.Within(16 / (dialect.Target.IsSingle ? 4 : 8));
        int group = quarter.Lanes;
        int vectors = Weights.InputStride / dialect.Lanes;
        Pointer b = dialect.Received("w");
        using (writer.Open($"for (; rows >= {CSharpLiteral.Of(group)}; rows -= {CSharpLiteral.Of(group)})"))
        {
            bool held = vectors <= HeldVectors;
            for (int row = 0; row < group; row++)
            {
                string sum = "row" + CSharpLiteral.Of(row);
                writer.Line($"var {sum} = {Vector(row, "0", true)} * {Vector(row, "0", false)};");
                for (int v = 1; v < vectors && held; v++)
                {
                    string i = CSharpLiteral.Of(v * dialect.Lanes);
                    writer.Line($"{sum} = {dialect.MultiplyAdd(Vector(row, i, true), Vector(row, i, false), sum, context.Functions)};");
                }
            }

            if (!held)
            {
                using (writer.Open($"for (int i = {CSharpLiteral.Of(dialect.Lanes)}; i < {CSharpLiteral.Of(Weights.InputStride)}; i += {CSharpLiteral.Of(dialect.Lanes)})"))
                {
                    for (int row = 0; row < group; row++)
                    {
                        string sum = "row" + CSharpLiteral.Of(row);
                        writer.Line($"{sum} = {dialect.MultiplyAdd(Vector(row, "i", true), Vector(row, "i", false), sum, context.Functions)};");
                    }
                }
            }

            string value = $"{HorizontalSums.Require(context, dialect)}({string.Join(", ", Enumerable.Range(0, group).Select(row => "row" + CSharpLiteral.Of(row)))})";
            if (Weights.HasBias)
                value += " + " + quarter.Broadcast(dialect.At(b, CSharpLiteral.Of(Weights.BiasOffset)));
            if (Function is not null)
                value = $"{context.Functions.Require(quarter.Target, Function)}({value})";
            writer.Line(quarter.Store(c, "0", value));
            dialect.Advance(writer, a, CSharpLiteral.Of(group * AStride));
            dialect.Advance(writer, c, CSharpLiteral.Of(group));
        }

        string Vector(int row, string i, bool ofA) => ofA
            ? dialect.Load(a, Dialect.Plus(CSharpLiteral.Of(row * AStride), i))
            : dialect.Load(b, Dialect.Plus(CSharpLiteral.Of(Weights.Offset), i));
    }
}
