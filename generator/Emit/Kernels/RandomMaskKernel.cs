using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>
/// y = x·m/(1 − rate). The mask of an element is a hash of a key (seed, step and layer), the sample's number in the batch and the
/// element's number, so it is the same in forward and backward, on every target, and however a batch is cut into chunks.
/// </summary>
internal sealed record RandomMaskKernel(string Name, string Comment, double Rate, int Width, int Stride) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.Out("y"), KernelParameter.Value("int", "rows"),
        KernelParameter.Value("ulong", "key"), KernelParameter.Value("int", "sample"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Declare(writer, "rowX", dialect.Received("x"));
        Pointer y = dialect.Declare(writer, "rowY", dialect.Received("y"));
        string width = CSharpLiteral.Of(Width);
        using (writer.Open("for (; rows > 0; rows--, sample++)"))
        {
            writer.Line("ulong rowKey = Mix(unchecked(key + (ulong)sample * 0x9E3779B97F4A7C15UL));");
            writer.Line("// 64 random bits are two numbers of 32 bits; below the rate's share of 2^32 an element is dropped.");
            using (writer.Open($"for (int o = 0; o < {width}; o += 2)"))
            {
                writer.Line("ulong bits = Mix(unchecked(rowKey + (ulong)o * 0x9E3779B97F4A7C15UL));");
                WriteElement(writer, dialect, x, y, "o", "unchecked((uint)bits)");
                if (Width % 2 == 1)
                    writer.Line($"if (o + 1 < {width})");
                WriteElement(writer, dialect, x, y, "o + 1", "(uint)(bits >> 32)", Width % 2 == 1 ? "    " : string.Empty);
            }

            if (Stride > Width)
            {
                writer.Line($"for (int o = {width}; o < {CSharpLiteral.Of(Stride)}; o++)");
                writer.Line($"    {dialect.At(y, "o")} = 0;");
            }

            dialect.Advance(writer, x, CSharpLiteral.Of(Stride));
            dialect.Advance(writer, y, CSharpLiteral.Of(Stride));
        }
    }

    /// <summary>Kept or dropped without a branch, which would be mispredicted as often as the rate says.</summary>
    private void WriteElement(CSharpWriter writer, Dialect dialect, Pointer x, Pointer y, string o, string random, string indent = "")
    {
        string threshold = ((uint)System.Math.Min(uint.MaxValue, Rate * 4294967296.0)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        writer.Line($"{indent}{dialect.At(y, o)} = {dialect.At(x, o)} * ({dialect.Literal(1 / (1 - Rate))} * (1 + (int)(((long){random} - {threshold}L) >> 63)));");
    }
}
