using System;
using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>What all losses share: rows of values and targets in, the summed loss and rows of gradients out.</summary>
/// <param name="Width">Elements of a row of targets.</param>
/// <param name="Stride">Elements of a row of values and of gradients, padding included.</param>
/// <param name="Panel">What such a row is padded to a multiple of.</param>
internal abstract record LossKernel(string Name, string Comment, int Width, int Stride, int Panel) : Kernel(Name, Comment)
{
    /// <summary>Targets have no padding: a row of 10 takes 8 lanes and two single elements.</summary>
    public override int MaximumLanes => RowLoop.Lanes(Width, Panel);

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.In("value"), KernelParameter.In("target"), KernelParameter.Out("gradient"),
        KernelParameter.Value("int", "rows"), KernelParameter.Value(KernelParameter.Element, "lossScale"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Dialect dialect = context.Dialect;
        Pointer value = dialect.Declare(writer, "rowValue", dialect.Received("value"));
        Pointer target = dialect.Declare(writer, "rowTarget", dialect.Received("target"));
        Pointer gradient = dialect.Declare(writer, "rowGradient", dialect.Received("gradient"));
        writer.Line("double loss = 0;");
        using (writer.Open("for (; rows > 0; rows--)"))
        {
            WriteRow(writer, context, value, target, gradient, scales: true);
            dialect.Advance(writer, value, CSharpLiteral.Of(Stride));
            dialect.Advance(writer, target, CSharpLiteral.Of(Width));
            dialect.Advance(writer, gradient, CSharpLiteral.Of(Stride));
        }

        writer.Line("return loss;");
    }

    /// <summary>Adds one row's loss to the local <c>loss</c> and writes its gradient, zero in the padding.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="value">The row of values.</param>
    /// <param name="target">The row of targets.</param>
    /// <param name="gradient">The row of gradients.</param>
    /// <param name="scales">Whether gradients are multiplied by <c>lossScale</c>; if not, they lack the loss's constant factor too.</param>
    public void WriteRow(CSharpWriter writer, KernelContext context, Pointer value, Pointer target, Pointer gradient, bool scales)
    {
        Dialect dialect = context.Dialect;
        WriteElements(writer, context, value, target, gradient, scales);
        if (Stride - Width > Machine.FewElements)
        {
            writer.Line($"for (int o = {CSharpLiteral.Of(Width)}; o < {CSharpLiteral.Of(Stride)}; o++)");
            writer.Line($"    {dialect.At(gradient, "o")} = 0;");
            return;
        }

        for (int o = Width; o < Stride; o++)
            writer.Line($"{dialect.At(gradient, CSharpLiteral.Of(o))} = 0;");
    }

    protected abstract void WriteElements(
        CSharpWriter writer, KernelContext context, Pointer value, Pointer target, Pointer gradient, bool scales);

    /// <summary>Whether a row has a whole vector at all.</summary>
    protected bool HasVectors(Dialect dialect) => dialect.Lanes > 1 && Width >= dialect.Lanes;
}

