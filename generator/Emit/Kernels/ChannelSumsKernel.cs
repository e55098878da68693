using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>g[o] = scale·Σ dz[p, o] over positions and samples, added to what is there where add is true.</summary>
/// <param name="Channels">Elements of a position.</param>
/// <param name="Width">Elements of a sample.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="Offset">Where the bias starts.</param>
/// <param name="IsOrdered">Whether sums go on from what is there; scale is 1 then.</param>
internal sealed record ChannelSumsKernel(string Name, string Comment, int Channels, int Width, int Stride, int Offset, bool IsOrdered) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("dz"), KernelParameter.Out("g"), KernelParameter.Value("int", "rows"), KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string place = dialect.At(dialect.Received("g"), PatchKernel.Sum(CSharpLiteral.Of(Offset), "o"));
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Channels)}; o++)"))
        {
            writer.Line($"{dialect.Element} sum = {(IsOrdered ? $"add ? {place} : 0" : "0")};");
            writer.Line("for (int row = 0; row < rows; row++)");
            writer.Line($"    for (int i = o; i < {CSharpLiteral.Of(Width)}; i += {CSharpLiteral.Of(Channels)})");
            writer.Line($"        sum += {dialect.At(dialect.Received("dz"), $"row * {CSharpLiteral.Of(Stride)} + i")};");
            writer.Line(IsOrdered ? $"{place} = sum;" : $"{place} = add ? {place} + scale * sum : scale * sum;");
        }
    }
}
