using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Packs the weights of each tap the other way round: in panels of inputs, tap by tap and output by output.</summary>
internal sealed record TransposeTapsKernel(string Name, string Comment, DenseWeights Weights) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("w"), KernelParameter.Out("wt")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        int inputs = Weights.Inputs / Weights.Taps, outputs = Weights.Outputs / Weights.Groups, panel = Weights.InputPanel;
        int length = Weights.Taps * outputs * panel, step = (inputs + panel - 1) / panel * length;
        using (writer.Open($"for (int t = 0; t < {N(Weights.Taps)}; t++)"))
        using (writer.Open($"for (int i = 0; i < {N(inputs)}; i++)"))
        {
            writer.Line($"int from = {PatchKernel.Sum(N(Weights.Offset), $"(t * {N(inputs)} + i) * {N(Weights.Panel)}")}, to = {PatchKernel.Sum(N(Weights.TransposedOffset), $"t * {N(outputs * panel)}", $"i / {N(panel)} * {N(length)}", $"i % {N(panel)}")};");
            writer.Line($"for (int o = 0; o < {N(Weights.Outputs)}; o++)");
            string target = $"to + o / {N(outputs)} * {N(step)} + o % {N(outputs)} * {N(panel)}";
            string source = $"from + o / {N(Weights.Panel)} * {N(Weights.Inputs * Weights.Panel)} + o % {N(Weights.Panel)}";
            writer.Line($"    {dialect.At(dialect.Received("wt"), target)} = {dialect.At(dialect.Received("w"), source)};");
        }
    }

    private static string N(int number) => CSharpLiteral.Of(number);
}
