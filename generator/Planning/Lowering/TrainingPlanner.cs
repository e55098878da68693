using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>What the layers ask for in a training step, before anything is fused or placed.</summary>
/// <param name="Forward">Up to the value that the loss reads.</param>
/// <param name="Loss">The loss and its gradient.</param>
/// <param name="FromOutputGradients">In its place when the caller brings gradients of its own.</param>
/// <param name="Backward">From the gradient that either left.</param>
internal sealed record LoweredTraining(
    IReadOnlyList<Operation> Forward, LossGradient Loss, IReadOnlyList<Operation> FromOutputGradients, IReadOnlyList<Operation> Backward)
{
    public IEnumerable<Operation> All => [.. Forward, Loss, .. FromOutputGradients, .. Backward];
}

/// <summary>Plans a training step: forward with every value kept that backward reads, the loss, and the chain rule in reverse.</summary>
internal static class TrainingPlanner
{
    public static LoweredTraining Lower(NetworkGraph graph, Layout layout)
    {
        TrainingSpec training = graph.Training!;
        Tensors tensors = new(layout);

        // A fused loss works on the logits: its pass ends, and backward begins, below the output activation.
        List<Node> nodes = [.. graph.Operations];
        Node? head = training.FusesOutput ? nodes[nodes.Count - 1] : null;
        if (head is not null)
            nodes.RemoveAt(nodes.Count - 1);

        ForwardLowering forward = new(graph, tensors);
        foreach (Node node in nodes)
            forward.Add(node);
        Value last = head?.Input ?? graph.Output;
        Tensor value = forward.InScratch(last);
        ReverseLowering reverse = new(graph, tensors, forward.Nodes, last);
        Tensor gradient = reverse.LossGradient;
        LossGradient loss = new(training.Loss, value, gradient);

        List<Operation> fromOutputs = [];
        Tensor callers = tensors.GradientOf(graph.Output, TensorRole.OutputGradients);
        if (head is null)
        {
            fromOutputs.Add(new CopyRows(callers, gradient));
        }
        else
        {
            Tensor outputs = tensors.Of(head.Output);
            Tensor outputGradient = tensors.GradientOf(head.Output);
            head.Layer.Forward(new(fromOutputs, [], [value], [outputs]));
            fromOutputs.Add(new CopyRows(callers, outputGradient));
            head.Layer.Backward(new(fromOutputs, [], [value], [outputs], [outputGradient], [gradient]));
        }

        return new(forward.Operations, loss, fromOutputs, reverse.Lower());
    }

    public static TrainingPlan Plan(NetworkGraph graph, Layout layout, LoweredTraining lowered, ParameterStore parameters, Forced forced)
    {
        // Each pass may fuse only what no other pass reads.
        List<Operation> everything = [.. lowered.All];
        List<Operation> forward = Fusion.Fuse(lowered.Forward, everything, layout);
        List<Operation> backward = Fusion.Fuse(lowered.Backward, everything, layout);
        List<Operation> sequence = [.. forward, lowered.Loss, .. lowered.FromOutputGradients, .. backward];
        MemoryPlan memory = MemoryPlanner.Place(sequence, layout, lowered.Loss.Value);
        int rowBytes = checked((memory.RowSize + graph.Input.Shape.Count) * layout.ElementBytes);
        int chunkRows = forced.TrainingRows ?? ChunkSize.ForTraining(graph, memory.RowSize * layout.ElementBytes, rowBytes, parameters.Dense);
        int sampleRows = 1;
        SamplePlan? sample = SamplePlanner.PlanTraining(forward, parameters.Dense, memory, sampleRows);
        HashSet<Operation> optional = Liveness.OnlyForInputs(backward);
        List<SampleStepPart> parts = [.. SampleStepPlanner.Parts([.. backward.Where(operation => !optional.Contains(operation))])];
        StepForm step = SampleStepPlanner.Form(graph.Training!, parts, sample, forced.Step ?? KernelSelector.StepOf(graph, parameters.Dense, sample));
        if (step != StepForm.OneMethod)
        {
            // Some parts run as those of a chunk, and find its values in the places of a chunk.
            sampleRows = chunkRows;
            sample = SamplePlanner.PlanTraining(forward, parameters.Dense, memory, sampleRows);
        }

        TrainerMemory trainer = new(
            parameters.TrainedLength,
            OptimizerRule.Of(graph.Training!.Optimizer).Slots.Count,
            layout.Align(parameters.TransposedLength),
            // The last vector of a position may reach behind the last value.
            (memory.RowSize * chunkRows) + (parameters.Patches.Count > 0 && layout.Profile == EmitProfile.Simd ? layout.Line : 0));
        return new TrainingPlan(new(forward), lowered.Loss, new(lowered.FromOutputGradients), new(backward), memory, chunkRows, sample, step, trainer)
        {
            SampleRows = sampleRows,
            OnlyForInputs = new(backward.Where(optional.Contains)),
            StepParts = step == StepForm.Chunk ? default : new(parts),
            Masks = new(lowered.Forward.OfType<RandomMask>().Select(mask => mask.Layer)),
        };
    }
}
