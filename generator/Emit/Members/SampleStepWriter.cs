using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>A step of one sample as one kernel, for networks so small that calls between layers would cost more than the layers.</summary>
internal static class SampleStepWriter
{
    /// <summary>The kernel, or null where it was not chosen.</summary>
    public static SampleStepKernel? Create(EmitContext context)
    {
        TrainingPlan plan = context.Plan.Training!;
        if (plan.Sample is not { } sample || plan.Step != StepForm.OneMethod)
            return null;
        IEnumerable<StepPart> parts = plan.StepParts.Select(part => SampleCall.Of(context.Plan, part)).Select(call =>
            new StepPart(call.Kernel, call.Comment, new(call.Places.Select(place => Place(plan, place.Name, place.Tensor)))));

        return new SampleStepKernel(
            "TrainSample",
            "Forward, loss and backward for one sample; each parameter is updated as soon as its gradient is known."
                + (context.Plan.Graph.IsReproducible ? string.Empty : "\nGradients lack the loss's constant factor: scale is -η times it."),
            context.Plan.StepsFromForward
                ? SampleMembers.SharedForward(context.Plan.Inference.Sample!)
                : new SampleForwardKernel("TrainingForwardSample", "Forward, keeping every value that backward reads.", sample.Layers, false, true),
            PassWriter.LossKernel(plan.Loss, context.Plan.Layout),
            new(Place(plan, "value", plan.Loss.Value), Place(plan, "gradient", plan.Loss.Gradient)),
            new(parts))
        {
            IsOrdered = context.Plan.Graph.IsReproducible,
            CallsForward = context.Plan.StepsFromForward,
        };
    }

    private static StepPlace Place(TrainingPlan plan, string name, Tensor? tensor) => tensor switch
    {
        null => new StepPlace(name, "parameters", 0, string.Empty),
        { IsScratch: true } => new StepPlace(name, "scratch", plan.Memory.OffsetOf(tensor) * plan.SampleRows, tensor.Name),
        _ => new StepPlace(name, "input", 0, tensor.Name),
    };
}
