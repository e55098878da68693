using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>g[k, o] = scale·Σ x[p, k]·dz[p, o] over all positions p of a window and all samples, and for the bias scale·Σ dz[p, o]; added to what is there where add is true.</summary>
/// <param name="Walk">The window's way: where it writes is where dz is read.</param>
/// <param name="XStride">Elements from one sample to the next in x.</param>
/// <param name="ZStride">The same of dz.</param>
/// <param name="Offset">Where the weights start.</param>
/// <param name="BiasOffset">Where the bias starts, or −1.</param>
/// <param name="IsOrdered">Whether sums go on from what is there, position by position; scale is 1 then.</param>
internal sealed record PatchGradientKernel(string Name, string Comment, PatchWalk Walk, int XStride, int ZStride, int Offset, int BiasOffset, bool IsOrdered) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("x"), KernelParameter.In("dz"), KernelParameter.Out("g"), KernelParameter.Value("int", "rows"),
        KernelParameter.Value(KernelParameter.Element, "scale"), KernelParameter.Value("bool", "add"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Received("x"), z = dialect.Received("dz"), g = dialect.Received("g");
        int width = Walk.Panel.Columns, panel = System.Math.Min(Walk.Panel.Width, width);
        string[] sums = [.. Enumerable.Range(0, panel).Select(lane => "s" + N(lane))];
        using (writer.Open($"for (int group = 0; group < {N(Walk.Groups)}; group++)"))
        using (writer.Open($"for (int o = 0; o < {N(width)}; o += {N(Walk.Panel.Width)})"))
        using (writer.Open($"for (int ty = 0; ty < {N(Walk.Taps.Rows)}; ty++)"))
        using (writer.Open($"for (int tx = 0; tx < {N(Walk.Taps.Columns)}; tx++)"))
        using (writer.Open($"for (int k = 0; k < {N(Walk.Taps.Run)}; k++)"))
        {
            writer.Line($"int gk = {Sum(N(Offset), Times("group", Walk.GroupStep.Weights), $"o / {N(Walk.Panel.Width)} * {N(Walk.Panel.Length)}", Times("ty", Walk.Weights.Row), Times("tx", Walk.Weights.Column), Times("k", Walk.Panel.Width))};");
            writer.Line($"{dialect.Element} {string.Join(", ", sums.Select((sum, lane) => $"{sum} = {(IsOrdered ? $"add ? {dialect.At(g, Sum("gk", N(lane)))} : 0" : "0")}"))};");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            using (writer.Open($"for (int py = 0; py < {N(Walk.Rows)}; py++)"))
            {
                writer.Line($"int xp = {Sum(N(Walk.Read.Start), Times("row", XStride), Times("py", Walk.Read.Row), Times("group", Walk.GroupStep.Read), Times("ty", Walk.TapStep.Row), Times("tx", Walk.TapStep.Column), "k")};");
                writer.Line($"int zp = {Sum(N(Walk.Write.Start), Times("row", ZStride), Times("py", Walk.Write.Row), Times("group", Walk.GroupStep.Write), "o")};");
                using (writer.Open($"for (int px = 0; px < {N(Walk.Columns)}; px++)"))
                {
                    writer.Line($"{dialect.Element} value = {dialect.At(x, Sum("xp", Times("px", Walk.Read.Column)))};");
                    for (int lane = 0; lane < panel; lane++)
                        writer.Line($"{Exists(lane)}{sums[lane]} = {dialect.MultiplyAdd("value", dialect.At(z, Sum("zp", Times("px", Walk.Write.Column), N(lane))), sums[lane], context.Functions)};");
                }
            }

            for (int lane = 0; lane < panel; lane++)
                WriteResult(writer, dialect, dialect.At(g, Sum("gk", N(lane))), sums[lane], Exists(lane));
        }

        if (BiasOffset >= 0)
            WriteBias(writer, dialect);

        string Exists(int lane) => width % Walk.Panel.Width == 0 || lane == 0 ? string.Empty : $"if (o + {N(lane)} < {N(width)}) ";
    }

    private void WriteBias(CSharpWriter writer, Dialect dialect)
    {
        string place = dialect.At(dialect.Received("g"), Sum(N(BiasOffset), "o"));
        writer.Line();
        writer.Line("// The bias sees a 1 at every position.");
        using (writer.Open($"for (int o = 0; o < {N(Walk.Panel.Columns * Walk.Groups)}; o++)"))
        {
            writer.Line($"{dialect.Element} sum = {(IsOrdered ? $"add ? {place} : 0" : "0")};");
            using (writer.Open("for (int row = 0; row < rows; row++)"))
            using (writer.Open($"for (int py = 0; py < {N(Walk.Rows)}; py++)"))
            {
                writer.Line($"int zp = {Sum(Times("row", ZStride), Times("py", Walk.Write.Row), "o")};");
                writer.Line($"for (int px = 0; px < {N(Walk.Columns)}; px++)");
                writer.Line($"    sum += {dialect.At(dialect.Received("dz"), Sum("zp", Times("px", Walk.Write.Column)))};");
            }

            WriteResult(writer, dialect, place, "sum", string.Empty);
        }
    }

    private void WriteResult(CSharpWriter writer, Dialect dialect, string place, string sum, string exists) =>
        writer.Line(exists + (IsOrdered ? $"{place} = {sum};" : $"{place} = add ? {place} + scale * {sum} : scale * {sum};"));

    private static string N(int number) => CSharpLiteral.Of(number);

    private static string Sum(params string[] terms) => PatchKernel.Sum(terms);

    private static string Times(string variable, int factor) => PatchKernel.Times(variable, factor);
}
