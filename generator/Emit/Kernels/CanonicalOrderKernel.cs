using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Copies between the packed arrays and canonical order: layer by layer, weight [in, out] row by row, then bias.</summary>
/// <param name="ToCanonical">The direction.</param>
/// <param name="Skip">Which blocks are left out.</param>
internal sealed record CanonicalOrderKernel(string Name, string Comment, EquatableArray<BlockPlace> Places, bool ToCanonical, SkippedBlocks Skip)
    : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => ToCanonical
        ? [KernelParameter.In("packed"), KernelParameter.Out("canonical")]
        : [KernelParameter.Out("packed"), KernelParameter.In("canonical")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string? layer = null;
        int skipped = 0;
        foreach (BlockPlace place in Places)
        {
            ParameterBlock block = place.Block;
            if (Skip == SkippedBlocks.Untrained && !block.IsTrained)
            {
                if (ToCanonical)
                    Loop(writer, block, $"{dialect.At(dialect.Received("canonical"), Dialect.Plus(CSharpLiteral.Of(block.Offset), "o"))} = 0;");
                continue;
            }

            if (Skip == SkippedBlocks.Buffers && block.Role == ParameterRole.Buffer)
            {
                skipped += block.Shape.Count;
                continue;
            }

            if (layer != block.Layer)
                writer.Line($"// {block.Layer}");
            layer = block.Layer;
            string start = CSharpLiteral.Of(block.Offset - skipped);
            if (place.Packing is { IsSwapped: true } swapped)
            {
                WriteSwapped(writer, dialect, swapped, start);
            }
            else if (place.Packing is { } weights)
            {
                using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(weights.Inputs)}; i++)"))
                {
                    writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(weights.Outputs)}; o++)");
                    Copy(writer, dialect, PackedIndex(weights, "i", "o"), Dialect.Plus(start, $"{Dialect.Times("i", weights.Outputs)} + o"));
                }
            }
            else
            {
                writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(block.Shape.Count)}; o++)");
                Copy(writer, dialect, Dialect.Plus(CSharpLiteral.Of(place.Offset), "o"), Dialect.Plus(start, "o"));
            }
        }
    }

    /// <summary>Tap by tap, in each the outputs with their inputs.</summary>
    private void WriteSwapped(CSharpWriter writer, Dialect dialect, DenseWeights weights, string start)
    {
        int inputs = weights.Inputs / weights.Taps;
        using (writer.Open($"for (int t = 0; t < {CSharpLiteral.Of(weights.Taps)}; t++)"))
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(weights.Outputs)}; o++)"))
        {
            writer.Line($"for (int i = 0; i < {CSharpLiteral.Of(inputs)}; i++)");
            Copy(writer, dialect, PackedIndex(weights, $"(t * {CSharpLiteral.Of(inputs)} + i)", "o"), Dialect.Plus(start, $"(t * {CSharpLiteral.Of(weights.Outputs)} + o) * {CSharpLiteral.Of(inputs)} + i"));
        }
    }

    private static void Loop(CSharpWriter writer, ParameterBlock block, string statement)
    {
        writer.Line($"for (int o = 0; o < {CSharpLiteral.Of(block.Shape.Count)}; o++) // {block.Name}");
        writer.Line("    " + statement);
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

/// <summary>Blocks that a copy leaves out.</summary>
internal enum SkippedBlocks
{
    None,

    /// <summary>Frozen ones and buffers: they have no gradient, and count as zero in canonical order.</summary>
    Untrained,

    /// <summary>Buffers: they have no state. The others follow each other without gaps.</summary>
    Buffers,
}
