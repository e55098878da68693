using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>The summed loss of all elements, in double, and its gradient times <c>scale</c>.</summary>
/// <param name="Helper">The element's loss: <c>HelperLoss(value, t)</c>, and its derivative <c>HelperLossGradient(value, t)</c>.</param>
internal sealed record LossKernel(string Name, string Comment, string Helper, int Width, int Stride, int Panel) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Panel;

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters => LossRows.Parameters;

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        bool hasVectors = dialect.Lanes > 1 && Width >= dialect.Lanes;
        LossRows.Write(writer, dialect, Width, Stride, (value, targets, gradient) =>
        {
            if (hasVectors)
                writer.Line($"var sums = {dialect.Zero};");
            RowLoop.Write(
                writer,
                dialect,
                Width,
                o =>
                {
                    string pair = $"{dialect.Load(value, o)}, {dialect.Load(targets, o)}";
                    writer.Line($"sums += {context.Function(Helper + "Loss")}({pair});");
                    writer.Line(dialect.Store(gradient, o, $"scales * {context.Function(Helper + "LossGradient")}({pair})"));
                },
                o =>
                {
                    string pair = $"{dialect.At(value, o)}, {dialect.At(targets, o)}";
                    writer.Line($"loss += {context.ScalarFunction(Helper + "Loss")}({pair});");
                    writer.Line($"{dialect.At(gradient, o)} = scale * {context.ScalarFunction(Helper + "LossGradient")}({pair});");
                });
            if (hasVectors)
                writer.Line($"loss += {dialect.Sum("sums")};");
        });
    }
}

/// <summary>
/// Cross-entropy and its gradient from the logits: loss = −Σ t·(z − log Σ exp z), dz = scale·(p·Σt − t) with p = softmax(z).
/// Neither p nor its logarithm is ever rounded to 0 or −∞ on the way.
/// </summary>
internal sealed record CrossEntropyKernel(string Name, string Comment, int Width, int Stride, int Panel) : Kernel(Name, Comment)
{
    public override int MaximumLanes => Panel;

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters => LossRows.Parameters;

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        LossRows.Write(writer, dialect, Width, Stride, (z, t, dz) =>
        {
            SoftmaxRow.WriteExponentials(writer, context, Width, z, dz);
            writer.Line($"double logSum = {context.DoubleFunction("Log")}(sum);");
            writer.Line("double total = 0;");
            using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Width)}; o++)"))
            {
                writer.Line($"double to = {dialect.At(t, "o")};");
                writer.Line("total += to;");
                writer.Line("if (to != 0)");
                writer.Line($"    loss -= to * ((double){dialect.At(z, "o")} - largest - logSum);");
            }

            writer.Line($"{dialect.Element} weight = ({dialect.Element})(scale * total / sum);");
            writer.Line($"var weights = {dialect.Broadcast("weight")};");
            RowLoop.Write(
                writer,
                dialect,
                Width,
                o => writer.Line(dialect.Store(dz, o, $"{dialect.Load(dz, o)} * weights - scales * {dialect.Load(t, o)}")),
                o => writer.Line($"{dialect.At(dz, o)} = {dialect.At(dz, o)} * weight - scale * {dialect.At(t, o)};"));
        });
    }
}

/// <summary>What all losses share: rows of values and targets in, the summed loss and rows of gradients out.</summary>
internal static class LossRows
{
    public static IReadOnlyList<KernelParameter> Parameters { get; } =
    [
        KernelParameter.In("value"), KernelParameter.In("target"), KernelParameter.Out("gradient"),
        KernelParameter.Value("int", "rows"), KernelParameter.Value(KernelParameter.Element, "scale"),
    ];

    public static void Write(
        CSharpWriter writer, Dialect dialect, int width, int stride, System.Action<Pointer, Pointer, Pointer> row)
    {
        Pointer value = dialect.Declare(writer, "rowValue", dialect.Received("value"));
        Pointer target = dialect.Declare(writer, "rowTarget", dialect.Received("target"));
        Pointer gradient = dialect.Declare(writer, "rowGradient", dialect.Received("gradient"));
        writer.Line($"var scales = {dialect.Broadcast("scale")};");
        writer.Line("double loss = 0;");
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            row(value, target, gradient);
            if (stride > width)
            {
                writer.Line($"for (int o = {CSharpLiteral.Of(width)}; o < {CSharpLiteral.Of(stride)}; o++)");
                writer.Line($"    {dialect.At(gradient, "o")} = 0;");
            }

            dialect.Advance(writer, value, CSharpLiteral.Of(stride));
            dialect.Advance(writer, target, CSharpLiteral.Of(width));
            dialect.Advance(writer, gradient, CSharpLiteral.Of(stride));
        }

        writer.Line("return loss;");
    }
}
