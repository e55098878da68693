using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>All that the emitter needs: which kernels run in which order, on what, and where everything lies.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Layout">Padding and alignment.</param>
/// <param name="Weights">The dense layers' parameters in canonical order.</param>
/// <param name="ParameterLength">Elements of the flat, padded parameter array.</param>
/// <param name="Inference">What <c>Forward</c> runs for each chunk of samples.</param>
/// <param name="Training">What the trainer runs for each chunk, or null.</param>
/// <param name="Notes">Infos for the analyzer: what was not unrolled, and why.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph,
    Layout Layout,
    EquatableArray<DenseWeights> Weights,
    int ParameterLength,
    InferencePlan Inference,
    TrainingPlan? Training,
    EquatableArray<Issue> Notes)
{
    /// <summary>Vectors for which one sample is written out, in bits and widest first; for others it is a batch of one. None outside the Simd profile.</summary>
    public EquatableArray<int> SampleWidths { get; init; }

    /// <summary>Which of the dropout layers this is: each has a key of its own.</summary>
    public int DropoutIndexOf(string layer)
    {
        int index = 0;
        foreach (Node node in Graph.Nodes)
        {
            if (node.Layer.Name == layer)
                break;
            if (node.Layer.TrainingOnly)
                index++;
        }

        return index;
    }
}

/// <summary>A forward pass over chunks of <paramref name="ChunkRows"/> samples, and the one for a single sample where there is one.</summary>
internal sealed record InferencePlan(EquatableArray<Operation> Calls, MemoryPlan Memory, int ChunkRows, SamplePlan? Sample)
{
    /// <summary>Elements of scratch that a full chunk takes.</summary>
    public int ScratchLength => Memory.RowSize * ChunkRows;
}

/// <summary>Forward, loss and backward over chunks of <paramref name="ChunkRows"/> samples, in one memory.</summary>
/// <param name="Forward">Up to the value that the loss reads: the output, or the logits where loss and activation are fused.</param>
/// <param name="Loss">The loss and its gradient.</param>
/// <param name="FromOutputGradients">In place of <paramref name="Loss"/> when the caller brings gradients of its own.</param>
/// <param name="Backward">From the gradient that either left, down to the lowest layer that needs one.</param>
/// <param name="Memory">Places of all scratch tensors.</param>
/// <param name="ChunkRows">Samples per chunk.</param>
/// <param name="Sample">A forward pass of a single sample into the same memory, or null.</param>
/// <param name="Step">How a step of one sample runs, if nothing in the passes is in the way.</param>
/// <param name="TransposedLength">Elements of all packed Wᵀ together.</param>
internal sealed record TrainingPlan(
    EquatableArray<Operation> Forward,
    LossGradient Loss,
    EquatableArray<Operation> FromOutputGradients,
    EquatableArray<Operation> Backward,
    MemoryPlan Memory,
    int ChunkRows,
    int TransposedLength,
    SamplePlan? Sample,
    StepForm Step)
{
    /// <summary>Elements of the trainer's working memory for a full chunk.</summary>
    public int ScratchLength => Memory.RowSize * ChunkRows;
}
