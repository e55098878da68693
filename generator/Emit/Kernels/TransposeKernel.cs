using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Packs Wᵀ in panels of inputs, so that dx = dz·Wᵀ reads it in a straight line.</summary>
internal sealed record TransposeKernel(string Name, string Comment, DenseWeights Weights) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("w"), KernelParameter.Out("wt")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        int whole = Weights.Outputs / Weights.Panel;
        int rest = Weights.Outputs % Weights.Panel;
        if (whole > 0)
        {
            string end = CSharpLiteral.Of(whole * Weights.Panel);
            using (writer.Open($"for (int o = 0; o < {end}; o += {CSharpLiteral.Of(Weights.Panel)})"))
                WritePanel(writer, context.Dialect, "o", Weights.Panel);
        }

        if (rest > 0)
            WritePanel(writer, context.Dialect, CSharpLiteral.Of(whole * Weights.Panel), rest);
    }

    /// <summary>One panel of outputs: its row of each input becomes a column.</summary>
    private void WritePanel(CSharpWriter writer, Dialect dialect, string first, int outputs)
    {
        int panel = Weights.InputPanel;
        using (writer.Open($"for (int i = 0; i < {CSharpLiteral.Of(Weights.Inputs)}; i++)"))
        {
            string column = new ColumnOffsets(panel, Weights.Outputs * panel).Of("i", 1, Weights.InputStride);
            Pointer from = dialect.Declare(writer, "from", dialect.Received("w"), Dialect.Plus(
                CSharpLiteral.Of(Weights.Offset), $"{Scaled(first, Weights.Inputs)} + {Dialect.Times("i", Weights.Panel)}"));
            Pointer to = dialect.Declare(writer, "to", dialect.Received("wt"), Dialect.Plus(
                CSharpLiteral.Of(Weights.TransposedOffset), $"{Scaled(first, panel)} + {column}"));
            for (int o = 0; o < outputs; o++)
                writer.Line($"{dialect.At(to, CSharpLiteral.Of(o * panel))} = {dialect.At(from, CSharpLiteral.Of(o))};");
        }
    }

    private static string Scaled(string first, int factor) =>
        int.TryParse(first, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? CSharpLiteral.Of(number * factor)
            : Dialect.Times(first, factor);
}
