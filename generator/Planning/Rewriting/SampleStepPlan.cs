using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A part of the backward pass of one sample that updates the parameters on its way.</summary>
/// <param name="Operation">What runs; the first of both where two go together.</param>
/// <param name="Down">The gradient that goes through a layer's weights, or null.</param>
/// <param name="Update">The gradient of these weights, in the same walk over them, or null.</param>
internal sealed record SampleStepPart(Operation Operation, GemmTransposed? Down, WeightGradient? Update)
{
    /// <summary>Whether it can be part of one method for the whole step.</summary>
    public bool HasForm => Down is not null || Update is not null || Operation is MapBackward { Function: not Activation.Identity };
}

/// <summary>Plans a step of one sample: which operations go together, and how many methods it takes.</summary>
internal static class SampleStepPlanner
{
    /// <param name="backward">Without what only leads to gradients of the inputs.</param>
    public static IEnumerable<SampleStepPart> Parts(IReadOnlyList<Operation> backward)
    {
        for (int i = 0; i < backward.Count; i++)
        {
            Operation operation = backward[i];
            GemmTransposed? down = operation as GemmTransposed;
            WeightGradient? update = (down is null ? operation : i + 1 < backward.Count ? backward[i + 1] : null) as WeightGradient;
            if (down is not null && update?.Weight != down.Weight)
                update = null;
            if (down is not null && update is not null)
                i++;
            yield return new(operation, down, update);
        }
    }

    /// <summary>The form that a step can have, if <paramref name="chosen"/> is what it should have.</summary>
    public static StepForm Form(TrainingSpec training, IReadOnlyList<SampleStepPart> parts, SamplePlan? forward, StepForm chosen)
    {
        // Only a rule without state may step as each gradient is known, and only products have a form that does.
        if (training.Optimizer != Optimizer.Sgd || parts.Any(part => !part.HasForm && part.Operation.Gradients.Any()))
            return StepForm.Chunk;
        return chosen == StepForm.OneMethod && (forward is null || parts.Any(part => !part.HasForm)) ? StepForm.Layers : chosen;
    }
}
