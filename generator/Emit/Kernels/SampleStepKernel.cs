using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>One part of a whole step: a kernel, and where in scratch or elsewhere each of its parameters lies.</summary>
/// <param name="Kernel">What runs.</param>
/// <param name="Comment">Its formula.</param>
/// <param name="Places">Per parameter that is a place in memory: the method's own parameter, and an offset into it.</param>
internal sealed record StepPart(Kernel Kernel, string Comment, EquatableArray<StepPlace> Places);

/// <summary>Where the parameter <paramref name="Name"/> of a part lies.</summary>
internal sealed record StepPlace(string Name, string Source, int Offset);

/// <summary>
/// A whole training step of a small network for one sample in one method: forward, loss, backward, each parameter updated as soon
/// as its gradient is known. Small networks spend more time in calls than in multiplying.
/// </summary>
/// <param name="Forward">Forward, keeping every value.</param>
/// <param name="Loss">The loss of the one row.</param>
/// <param name="LossPlaces">Where value and gradient of the loss lie in scratch.</param>
/// <param name="Backward">The rest, in order.</param>
internal sealed record SampleStepKernel(
    string Name, string Comment, SampleForwardKernel Forward, LossKernel Loss, EquatableArray<StepPlace> LossPlaces, EquatableArray<StepPart> Backward)
    : Kernel(Name, Comment)
{
    public override int MaximumLanes => Backward.Aggregate(Forward.MaximumLanes, (lanes, part) => System.Math.Max(lanes, part.Kernel.MaximumLanes));

    public override string Returns => "double";

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Out("parameters"), KernelParameter.In("input"), KernelParameter.In("target"), KernelParameter.Out("scratch"),
        KernelParameter.Value(KernelParameter.Element, "lossScale"), KernelParameter.Value(KernelParameter.Element, "scale"),
    ];

    public override void WriteBody(CSharpWriter writer, KernelContext context)
    {
        Forward.WriteBody(writer, context);
        writer.Line($"// {Loss.Comment}");
        writer.Line("double loss = 0;");
        KernelContext wide = context.Within(Loss.Panel);
        ElementLossKernel? whole = Loss is ElementLossKernel elements && elements.TakesWholeVectors(wide.Dialect) ? elements : null;
        KernelContext narrow = whole is null ? context.Within(Loss.MaximumLanes) : wide;
        Dialect dialect = narrow.Dialect;
        using (writer.Open())
        {
            Pointer scratch = dialect.Received("scratch");
            Pointer value = dialect.Declare(writer, "value", scratch, CSharpLiteral.Of(LossPlaces[0].Offset));
            Pointer gradient = dialect.Declare(writer, "gradient", scratch, CSharpLiteral.Of(LossPlaces[1].Offset));
            if (whole is not null)
                whole.WriteWholeRow(writer, wide, value, dialect.Received("target"), gradient);
            else
                Loss.WriteRow(writer, narrow, value, dialect.Received("target"), gradient);
        }

        foreach (StepPart part in Backward)
        {
            KernelContext inner = context.Within(part.Kernel.MaximumLanes);
            writer.Lines("// " + part.Comment.Replace("\n", "\n// "));
            using (writer.Open())
            {
                foreach (KernelParameter parameter in part.Kernel.Parameters.Where(parameter => parameter.Type is null))
                {
                    StepPlace place = part.Places.First(candidate => candidate.Name == parameter.Name);
                    inner.Dialect.Alias(writer, parameter.Name, parameter.Writes, inner.Dialect.Received(place.Source), CSharpLiteral.Of(place.Offset));
                }

                if (part.Kernel.Parameters.Any(parameter => parameter.Name == "rows"))
                    writer.Line("const int rows = 1;");
                part.Kernel.WriteBody(writer, inner);
            }
        }

        writer.Line("return loss;");
    }
}
