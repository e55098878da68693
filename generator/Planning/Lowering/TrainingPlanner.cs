using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>What the layers ask for in a training step, before anything is fused or placed.</summary>
/// <param name="Forward">Up to the value that the loss reads.</param>
/// <param name="Losses">The losses and their gradients.</param>
/// <param name="FromOutputGradients">In their place when the caller brings gradients of its own.</param>
/// <param name="Backward">From the gradient that either left.</param>
internal sealed record LoweredTraining(
    IReadOnlyList<Operation> Forward, IReadOnlyList<LossGradient> Losses, IReadOnlyList<Operation> FromOutputGradients, IReadOnlyList<Operation> Backward)
{
    public IEnumerable<Operation> All => [.. Forward, .. Losses, .. FromOutputGradients, .. Backward];
}

/// <summary>Plans a training step: forward with every value kept that backward reads, the loss, and the chain rule in reverse.</summary>
internal static class TrainingPlanner
{
    /// <param name="graph">The network.</param>
    /// <param name="layout">Padding.</param>
    /// <param name="memorySize">Elements of a stream's memory, where windows may go on from one; null where they start from nothing.</param>
    public static LoweredTraining Lower(NetworkGraph graph, Layout layout, int? memorySize)
    {
        Tensors tensors = new(layout);

        // A fused loss works on what is before the activation: its pass ends, and backward begins, below it, unless others read the activation too.
        HashSet<Node> heads = [.. graph.FusedHeads];
        ForwardLowering forward = new(graph, tensors, isTraining: true, memorySize is { } size ? new(layout.ElementType, System.Math.Max(1, size)) : null);
        foreach (Node node in graph.Operations.Where(node => !heads.Contains(node)))
            forward.Add(node);
        Tensor[] values = [.. graph.Outputs.Select(output => forward.InScratch(output.LossValue))];
        ReverseLowering reverse = new(graph, tensors, forward.Nodes, [.. graph.Outputs.Select(output => output.LossValue)]);
        List<LossGradient> losses = [];
        List<Operation> fromOutputs = [];
        for (int i = 0; i < values.Length; i++)
        {
            GraphOutput output = graph.Outputs[i];
            Tensor gradient = reverse.LossGradients[i];
            losses.Add(new(output.Loss!.Value, values[i], gradient)
            {
                Targets = graph.Outputs.Count == 1 ? null : tensors.TargetsOf(output.Value),
                Offset = output.Offset,
                Factor = graph.HasOneLoss ? 1 : output.Factor,
            });
            AddOutputGradients(graph, tensors, output, values[i], gradient, heads.Contains(output.Node), fromOutputs);
        }

        return new(forward.Operations, losses, fromOutputs, reverse.Lower());
    }

    /// <summary>For each layer that normalizes by the batch: sums of means and of variances, and the share that is taken of the old average.</summary>
    private static int AverageLength(NetworkGraph graph, Layout layout) => graph.BatchNorms.Sum(node => layout.Align((2 * node.Input.Shape.Columns) + 1));

    /// <summary>From the caller's gradients of an output to those of what its loss reads.</summary>
    private static void AddOutputGradients(NetworkGraph graph, Tensors tensors, GraphOutput output, Tensor value, Tensor gradient, bool isHead, List<Operation> operations)
    {
        Tensor callers = tensors.GradientOf(output.Value, TensorRole.OutputGradients) with { Stride = graph.Output.Shape.Count, Offset = output.Offset };
        if (!output.IsFused)
        {
            operations.Add(new CopyRows(callers, gradient));
            return;
        }

        // The activation stands behind what the loss reads; where others read it, it is there already.
        Tensor outputs = tensors.Of(output.Value), outputGradient = isHead ? tensors.GradientOf(output.Value) : tensors.PartOf(output.Value, "Part", 0);
        if (isHead)
            output.Node.Layer.Forward(new(operations, [], [value], [outputs]));
        operations.Add(new CopyRows(callers, outputGradient));
        output.Node.Layer.Backward(new(operations, [], [value], [outputs], [outputGradient], [gradient]));
    }

    public static TrainingPlan Plan(NetworkGraph graph, Layout layout, LoweredTraining lowered, ParameterStore parameters, Forced forced)
    {
        // Each pass may fuse only what no other pass reads.
        List<Operation> everything = [.. lowered.All];
        List<Operation> forward = RowSteps.Inlined(Fusion.Fuse(RowSteps.Of(graph, layout, lowered.Forward, keeps: true), everything, layout, []));
        List<Operation> backward = Fusion.Fuse(lowered.Backward, everything, layout, []);
        List<Operation> sequence = [.. forward, .. lowered.Losses, .. lowered.FromOutputGradients, .. backward];
        MemoryPlan memory = MemoryPlanner.Place(sequence, layout, [.. lowered.Losses.Select(loss => loss.Value)]);
        int rowBytes = checked((memory.RowSize + graph.Input.Shape.Count) * layout.ElementBytes);
        int chunkRows = graph.BatchNorms.Any() ? graph.Training!.GhostBatch : forced.TrainingRows ?? ChunkSize.ForTraining(graph, memory.RowSize * layout.ElementBytes, rowBytes, parameters.Dense);
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
            (memory.RowSize * chunkRows) + (parameters.Patches.Count > 0 && layout.Profile == EmitProfile.Simd ? layout.Line : 0),
            AverageLength(graph, layout),
            graph.Outputs.Count > 1 ? graph.Outputs.Count : 0);
        return new TrainingPlan(new(forward), new(lowered.Losses), new(lowered.FromOutputGradients), new(backward), memory, chunkRows, sample, step, trainer)
        {
            SampleRows = sampleRows,
            OnlyForInputs = new(backward.Where(optional.Contains)),
            StepParts = step == StepForm.Chunk ? default : new(parts),
            Masks = new(lowered.Forward.OfType<RandomMask>().Select(mask => mask.Layer)),
        };
    }
}
