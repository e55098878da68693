using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>c[p, o] = f(start[o] + Σ x[p, k]·b[k, o]) for all positions p of a window and what it sees there; a panel of outputs at once.</summary>
/// <param name="Walk">The window's way.</param>
/// <param name="XStride">Elements from one sample to the next in x.</param>
/// <param name="CStride">The same of c.</param>
/// <param name="BOffset">Where the weights start.</param>
/// <param name="StartOffset">Where the bias starts, in the same array, or −1.</param>
/// <param name="Function">The helper of f, or null.</param>
internal sealed record PatchKernel(string Name, string Comment, PatchWalk Walk, int XStride, int CStride, int BOffset, int StartOffset, string? Function) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("x"), KernelParameter.In("b"), KernelParameter.Out("c"), KernelParameter.Value("int", "rows")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer x = dialect.Received("x"), b = dialect.Received("b"), c = dialect.Received("c");
        int width = Walk.Panel.Columns, panel = System.Math.Min(Walk.Panel.Width, width);
        using (writer.Open("for (int row = 0; row < rows; row++)"))
        using (writer.Open($"for (int group = 0; group < {N(Walk.Groups)}; group++)"))
        using (writer.Open($"for (int py = 0; py < {N(Walk.Rows)}; py++)"))
        using (writer.Open($"for (int px = 0; px < {N(Walk.Columns)}; px++)"))
        {
            writer.Line($"int xp = {Sum(N(Walk.Read.Start), Times("row", XStride), Times("py", Walk.Read.Row), Times("px", Walk.Read.Column), Times("group", Walk.GroupStep.Read))};");
            writer.Line($"int cp = {Sum(N(Walk.Write.Start), Times("row", CStride), Times("py", Walk.Write.Row), Times("px", Walk.Write.Column), Times("group", Walk.GroupStep.Write))};");
            using (writer.Open($"for (int o = 0; o < {N(width)}; o += {N(Walk.Panel.Width)})"))
            {
                string[] sums = [.. Enumerable.Range(0, panel).Select(lane => "s" + N(lane))];
                string start = Sum(N(StartOffset), Times("group", Walk.GroupStep.Write), "o");
                writer.Line($"{dialect.Element} {string.Join(", ", sums.Select((sum, lane) => $"{sum} = {(StartOffset < 0 ? "0" : dialect.At(b, Sum(start, N(lane))))}"))};");
                string weights = Sum(N(BOffset + Walk.Weights.Start), Times("group", Walk.GroupStep.Weights), $"o / {N(Walk.Panel.Width)} * {N(Walk.Panel.Length)}");
                using (writer.Open($"for (int ty = 0; ty < {N(Walk.Taps.Rows)}; ty++)"))
                using (writer.Open($"for (int tx = 0; tx < {N(Walk.Taps.Columns)}; tx++)"))
                {
                    writer.Line($"int xk = {Sum("xp", Times("ty", Walk.TapStep.Row), Times("tx", Walk.TapStep.Column))};");
                    writer.Line($"int bk = {Sum(weights, Times("ty", Walk.Weights.Row), Times("tx", Walk.Weights.Column))};");
                    using (writer.Open($"for (int k = 0; k < {N(Walk.Taps.Run)}; k++)"))
                    {
                        writer.Line($"{dialect.Element} value = {dialect.At(x, "xk + k")};");
                        writer.Line(string.Join(" ", sums.Select((sum, lane) => $"{sum} = {dialect.MultiplyAdd("value", dialect.At(b, Sum("bk", N(lane))), sum, context.Functions)};")));
                        writer.Line($"bk += {N(Walk.Panel.Width)};");
                    }
                }

                for (int lane = 0; lane < panel; lane++)
                {
                    string value = Function is null ? sums[lane] : $"{context.Function(Function)}({sums[lane]})";
                    string exists = width % Walk.Panel.Width == 0 || lane == 0 ? string.Empty : $"if (o + {N(lane)} < {N(width)}) ";
                    writer.Line($"{exists}{dialect.At(c, Sum("cp", "o", N(lane)))} = {value};");
                }
            }
        }
    }

    private static string N(int number) => CSharpLiteral.Of(number);

    /// <summary>Without what is zero.</summary>
    public static string Sum(params string[] terms)
    {
        string sum = string.Join(" + ", terms.Where(term => term is not ("0" or "")));
        return sum.Length == 0 ? "0" : sum.Replace("+ -", "- ");
    }

    public static string Times(string variable, int factor) => factor == 0 ? string.Empty : factor == 1 ? variable : $"{variable} * {(factor < 0 ? $"({N(factor)})" : N(factor))}";
}