/// <summary>A loss of each element by itself.</summary>
internal sealed record ElementLossKernel(string Name, string Comment, Loss Loss, int Width, int Stride, int Panel)
    : LossKernel(Name, Comment, Width, Stride, Panel)
{
    /// <summary>
    /// Whether a single row is worth whole vectors, the last of them filled up with zeros: backward reads the gradient in such vectors, and a load that
    /// spans several stores has to wait until all of them are in the cache. A row that is in registers already always is.
    /// </summary>
    public bool TakesWholeVectors(Dialect dialect, bool isHeld) => (isHeld || Width > Machine.FewElements) && dialect.Lanes > 1 && Stride <= Machine.LossVectors * dialect.Lanes;

    private LossFunction Function => LossFunction.Of(Loss);

    /// <summary>The one row of a step, in whole vectors of <paramref name="context"/>: like <see cref="LossKernel.WriteRow"/>, gradients unscaled.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The kernel class.</param>
    /// <param name="values">A row of values, or null to load them from <paramref name="value"/>.</param>
    /// <param name="value">The row of values in memory.</param>
    /// <param name="target">The row of targets in memory.</param>
    /// <param name="gradients">The locals that receive the gradient, or null to store it at <paramref name="gradient"/>.</param>
    /// <param name="gradient">The row of gradients in memory.</param>
    public void WriteWholeRow(
        CSharpWriter writer, KernelContext context, HeldRow? values, Pointer value, Pointer target, HeldRow? gradients, Pointer gradient)
    {
        Dialect dialect = context.Dialect;
        if (gradients is { IsUniform: true })
        {
            writer.Line($"var y0 = {values!.Vectors[0]};");
            writer.Line($"var t0 = {dialect.Broadcast(dialect.At(target, "0"))};");
            writer.Line($"loss += {dialect.First($"{context.Function(Function.ValueHelper)}(y0, t0)")};");
            writer.Line($"{gradients.Vectors[0]} = {context.Function(Function.PlainGradientHelper)}(y0, t0);");
            return;
        }

        values = values?.In(dialect, Stride / dialect.Lanes);
        if (dialect.Target.IsReproducible)
        {
            WriteOrderedRow(writer, context, values, value, target, gradients, gradient);
            return;
        }

        for (int v = 0; v < Stride / dialect.Lanes; v++)
        {
            int first = v * dialect.Lanes;
            string number = CSharpLiteral.Of(v);
            int count = Math.Max(0, Math.Min(dialect.Lanes, Width - first));
            if (count == 0)
            {
                Write(v, dialect.Zero);
                continue;
            }

            bool isWhole = count == dialect.Lanes;
            writer.Line($"var y{number} = {values?.Vectors[v] ?? dialect.Load(value, CSharpLiteral.Of(first))};");
            writer.Line($"var t{number} = {(isWhole ? dialect.Load(target, CSharpLiteral.Of(first)) : dialect.LoadPart(target, first, count))};");
            string loss = $"{context.Function(Function.ValueHelper)}(y{number}, t{number})";
            string slope = $"{context.Function(Function.PlainGradientHelper)}(y{number}, t{number})";
            if (!isWhole)
            {
                writer.Line($"var inside = {dialect.Mask(count)};");
                loss += " & inside";
                slope += " & inside";
            }

            writer.Line($"loss += {dialect.Sum(loss)};");
            Write(v, slope);
        }

        void Write(int v, string slope) =>
            writer.Line(gradients is null ? dialect.Store(gradient, CSharpLiteral.Of(v * dialect.Lanes), slope) : $"{gradients.Vectors[v]} = {slope};");
    }

    /// <summary>The same in a fixed order, gradients scaled: the losses pass through the place of the gradient.</summary>
    private void WriteOrderedRow(CSharpWriter writer, KernelContext context, HeldRow? values, Pointer value, Pointer target, HeldRow? gradients, Pointer gradient)
    {
        Dialect dialect = context.Dialect;
        int used = (Width + dialect.Lanes - 1) / dialect.Lanes;
        writer.Line($"var lossScales = {dialect.Broadcast("lossScale")};");
        for (int v = 0; v < used; v++)
        {
            int first = v * dialect.Lanes, count = Math.Min(dialect.Lanes, Width - first);
            string number = CSharpLiteral.Of(v), offset = CSharpLiteral.Of(first);
            writer.Line($"var y{number} = {values?.Vectors[v] ?? dialect.Load(value, offset)};");
            writer.Line($"var t{number} = {(count == dialect.Lanes ? dialect.Load(target, offset) : dialect.LoadPart(target, first, count))};");
            writer.Line(dialect.Store(gradient, offset, $"{context.Function(Function.ValueHelper)}(y{number}, t{number})"));
        }

        OrderedSum.Write(writer, context, gradient, Width, "loss +=");
        for (int v = 0; v < Stride / dialect.Lanes; v++)
        {
            int count = Math.Max(0, Math.Min(dialect.Lanes, Width - (v * dialect.Lanes)));
            string number = CSharpLiteral.Of(v);
            string slope = count == 0 ? dialect.Zero : $"lossScales * {context.Function(Function.GradientHelper)}(y{number}, t{number})";
            if (count > 0 && count < dialect.Lanes)
                slope = $"({slope}) & {dialect.Mask(count)}";
            writer.Line(gradients is null ? dialect.Store(gradient, CSharpLiteral.Of(v * dialect.Lanes), slope) : $"{gradients.Vectors[v]} = {slope};");
        }
    }

    /// <summary>The losses of a row lie in the place of its gradient until they are added up.</summary>
    private void WriteOrdered(CSharpWriter writer, KernelContext context, Pointer value, Pointer target, Pointer gradient)
    {
        Dialect dialect = context.Dialect;
        if (HasVectors(dialect))
            writer.Line($"var lossScales = {dialect.Broadcast("lossScale")};");
        RowLoop.Write(
            writer,
            dialect,
            Width,
            o => writer.Line(dialect.Store(gradient, o, $"{context.Function(Function.ValueHelper)}({dialect.Load(value, o)}, {dialect.Load(target, o)})")),
            o => writer.Line($"{dialect.At(gradient, o)} = {context.ScalarFunction(Function.ValueHelper)}({dialect.At(value, o)}, {dialect.At(target, o)});"));
        OrderedSum.Write(writer, context, gradient, Width, "loss +=");
        RowLoop.Write(
            writer,
            dialect,
            Width,
            o => writer.Line(dialect.Store(gradient, o, $"lossScales * {context.Function(Function.GradientHelper)}({dialect.Load(value, o)}, {dialect.Load(target, o)})")),
            o => writer.Line($"{dialect.At(gradient, o)} = lossScale * {context.ScalarFunction(Function.GradientHelper)}({dialect.At(value, o)}, {dialect.At(target, o)});"));
    }

    protected override void WriteElements(
        CSharpWriter writer, KernelContext context, Pointer value, Pointer target, Pointer gradient, bool scales)
    {
        Dialect dialect = context.Dialect;
        if (dialect.Target.IsReproducible)
        {
            WriteOrdered(writer, context, value, target, gradient);
            return;
        }

        string helper = scales ? Function.GradientHelper : Function.PlainGradientHelper;
        if (HasVectors(dialect) && scales)
            writer.Line($"var lossScales = {dialect.Broadcast("lossScale")};");
        if (HasVectors(dialect))
            writer.Line($"var sums = {dialect.Zero};");

        RowLoop.Write(
            writer,
            dialect,
            Width,
            o =>
            {
                string pair = $"{dialect.Load(value, o)}, {dialect.Load(target, o)}";
                writer.Line($"sums += {context.Function(Function.ValueHelper)}({pair});");
                writer.Line(dialect.Store(gradient, o, $"{(scales ? "lossScales * " : string.Empty)}{context.Function(helper)}({pair})"));
            },
            o =>
            {
                string pair = $"{dialect.At(value, o)}, {dialect.At(target, o)}";
                writer.Line($"loss += {context.ScalarFunction(Function.ValueHelper)}({pair});");
                writer.Line($"{dialect.At(gradient, o)} = {(scales ? "lossScale * " : string.Empty)}{context.ScalarFunction(helper)}({pair});");
            });
        if (HasVectors(dialect))
            writer.Line($"loss += {dialect.Sum("sums")};");

    }
}

