using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y = n·γ + β, n the normalized x of each run.</summary>
/// <param name="Rows">The runs of x.</param>
/// <param name="ScaleOffset">Where γ starts, or -1 for none.</param>
/// <param name="ShiftOffset">The same of β.</param>
/// <param name="ToStride">Elements from one sample of y to the next.</param>
internal sealed record LayerNormKernel(string Name, string Comment, RowStatistics Rows, int ScaleOffset, int ShiftOffset, int ToStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.Out("y"), .. (ScaleOffset < 0 && ShiftOffset < 0 ? [] : new[] { KernelParameter.In("w") }),
        KernelParameter.Value("int", "rows"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x")), y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            Rows.WriteRuns(writer, start =>
            {
                Rows.Write(writer, context, x, start);
                string at = Dialect.Plus(start, "o"), result = RowStatistics.Normalized(dialect, x, at);
                if (ScaleOffset >= 0)
                    result += " * " + dialect.At(dialect.Received("w"), Dialect.Plus(CSharpLiteral.Of(ScaleOffset), "o"));
                if (ShiftOffset >= 0)
                    result += " + " + dialect.At(dialect.Received("w"), Dialect.Plus(CSharpLiteral.Of(ShiftOffset), "o"));
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(Rows.Width)}; o++)");
                writer.Line($"    {dialect.At(y, at)} = {result};");
            });
            SampleRows.WritePadding(writer, dialect, y, Rows.Width * Rows.Count, ToStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(Rows.Stride));
            dialect.Advance(writer, y, CSharpLiteral.Of(ToStride));
        }
    }
}

/// <summary>dx = (g − mean g − n·mean(g·n)) / √(variance + ε), g = dy·γ.</summary>
/// <param name="Rows">The runs of x.</param>
/// <param name="ScaleOffset">Where γ starts, or -1 for none.</param>
/// <param name="GradientStride">Elements from one sample of dy and dx to the next.</param>
internal sealed record LayerNormBackwardKernel(string Name, string Comment, RowStatistics Rows, int ScaleOffset, int GradientStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dy"), KernelParameter.Out("dx"), .. (ScaleOffset < 0 ? [] : new[] { KernelParameter.In("w") }),
        KernelParameter.Value("int", "rows"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x")), dy = dialect.Declare(writer, "rowDy", dialect.Received("dy")),
            dx = dialect.Declare(writer, "rowDx", dialect.Received("dx"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            Rows.WriteRuns(writer, start =>
            {
                string Slope(string o) => dialect.At(dy, Dialect.Plus(start, o))
                    + (ScaleOffset < 0 ? "" : " * " + dialect.At(dialect.Received("w"), Dialect.Plus(CSharpLiteral.Of(ScaleOffset), o)));
                string Normalized(string o) => $"({RowStatistics.Normalized(dialect, x, Dialect.Plus(start, o))})";
                Rows.Write(writer, context, x, start);
                Rows.WriteSum(writer, dialect, "average", Slope);
                Rows.WriteSum(writer, dialect, "share", o => $"{Slope(o)} * {Normalized(o)}");
                writer.Line($"average /= {dialect.Literal(Rows.Width)};");
                writer.Line($"share /= {dialect.Literal(Rows.Width)};");
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(Rows.Width)}; o++)");
                writer.Line($"    {dialect.At(dx, Dialect.Plus(start, "o"))} = ({Slope("o")} - average - {Normalized("o")} * share) * inverse;");
            });
            SampleRows.WritePadding(writer, dialect, dx, Rows.Width * Rows.Count, GradientStride);
            dialect.Advance(writer, x, CSharpLiteral.Of(Rows.Stride));
            dialect.Advance(writer, dy, CSharpLiteral.Of(GradientStride));
            dialect.Advance(writer, dx, CSharpLiteral.Of(GradientStride));
        }
    }
}

/// <summary>dγ = scale·Σ dy·n and dβ = scale·Σ dy, added to what is there if add is true.</summary>
/// <param name="Rows">The runs of x.</param>
/// <param name="ScaleOffset">Where γ starts, or -1 for none.</param>
/// <param name="ShiftOffset">The same of β.</param>
/// <param name="GradientStride">Elements from one sample of dy to the next.</param>
internal sealed record LayerNormGradientKernel(string Name, string Comment, RowStatistics Rows, int ScaleOffset, int ShiftOffset, int GradientStride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dy"), KernelParameter.Out("gradients"), KernelParameter.Value("int", "rows"),
        KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string[] gradients = [.. new[] { ScaleOffset, ShiftOffset }.Where(offset => offset >= 0)
            .Select(offset => dialect.At(dialect.Received("gradients"), Dialect.Plus(CSharpLiteral.Of(offset), "o")))];
        using (writer.Open($"for (int o = add ? {CSharpLiteral.Of(Rows.Width)} : 0; o < {CSharpLiteral.Of(Rows.Width)}; o++)"))
        {
            foreach (string gradient in gradients)
                writer.Line($"{gradient} = 0;");
        }

        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x")), dy = dialect.Declare(writer, "rowDy", dialect.Received("dy"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            Rows.WriteRuns(writer, start =>
            {
                if (ScaleOffset >= 0)
                    Rows.Write(writer, context, x, start);
                using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Rows.Width)}; o++)"))
                {
                    string at = Dialect.Plus(start, "o");
                    writer.Line($"{dialect.Element} g = {dialect.At(dy, at)} * scale;");
                    if (ScaleOffset >= 0)
                        writer.Line($"{gradients[0]} += g * ({RowStatistics.Normalized(dialect, x, at)});");
                    if (ShiftOffset >= 0)
                        writer.Line($"{gradients[gradients.Length - 1]} += g;");
                }
            });
            dialect.Advance(writer, x, CSharpLiteral.Of(Rows.Stride));
            dialect.Advance(writer, dy, CSharpLiteral.Of(GradientStride));
        }
    }
}
