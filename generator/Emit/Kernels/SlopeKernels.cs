using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>y = x where x is positive, otherwise slope·x; backward the same of dy. Padding is set to zero.</summary>
/// <param name="Slopes">How many slopes: as many as channels, or one.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Offset">Where the slopes start.</param>
/// <param name="IsBackward">Whether dy is what is multiplied.</param>
internal sealed record SlopeKernel(string Name, string Comment, int Slopes, int Width, int Stride, int Offset, bool IsBackward) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), .. (IsBackward ? new[] { KernelParameter.In("dy") } : []), KernelParameter.Out("y"), KernelParameter.In("w"), KernelParameter.Value("int", "rows"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer dy = IsBackward ? dialect.Declare(writer, "rowDy", dialect.Received("dy")) : x;
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            SampleRows.Write(writer, Slopes, Width, start =>
            {
                using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Slopes)}; o++)"))
                {
                    string at = Dialect.Plus(start, "o");
                    writer.Line($"{dialect.Element} value = {dialect.At(dy, at)};");
                    writer.Line($"{dialect.At(y, at)} = {dialect.At(x, at)} > 0 ? value : {dialect.At(dialect.Received("w"), Dialect.Plus(CSharpLiteral.Of(Offset), "o"))} * value;");
                }
            });
            SampleRows.WritePadding(writer, dialect, y, Width, Stride);
            dialect.Advance(writer, x, CSharpLiteral.Of(Stride));
            if (IsBackward)
                dialect.Advance(writer, dy, CSharpLiteral.Of(Stride));
            dialect.Advance(writer, y, CSharpLiteral.Of(Stride));
        }
    }
}

/// <summary>g[c] = scale·Σ x·dy over what is not positive, added to what is there if add is true: position by position and sample by sample.</summary>
/// <param name="Slopes">How many slopes: as many as channels, or one.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Offset">Where the slopes start.</param>
internal sealed record SlopeGradientKernel(string Name, string Comment, int Slopes, int Width, int Stride, int Offset) : Kernel(Name, Comment)
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
        string element = dialect.Element, stride = CSharpLiteral.Of(Stride);
        string x = dialect.At(dialect.Received("x"), $"row * {stride} + i"), dy = dialect.At(dialect.Received("dy"), $"row * {stride} + i");
        if (Slopes == 1)
        {
            // All products go into one sum, which a double holds.
            writer.Line("double sum = 0;");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            {
                writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(Width)}; i++)");
                writer.Line($"    sum += {x} > 0 ? 0 : (double){x} * {dy};");
            }

            string only = dialect.At(dialect.Received("gradients"), CSharpLiteral.Of(Offset));
            writer.Line($"{element} step = scale * ({element})sum;");
            writer.Line($"{only} = add ? {only} + step : step;");
            return;
        }

        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Slopes)}; o++)"))
        {
            writer.Line($"{element} total = 0;");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            {
                writer.Line($"{element} sum = 0;");
                writer.Line($"for (int i = o; i < {CSharpLiteral.Of(Width)}; i += {CSharpLiteral.Of(Slopes)})");
                writer.Line($"    sum += {x} > 0 ? 0 : {x} * {dy};");
                writer.Line("total += sum;");
            }

            string gradient = dialect.At(dialect.Received("gradients"), Dialect.Plus(CSharpLiteral.Of(Offset), "o"));
            writer.Line("total *= scale;");
            writer.Line($"{gradient} = add ? {gradient} + total : total;");
        }
    }
}
