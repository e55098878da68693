using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Copies between the packed arrays and canonical order: layer by layer, weight [in, out] row by row, then bias.</summary>
/// <param name="ToCanonical">The direction.</param>
/// <param name="SkipFrozen">Leaves out layers that are not trained.</param>
internal sealed record CanonicalOrderKernel(string Name, string Comment, EquatableArray<DenseWeights> Weights, bool ToCanonical, bool SkipFrozen)
    : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => ToCanonical
        ? [KernelParameter.In("packed"), KernelParameter.Out("canonical")]
        : [KernelParameter.Out("packed"), KernelParameter.In("canonical")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        int next = 0;
        foreach (DenseWeights weights in Weights)
        {
            int start = next;
            next += (weights.Inputs * weights.Outputs) + (weights.HasBias ? weights.Outputs : 0);
            if (SkipFrozen && weights.Frozen)
                continue;
            writer.Line($"// {weights.Layer}");
            using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(weights.Inputs)}; i++)"))
            {
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(weights.Outputs)}; o++)");
                Copy(writer, dialect, PackedIndex(weights, "i", "o"), Dialect.Plus(CSharpLiteral.Of(start), $"{Dialect.Times("i", weights.Outputs)} + o"));
            }

            if (weights.HasBias)
            {
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(weights.Outputs)}; o++)");
                Copy(
                    writer,
                    dialect,
                    Dialect.Plus(CSharpLiteral.Of(weights.BiasOffset), "o"),
                    Dialect.Plus(CSharpLiteral.Of(start + (weights.Inputs * weights.Outputs)), "o"));
            }
        }
    }

    /// <summary>Where the weight from input <paramref name="i"/> to output <paramref name="o"/> lies in the packed array.</summary>
    public static string PackedIndex(DenseWeights weights, string i, string o)
    {
        if (weights.IsByOutput)
            return Dialect.Plus(CSharpLiteral.Of(weights.Offset), $"{Dialect.Times(o, weights.InputStride)} + {i}");
        string index = $"{Dialect.Times(i, weights.Panel)} + {o}";
        if (weights.Stride > weights.Panel)
        {
            string panel = CSharpLiteral.Of(weights.Panel);
            index = $"{o} / {panel} * {CSharpLiteral.Of(weights.Inputs * weights.Panel)} + {Dialect.Times(i, weights.Panel)} + {o} % {panel}";
        }

        return Dialect.Plus(CSharpLiteral.Of(weights.Offset), index);
    }

    private void Copy(CSharpWriter writer, Dialect dialect, string packedIndex, string canonicalIndex)
    {
        string packed = dialect.At(dialect.Received("packed"), packedIndex);
        string canonical = dialect.At(dialect.Received("canonical"), canonicalIndex);
        writer.Line(ToCanonical ? $"    {canonical} = {packed};" : $"    {packed} = {canonical};");
    }
}
