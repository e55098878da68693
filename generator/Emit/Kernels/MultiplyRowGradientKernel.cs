using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>g[c] = scale·Σ x[…, c]·dy[…, c] over all positions and samples, added to what is there if add is true.</summary>
/// <param name="Columns">Elements of the row of parameters.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Offset">Where the row of parameters starts.</param>
internal sealed record MultiplyRowGradientKernel(string Name, string Comment, int Columns, int Width, int Stride, int Offset) : Kernel(Name, Comment)
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
        string stride = CSharpLiteral.Of(Stride);
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Columns)}; o++)"))
        {
            writer.Line("double sum = 0;");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            {
                writer.Line($"for (int i = o; i < {CSharpLiteral.Of(Width)}; i += {CSharpLiteral.Of(Columns)})");
                string at = $"row * {stride} + i";
                writer.Line($"    sum += (double){dialect.At(dialect.Received("x"), at)} * {dialect.At(dialect.Received("dy"), at)};");
            }

            string gradient = dialect.At(dialect.Received("gradients"), Dialect.Plus(CSharpLiteral.Of(Offset), "o"));
            writer.Line($"{dialect.Element} step = scale * ({dialect.Element})sum;");
            writer.Line($"{gradient} = add ? {gradient} + step : step;");
        }
    }
}
