using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Packs Wᵀ in panels of inputs, so that dx = dz·Wᵀ reads it in a straight line.</summary>
internal sealed record TransposeKernel(string Name, string Comment, DenseWeights Weights) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("w"), KernelParameter.Out("wt")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string panel = CSharpLiteral.Of(Weights.Panel);
        string transposed = CSharpLiteral.Of(Weights.InputPanel);
        using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(Weights.Inputs)}; i++)"))
        {
            writer.Line($"int to = {Dialect.Plus(CSharpLiteral.Of(Weights.TransposedOffset), $"i / {transposed} * {CSharpLiteral.Of(Weights.Outputs * Weights.InputPanel)} + i % {transposed}")};");
            using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Weights.Outputs)}; o++)"))
            {
                string from = Weights.Stride == Weights.Panel
                    ? $"i * {panel} + o"
                    : $"o / {panel} * {CSharpLiteral.Of(Weights.Inputs * Weights.Panel)} + i * {panel} + o % {panel}";
                writer.Line($"{dialect.At(dialect.Received("wt"), "to")} = {dialect.At(dialect.Received("w"), Dialect.Plus(CSharpLiteral.Of(Weights.Offset), from))};");
                writer.Line($"to += {transposed};");
            }
        }
    }
}
