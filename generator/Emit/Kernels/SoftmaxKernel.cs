using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y = exp(z − max z) / Σ exp(z − max z) for each row, or its logarithm z − max z − log Σ. Subtracting the largest keeps exp in range.</summary>
internal sealed record SoftmaxKernel(string Name, string Comment, int Width, int ZStride, int YStride, int Panel, bool Log) : Kernel(Name, Comment)
{
    public override int MaximumLanes => RowLoop.Lanes(Width, Panel);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("z"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer z = dialect.Declare(writer, "rowZ", dialect.Received("z"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            SoftmaxRow.WriteExponentials(writer, context, Width, z, y);
            if (Log)
            {
                // In this order, since largest + log Σ would lose the digits of the logarithm to a large logit.
                writer.Line($"{dialect.Element} shift = ({dialect.Element}){context.DoubleFunction("Log")}(sum);");
                writer.Line($"var shifts = {dialect.Broadcast("shift")};");
                RowLoop.Write(
                    writer,
                    dialect,
                    Width,
                    o => writer.Line(dialect.Store(y, o, $"{dialect.Load(z, o)} - largests - shifts")),
                    o => writer.Line($"{dialect.At(y, o)} = {dialect.At(z, o)} - largest - shift;"));
            }
            else
            {
                writer.Line($"{dialect.Element} scale = ({dialect.Element})(1 / sum);");
                writer.Line($"var scales = {dialect.Broadcast("scale")};");
                RowLoop.Write(
                    writer,
                    dialect,
                    Width,
                    o => writer.Line(dialect.Store(y, o, $"{dialect.Load(y, o)} * scales")),
                    o => writer.Line($"{dialect.At(y, o)} *= scale;"));
            }

            dialect.Advance(writer, z, CSharpLiteral.Of(ZStride));
            dialect.Advance(writer, y, CSharpLiteral.Of(YStride));
        }
    }
}

/// <summary>The part that softmax and cross-entropy share.</summary>
internal static class SoftmaxRow
{
    /// <summary>Leaves exp(z − largest) in e, their <c>double sum</c>, and <c>largest</c>.</summary>
    public static void WriteExponentials(CSharpWriter writer, KernelContext context, int width, Pointer z, Pointer e)
    {
        Dialect dialect = context.Dialect;
        writer.Line($"{dialect.Element} largest = {dialect.At(z)};");
        if (width > 1)
        {
            using (writer.Open($"for (int o = 1; o < {CSharpLiteral.Of(width)}; o++)"))
            {
                writer.Line($"if (!({dialect.At(z, "o")} <= largest))");
                writer.Line($"    largest = {dialect.At(z, "o")};");
            }
        }

        writer.Line($"var largests = {dialect.Broadcast("largest")};");
        bool hasVectors = dialect.Lanes > 1 && width >= dialect.Lanes;
        bool isOrdered = dialect.Target.IsReproducible;
        if (hasVectors && !isOrdered)
            writer.Line($"var sums = {dialect.Zero};");
        writer.Line("double sum = 0;");
        RowLoop.Write(
            writer,
            dialect,
            width,
            o =>
            {
                string name = "e" + o;
                writer.Line($"var {name} = {context.Function("Exp")}({dialect.Load(z, o)} - largests);");
                if (!isOrdered)
                    writer.Line($"sums += {name};");
                writer.Line(dialect.Store(e, o, name));
            },
            o =>
            {
                writer.Line($"{dialect.At(e, o)} = {context.ScalarFunction("Exp")}({dialect.At(z, o)} - largest);");
                if (!isOrdered)
                    writer.Line($"sum += {dialect.At(e, o)};");
            });
        if (isOrdered)
            OrderedSum.Write(writer, context, e, width, "sum =");
        else if (hasVectors)
            writer.Line($"sum += {dialect.Sum("sums")};");
    }
}
