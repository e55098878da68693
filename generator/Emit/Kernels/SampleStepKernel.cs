using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>One part of a whole step: a kernel, and where in scratch or elsewhere each of its parameters lies.</summary>
/// <param name="Kernel">What runs.</param>
/// <param name="Comment">Its formula.</param>
/// <param name="Places">Per parameter that is a place in memory: the method's own parameter, and an offset into it.</param>
internal sealed record StepPart(Kernel Kernel, string Comment, EquatableArray<StepPlace> Places);

/// <summary>Where the parameter <paramref name="Name"/> of a part lies, and whose values they are.</summary>
internal sealed record StepPlace(string Name, string Source, int Offset, string Tensor);

/// <summary>
/// A whole training step of a small network for one sample in one method: forward, loss, backward, each parameter updated as soon
/// as its gradient is known. Small networks spend more time in calls than in multiplying.
/// </summary>
/// <remarks>Gradients lack the loss's constant factor, since all that becomes of them is a step: <c>scale</c> has it.</remarks>
/// <param name="Forward">Forward, keeping every value.</param>
/// <param name="Loss">The loss of the one row.</param>
/// <param name="LossPlaces">Where value and gradient of the loss lie in scratch.</param>
/// <param name="Backward">The rest, in order.</param>
internal sealed record SampleStepKernel(
    string Name, string Comment, SampleForwardKernel Forward, LossKernel Loss, EquatableArray<StepPlace> LossPlaces, EquatableArray<StepPart> Backward)
    : Kernel(Name, Comment)
{
    /// <summary>Whether <paramref name="Forward"/> is a method of the class already, which the step calls.</summary>
    public bool CallsForward { get; init; }

    public override int MaximumLanes => Backward.Aggregate(Forward.MaximumLanes, (lanes, part) => System.Math.Max(lanes, part.Kernel.MaximumLanes));

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Out("parameters"), KernelParameter.In("input"), KernelParameter.In("target"), KernelParameter.Out("scratch"),
        KernelParameter.Value(KernelParameter.Element, IsOrdered ? "lossScale" : "scale"),
    ];

    /// <summary>Whether the order of all sums is fixed: gradients then have all factors, as those of many samples.</summary>
    public bool IsOrdered { get; init; }

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        HeldRow? values = CallsForward ? SampleForwardCall.Write(Forward, writer, context, LossPlaces[0].Offset) : Forward.WriteLayers(writer, context, LossPlaces[0].Offset);
        HeldRow? row = WriteLoss(writer, context, values);
        for (int i = 0; i < Backward.Count; i++)
        {
            StepPart part = Backward[i];
            KernelContext inner = context.Within(part.Kernel.MaximumLanes);
            HeldRow? next = (part.Kernel as IHoldsRows)?.Leaves(inner, PlaceOf(part, "dx")?.Tensor ?? string.Empty);
            next = next is not null && TakenBy(context, i + 1, next, PlaceOf(part, "dx")) ? next : null;
            writer.Lines("// " + part.Comment.Replace("\n", "\n// "));
            if (next is not null)
                writer.Line(next.Declaration);
            using (writer.Open())
            {
                foreach (KernelParameter parameter in part.Kernel.Parameters.Where(parameter => parameter.Type is null))
                {
                    if ((parameter.Name == "dz" && row is not null) || (parameter.Name == "dx" && next is not null))
                        continue;
                    StepPlace place = PlaceOf(part, parameter.Name)!;
                    inner.Dialect.Alias(writer, parameter.Name, parameter.Writes, inner.Dialect.Received(place.Source), CSharpLiteral.Of(place.Offset));
                }

                if (part.Kernel.Parameters.Any(parameter => parameter.Name == "rows"))
                    writer.Line("const int rows = 1;");
                if (part.Kernel is IHoldsRows holding)
                    holding.WriteBody(writer, inner, row, next);
                else
                    part.Kernel.WriteBody(writer, inner);
            }

            row = next;
        }

        writer.Line("return loss;");
    }

    /// <summary>Writes the loss and its gradient with respect to <paramref name="values"/>, or to what lies in memory if null.</summary>
    /// <returns>The gradient, if it stays in locals.</returns>
    private HeldRow? WriteLoss(CSharpWriter writer, KernelContext context, HeldRow? values)
    {
        writer.Line($"// {Loss.Comment}");
        writer.Line("double loss = 0;");
        KernelContext wide = context.Within(Loss.Panel);
        ElementLossKernel? whole = Loss is ElementLossKernel elements && elements.TakesWholeVectors(wide.Dialect, values is not null) ? elements : null;
        KernelContext narrow = whole is null ? context.Within(Loss.MaximumLanes) : wide;
        Dialect dialect = narrow.Dialect;
        HeldRow? gradients = whole is null ? null : HeldRow.Of(dialect, LossPlaces[1].Tensor, Loss.Stride / dialect.Lanes);
        gradients = gradients is not null && TakenBy(context, 0, gradients, LossPlaces[1]) ? gradients : null;
        if (gradients is not null && values is { IsUniform: true } && values.Dialect.Lanes == Loss.Stride && Backward[0].Kernel is SampleBackwardByOutputKernel)
            gradients = gradients with { IsUniform = true };
        if (gradients is not null)
            writer.Line(gradients.Declaration);
        using (writer.Open())
        {
            Pointer scratch = dialect.Received("scratch");
            Pointer target = dialect.Received("target");
            Pointer value = whole is null || values is null ? dialect.Declare(writer, "value", scratch, CSharpLiteral.Of(LossPlaces[0].Offset)) : scratch;
            Pointer gradient = gradients is null || IsOrdered ? dialect.Declare(writer, "gradient", scratch, CSharpLiteral.Of(LossPlaces[1].Offset)) : scratch;
            if (whole is not null)
                whole.WriteWholeRow(writer, wide, values, value, target, gradients, gradient);
            else
                Loss.WriteRow(writer, narrow, value, target, gradient, scales: IsOrdered);
        }

        return gradients;
    }

    /// <summary>Whether a part takes a row from locals that it would read at <paramref name="place"/> otherwise.</summary>
    private bool TakenBy(KernelContext context, int index, HeldRow row, StepPlace? place) =>
        index < Backward.Count && Backward[index].Kernel is IHoldsRows next && PlaceOf(Backward[index], "dz") == place! with { Name = "dz" }
            && next.Takes(context.Within(Backward[index].Kernel.MaximumLanes), row);

    private static StepPlace? PlaceOf(StepPart part, string name) => part.Places.FirstOrDefault(place => place.Name == name);
}
