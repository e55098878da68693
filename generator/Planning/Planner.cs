using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Lets each layer add its operations, forward and then in reverse, places the parameters, and decides how each operation runs.</summary>
internal static class Planner
{
    /// <param name="graph">The network.</param>
    /// <param name="cancellation">Stops between the passes.</param>
    /// <param name="forced">What tests and benchmarks ask for in place of the cost model's choices.</param>
    public static NetworkPlan Plan(NetworkGraph graph, CancellationToken cancellation, Forced? forced = null)
    {
        forced ??= new Forced();
        Layout layout = new(graph.Profile, graph.Precision);
        (List<Operation> forward, IReadOnlyList<Tensor> values) = InferencePlanner.Lower(graph, layout);
        (List<Operation> Operations, IReadOnlyList<Tensor> Values, StreamMemory Memory)? frame = graph.Frame is { } one ? InferencePlanner.LowerFrame(one, layout) : null;
        LoweredTraining? training = graph.Training is null ? null : TrainingPlanner.Lower(graph, layout, frame?.Memory.Size);
        cancellation.ThrowIfCancellationRequested();
        ParameterStore parameters = ParameterStore.Place(graph, layout, [.. forward, .. frame?.Operations ?? [], .. training?.All ?? []], forced);
        cancellation.ThrowIfCancellationRequested();
        InferencePlan inference = InferencePlanner.Plan(graph, layout, forward, values, parameters, forced);
        cancellation.ThrowIfCancellationRequested();
        TrainingPlan? trainingPlan = training is null ? null : TrainingPlanner.Plan(graph, layout, training, parameters, forced);
        IReadOnlyList<int> widths = [.. KernelSelector.SampleWidths(graph, layout, parameters.Dense, inference.Sample, forced)];
        if (graph.Profile == Model.EmitProfile.Simd && widths.Count == 0)
            inference = inference with { Sample = null };
        int stepBits = forced.StepBits ?? KernelSelector.StepBits(parameters.Dense);
        IReadOnlyList<int> stepWidths = [.. trainingPlan is { Sample: not null, Step: StepForm.OneMethod } ? widths.Where(bits => bits <= stepBits) : []];
        SamplePlan? shared = stepWidths.Count > 1 && !graph.IsReproducible && inference.Sample is { } sample
            ? SamplePlanner.Share(sample, trainingPlan!.Sample!, trainingPlan.Memory.OffsetOf(trainingPlan.Loss.Value), layout)
            : null;
        NetworkPlan plan = new(graph, layout, parameters, shared is null ? inference : inference with { Sample = shared }, trainingPlan, default)
        {
            Stream = frame is not { } stream ? null : new(
                InferencePlanner.Plan(graph.Frame!, layout, stream.Operations, stream.Values, parameters, forced) with { Sample = null }, new(stream.Memory.Parts), stream.Memory.Size),
            SampleWidths = new(widths),
            StepWidths = new(stepWidths),
            StepsFromForward = shared is not null,
        };
        List<Issue> notes = [.. LayerRules.Notes(graph), .. KernelSelector.Notes(plan)];
        if (ChunkSize.IsBeyondStack(graph, layout, inference))
        {
            notes.Add(Issue.Create(
                IssueIds.ScratchBeyondStack,
                graph.Model.AttributeIndex,
                Number(inference.ScratchLength * layout.ElementBytes),
                Number(Machine.StackBytes)));
        }

        return plan with { Notes = new(notes) };

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
