using System.Collections.Generic;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Plans a training step: forward with every value kept that backward reads, the loss, and the chain rule in reverse.</summary>
internal static class TrainingPlanner
{
    public static TrainingPlan Plan(NetworkGraph graph, Layout layout, List<DenseWeights> weights, int transposedLength, Forced forced)
    {
        TrainingSpec training = graph.Training!;
        Tensors tensors = new(layout);

        // A fused loss works on the logits: its pass ends, and backward begins, below the output activation.
        List<Node> nodes = [.. graph.Operations];
        Node? head = training.FusesOutput ? nodes[nodes.Count - 1] : null;
        if (head is not null)
            nodes.RemoveAt(nodes.Count - 1);

        PassBuilder forward = new(graph.Parameters);
        List<Tensor> inputs = [];
        Tensor value = tensors.Of(graph.Input, TensorRole.Input);
        foreach (Node node in nodes)
        {
            value = tensors.EnterScratch(forward, value, node);
            inputs.Add(value);
            Tensor output = tensors.Of(node.Output);
            node.Layer.Forward(forward, value, output);
            value = output;
        }

        if (!value.IsScratch)
        {
            Tensor copy = tensors.Of(graph.Input);
            forward.Add(new CopyRows(value, copy));
            value = copy;
        }

        Value last = nodes.Count == 0 ? graph.Input : nodes[nodes.Count - 1].Output;
        Tensor gradient = tensors.GradientOf(last);
        LossGradient loss = new(training.Loss, value, gradient);

        PassBuilder fromOutputs = new(graph.Parameters);
        Tensor callers = tensors.GradientOf(graph.Output, TensorRole.OutputGradients);
        if (head is null)
        {
            fromOutputs.Add(new CopyRows(callers, gradient));
        }
        else
        {
            Tensor outputs = tensors.Of(head.Output);
            Tensor outputGradient = tensors.GradientOf(head.Output);
            head.Layer.Forward(fromOutputs, value, outputs);
            fromOutputs.Add(new CopyRows(callers, outputGradient));
            head.Layer.Backward(fromOutputs, value, outputs, outputGradient, gradient);
        }

        PassBuilder backward = new(graph.Parameters);
        AddBackward(graph, layout, tensors, nodes, inputs, gradient, backward);

        // Each pass may fuse only what no other pass reads.
        List<Operation> everything = [.. forward.Operations, loss, .. fromOutputs.Operations, .. backward.Operations];
        List<Operation> forwardCalls = Fusion.Fuse(forward.Operations, everything, layout);
        List<Operation> backwardCalls = Fusion.Fuse(backward.Operations, everything, layout);
        List<Operation> sequence = [.. forwardCalls, loss, .. fromOutputs.Operations, .. backwardCalls];
        MemoryPlan memory = MemoryPlanner.Place(sequence, layout, value);
        int rowBytes = checked((memory.RowSize + graph.Input.Shape.Count) * layout.ElementBytes);
        int chunkRows = forced.TrainingRows ?? ChunkSize.ForTraining(graph, rowBytes, weights);
        SamplePlan? sample = SamplePlanner.PlanTraining(forwardCalls, weights, memory, chunkRows);
        return new TrainingPlan(
            new(forwardCalls),
            loss,
            new(fromOutputs.Operations),
            new(backwardCalls),
            memory,
            chunkRows,
            transposedLength,
            sample,
            forced.Step ?? KernelSelector.StepOf(training, weights, sample));
    }

    private static void AddBackward(
        NetworkGraph graph, Layout layout, Tensors tensors, List<Node> nodes, List<Tensor> inputs, Tensor gradient, PassBuilder backward)
    {
        bool toInputs = graph.Training!.InputGradients;
        int lowest = toInputs ? 0 : nodes.FindIndex(node => node.Layer.IsTrainable);
        for (int i = nodes.Count - 1; i >= lowest; i--)
        {
            Tensor? inputGradient = i > lowest || toInputs ? tensors.GradientOf(nodes[i].Input) : null;
            Tensor output = i + 1 < nodes.Count ? inputs[i + 1] : tensors.Of(nodes[i].Output);
            nodes[i].Layer.Backward(backward, inputs[i], output, gradient, inputGradient);
            if (inputGradient is not null)
                gradient = inputGradient;
        }

        if (toInputs)
            backward.Add(new CopyRows(gradient, tensors.GradientOf(graph.Input, TensorRole.InputGradients)));
    }
}
