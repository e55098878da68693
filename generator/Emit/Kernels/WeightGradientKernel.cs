using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// g = scale·(xᵀ·dz) and, for the bias, scale·Σ dz; added to what is there where <c>add</c> is true. The target is the gradient
/// array, or with scale = −η the parameters themselves.
/// </summary>
internal sealed record WeightGradientKernel(string Name, string Comment, DenseWeights Weights, int XStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Weights.Panel;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dz"), KernelParameter.Out("g"), KernelParameter.Value("int", "rows"),
        KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        int vectors = dialect.VectorsOf(Weights.Panel);
        int step = vectors * dialect.Lanes;
        writer.Line("int i = 0;");
        foreach ((int rows, int end) in RowSchedule(dialect.RowTiles[0]))
        {
            string tile = Name + "Rows" + CSharpLiteral.Of(rows);
            using (writer.Open($"for (; i < {CSharpLiteral.Of(end)}; i += {CSharpLiteral.Of(rows)})"))
            {
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(Weights.Stride)}; o += {CSharpLiteral.Of(step)})");
                string target = Dialect.Plus(
                    Dialect.Plus(CSharpLiteral.Of(Weights.Offset), PanelOffset(step)), Dialect.Times("i", Weights.Panel));
                writer.Line($"    {tile}({dialect.Argument(dialect.Received("x"), "i")}, {dialect.Argument(dialect.Received("dz"), "o")}, "
                    + $"{dialect.Argument(dialect.Received("g"), target)}, rows, scale, add);");
            }

            context.Request(tile, methods => WriteTile(methods, context, tile, rows, vectors));
        }

        if (Weights.HasBias)
            WriteBias(writer, context);
    }

    /// <summary>Inputs in tiles of the largest size, the last ones in what fits exactly: sizes with the input where they end.</summary>
    private IEnumerable<(int Rows, int End)> RowSchedule(int largest)
    {
        int inputs = Weights.Inputs;
        int rest = inputs % largest;
        int whole = inputs - rest;
        if (largest == 6 && whole > 0 && rest is >= 1 and <= 3)
        {
            // 7 = 4 + 3, 8 = 4 + 4, 9 = 5 + 4: no tile so thin that it waits for its sums.
            whole -= 6;
            if (whole > 0)
                yield return (6, whole);
            int first = rest == 3 ? 5 : 4;
            yield return (first, whole + first);
            int second = rest + 6 - first;
            if (second == first)
            {
                yield return (first, inputs);
                yield break;
            }

            yield return (second, inputs);
            yield break;
        }

        if (whole > 0)
            yield return (largest, whole);
        if (rest > 0)
            yield return (rest, inputs);
    }

    private string PanelOffset(int step)
    {
        int inputs = Weights.Inputs;
        int panel = Weights.Panel;
        if (step == panel)
            return Weights.Stride == panel ? "0" : Dialect.Times("o", inputs);
        return Weights.Stride == panel ? "o" : $"o / {CSharpLiteral.Of(panel)} * {CSharpLiteral.Of(inputs * panel)} + o % {CSharpLiteral.Of(panel)}";
    }

    private void WriteTile(CSharpWriter writer, KernelContext context, string name, int rows, int vectors)
    {
        Dialect dialect = context.Dialect;
        if (dialect.KernelAttribute is { } attribute)
            writer.Line(attribute);
        using (writer.Open($"private static void {name}({dialect.Parameter("x", false)}, {dialect.Parameter("dz", false)}, "
            + $"{dialect.Parameter("g", true)}, int rows, {dialect.Element} scale, bool add)"))
        {
            Pointer x = dialect.Declare(writer, "xk", dialect.Received("x"));
            Pointer dz = dialect.Declare(writer, "dzk", dialect.Received("dz"));
            Pointer g = dialect.Received("g");
            new RegisterTile(rows, vectors, 1, XStride, Weights.Stride, "rows").WriteSums(writer, context, x, dz, null);
            writer.Line($"var s = {dialect.Broadcast("scale")};");
            using (writer.Open("if (add)"))
                WriteResults(writer, rows, vectors, (sum, offset) => dialect.Store(g, offset, dialect.MultiplyAdd("s", sum, dialect.Load(g, offset), context.Functions)));
            using (writer.Open("else"))
                WriteResults(writer, rows, vectors, (sum, offset) => dialect.Store(g, offset, $"s * {sum}"));
        }

        void WriteResults(CSharpWriter results, int count, int width, System.Func<string, string, string> store)
        {
            for (int row = 0; row < count; row++)
            {
                int line = row;
                results.Line(string.Join(" ", Enumerable.Range(0, width).Select(v =>
                    store(RegisterTile.Sum(line, v), CSharpLiteral.Of((line * Weights.Panel) + (v * dialect.Lanes))))));
            }
        }
    }

    private void WriteBias(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        writer.Line();
        writer.Line("// The bias sees an input of 1 in every sample.");
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Weights.Stride)}; o += {CSharpLiteral.Of(dialect.Lanes)})"))
        {
            Pointer dz = dialect.Declare(writer, "dzk", dialect.Received("dz"), "o");
            writer.Line($"var sum = {dialect.Load(dz)};");
            using (writer.Open("for (int k = 1; k < rows; k++)"))
            {
                dialect.Advance(writer, dz, CSharpLiteral.Of(Weights.Stride));
                writer.Line($"sum += {dialect.Load(dz)};");
            }

            string offset = Dialect.Plus(CSharpLiteral.Of(Weights.BiasOffset), "o");
            writer.Line($"sum = {dialect.Broadcast("scale")} * sum;");
            writer.Line("if (add)");
            writer.Line($"    sum += {dialect.Load(dialect.Received("g"), offset)};");
            writer.Line(dialect.Store(dialect.Received("g"), offset, "sum"));
        }
    }
}
