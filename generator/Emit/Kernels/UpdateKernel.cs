using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>One optimizer step of a stretch of the flat parameter array: w ← rule(w, clip·g + L1·sign w + L2·w, state).</summary>
/// <param name="Rule">The helper that holds the rule for one element.</param>
/// <param name="Slots">The state arrays: "m", "v".</param>
/// <param name="Scalars">What all elements share, in the helper's order.</param>
/// <param name="Line">Stretches are multiples of this many elements.</param>
internal sealed record UpdateKernel(
    string Name, string Comment, string Rule, Model.EquatableArray<string> Slots, Model.EquatableArray<string> Scalars, int Line) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Line;

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Out("w"), KernelParameter.In("g"), .. Slots.Select(KernelParameter.Out), KernelParameter.Value("int", "count"),
        .. Scalars.Select(scalar => KernelParameter.Value(KernelParameter.Element, scalar)),
        .. new[] { "clip", "l1", "l2" }.Select(scalar => KernelParameter.Value(KernelParameter.Element, scalar)),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        string[] shared = [.. Scalars];
        if (dialect.Lanes > 1)
        {
            shared = [.. Scalars.Select(scalar => scalar + "s")];
            foreach (string scalar in Scalars)
                writer.Line($"var {scalar}s = {dialect.Broadcast(scalar)};");
        }

        using (writer.Open("if (clip == 1 && l1 == 0 && l2 == 0)"))
            WriteLoop(writer, context, shared, dialect.Load(dialect.Received("g"), "i"));
        using (writer.Open("else"))
        {
            if (dialect.Lanes > 1)
            {
                foreach (string scalar in new[] { "clip", "l1", "l2" })
                    writer.Line($"var {scalar}s = {dialect.Broadcast(scalar)};");
            }

            string suffix = dialect.Lanes > 1 ? "s" : string.Empty;
            WriteLoop(
                writer, context, shared, $"{context.Function("PenalizedGradient")}({dialect.Load(dialect.Received("g"), "i")}, {dialect.Load(dialect.Received("w"), "i")}, clip{suffix}, l1{suffix}, l2{suffix})");
        }
    }

    private void WriteLoop(CSharpWriter writer, KernelContext context, string[] shared, string gradient)
    {
        Dialect dialect = context.Dialect;
        using (writer.Open($"for (int i = 0; i < count; i += {CSharpLiteral.Of(dialect.Lanes)})"))
        {
            foreach (string slot in Slots)
                writer.Line($"var {slot}i = {dialect.Load(dialect.Received(slot), "i")};");
            string arguments = string.Join(", ", new[] { dialect.Load(dialect.Received("w"), "i"), gradient }
                .Concat(Slots.Select(slot => $"ref {slot}i")).Concat(shared));
            writer.Line(dialect.Store(dialect.Received("w"), "i", $"{context.Function(Rule)}({arguments})"));
            foreach (string slot in Slots)
                writer.Line(dialect.Store(dialect.Received(slot), "i", slot + "i"));
        }
    }
}

/// <summary>Σ g² of one block of gradients in double, in an order that does not depend on how they lie.</summary>
internal sealed record OrderedNormKernel(string Name, string Comment) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.In("g"), .. new[] { "step", "panel", "panelLength", "inputs", "outputs" }.Select(name => KernelParameter.Value("int", name))];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        writer.Line("double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;");
        using (writer.Open("for (int i = 0; i < inputs; i++)"))
        using (writer.Open("for (int o = 0; o < outputs; o++)"))
        {
            writer.Line($"double gi = {dialect.At(dialect.Received("g"), "i * step + o / panel * panelLength + o % panel")}, square = gi * gi;");
            writer.Line("int part = o & 3;");
            writer.Line("if (part == 0) sum0 += square; else if (part == 1) sum1 += square; else if (part == 2) sum2 += square; else sum3 += square;");
        }

        writer.Line("return sum0 + sum1 + (sum2 + sum3);");
    }
}

/// <summary>Σ g² over a stretch of the gradients, a multiple of 4, in double: the square of what global-norm clipping compares.</summary>
internal sealed record SquaredNormKernel(string Name, string Comment) : Kernel(Name, Comment)
{
    public override int MaximumLanes => 1;

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters => [KernelParameter.In("g"), KernelParameter.Value("int", "count")];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        writer.Line("double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;");
        using (writer.Open("for (int i = 0; i < count; i += 4)"))
        {
            for (int k = 0; k < 4; k++)
                writer.Line($"double g{k} = {dialect.At(dialect.Received("g"), k == 0 ? "i" : "i + " + CSharpLiteral.Of(k))};");
            for (int k = 0; k < 4; k++)
                writer.Line($"sum{k} += g{k} * g{k};");
        }

        writer.Line("return sum0 + sum1 + (sum2 + sum3);");
    }
}
