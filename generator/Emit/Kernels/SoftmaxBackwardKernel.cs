using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>dz = y ⊙ (dy − Σ dy·y) for y = softmax(z); dz = dy − exp(y)·Σ dy for its logarithm. Rows of one stride, padding set to zero.</summary>
internal sealed record SoftmaxBackwardKernel(string Name, string Comment, int Width, int Stride, bool Log) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("y"), KernelParameter.In("dy"), KernelParameter.Out("dz"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        Pointer dy = dialect.Declare(writer, "rowDy", dialect.Received("dy"));
        Pointer dz = dialect.Declare(writer, "rowDz", dialect.Received("dz"));
        string width = CSharpLiteral.Of(Width);
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            writer.Line("double sum = 0;");
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line(Log
                ? $"    sum += {dialect.At(dy, "o")};"
                : $"    sum += (double){dialect.At(dy, "o")} * {dialect.At(y, "o")};");
            writer.Line($"{dialect.Element} total = ({dialect.Element})sum;");
            writer.Line($"for (int o = 0; o < {width}; o++)");
            writer.Line(Log
                ? $"    {dialect.At(dz, "o")} = {dialect.At(dy, "o")} - {context.ScalarFunction("Exp")}({dialect.At(y, "o")}) * total;"
                : $"    {dialect.At(dz, "o")} = {dialect.At(y, "o")} * ({dialect.At(dy, "o")} - total);");
            if (Stride > Width)
            {
                writer.Line($"for (int o = {width}; o < {CSharpLiteral.Of(Stride)}; o++)");
                writer.Line($"    {dialect.At(dz, "o")} = 0;");
            }

            foreach (Pointer pointer in new[] { y, dy, dz })
                dialect.Advance(writer, pointer, CSharpLiteral.Of(Stride));
        }
    }
}