/// <summary>
/// Cross-entropy and its gradient from the logits: loss = −Σ t·(z − log Σ exp z), dz = scale·(p·Σt − t) with p = softmax(z).
/// Neither p nor its logarithm is ever rounded to 0 or −∞ on the way.
/// </summary>
internal sealed record CrossEntropyKernel(string Name, string Comment, int Width, int Stride, int Panel)
    : LossKernel(Name, Comment, Width, Stride, Panel)
{
    protected override void WriteElements(
        CSharpWriter writer, KernelContext context, Pointer value, Pointer target, Pointer gradient, bool scales)
    {
        Dialect dialect = context.Dialect;
        string factor = scales ? "lossScale * " : string.Empty, factors = scales ? "lossScales * " : string.Empty;
        SoftmaxRow.WriteExponentials(writer, context, Width, value, gradient);
        writer.Line($"double logSum = {context.DoubleFunction("Log")}(sum);");
        writer.Line("double total = 0;");
        using (writer.Open($"for (int o = 0; o < {CSharpLiteral.Of(Width)}; o++)"))
        {
            writer.Line($"double to = {dialect.At(target, "o")};");
            writer.Line("total += to;");
            writer.Line("if (to != 0)");
            writer.Line($"    loss -= to * ((double){dialect.At(value, "o")} - largest - logSum);");
        }

        writer.Line($"{dialect.Element} weight = ({dialect.Element})({factor}total / sum);");
        if (HasVectors(dialect))
            writer.Line($"var weights = {dialect.Broadcast("weight")};");
        if (HasVectors(dialect) && scales)
            writer.Line($"var lossScales = {dialect.Broadcast("lossScale")};");

        RowLoop.Write(
            writer,
            dialect,
            Width,
            o => writer.Line(dialect.Store(gradient, o, $"{dialect.Load(gradient, o)} * weights - {factors}{dialect.Load(target, o)}")),
            o => writer.Line($"{dialect.At(gradient, o)} = {dialect.At(gradient, o)} * weight - {factor}{dialect.At(target, o)};"));
    }
}
