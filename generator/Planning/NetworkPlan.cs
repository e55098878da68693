using System;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>All that the emitter needs: which kernels run in which order, on what, and where everything lies.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Layout">Padding and alignment.</param>
/// <param name="Parameters">Where every block of parameters lies.</param>
/// <param name="Inference">What <c>Forward</c> runs for each chunk of samples.</param>
/// <param name="Training">What the trainer runs for each chunk, or null.</param>
/// <param name="Notes">Infos for the analyzer: what was not unrolled, and why.</param>
internal sealed record NetworkPlan(
    NetworkGraph Graph,
    Layout Layout,
    ParameterStore Parameters,
    InferencePlan Inference,
    TrainingPlan? Training,
    EquatableArray<Issue> Notes)
{
    /// <summary>What runs for one frame of a stream, or null.</summary>
    public StreamPlan? Stream { get; init; }

    /// <summary>Vectors for which one sample is written out, in bits and widest first; for others it is a batch of one. None outside the Simd profile.</summary>
    public EquatableArray<int> SampleWidths { get; init; }

    /// <summary>Those among them for which a step of one sample is written out as one method.</summary>
    public EquatableArray<int> StepWidths { get; init; }

    /// <summary>Whether that method begins with the one of <c>Forward</c>, which leaves in scratch what backward reads.</summary>
    public bool StepsFromForward { get; init; }

    /// <summary>
    /// Whether a batch of one adds to the parameters as it goes, for some vectors at least: a rule without state steps so, unless one method for the whole step
    /// serves every width.
    /// </summary>
    public bool StepsAsBatchOfOne => Graph.Training is { Optimizer: Optimizer.Sgd } && !StepWidths.Contains(8 * Layout.LineBytes / 4);

    /// <summary>Where a layer's part of what goes into moving averages starts, from the start of a chunk's values.</summary>
    public int AverageOf(string layer)
    {
        int offset = Training!.Trainer.ScratchLength;
        foreach (Node node in Graph.BatchNorms)
        {
            if (node.Layer.Name == layer)
                return offset;
            offset += Layout.Align((2 * node.Input.Shape.Columns) + 1);
        }

        throw new InvalidOperationException($"'{layer}' has no moving average.");
    }

    /// <summary>Which of the layers with random masks this is: each has a key of its own.</summary>
    public int MaskIndexOf(string layer) => Training!.Masks.TakeWhile(other => other != layer).Count();

    /// <summary>How the dense products read their parameters, in canonical order.</summary>
    public EquatableArray<DenseWeights> Weights => Parameters.Dense;

    /// <summary>Elements of the flat, padded array of parameters.</summary>
    public int ParameterLength => Parameters.Length;

    /// <summary>All of it, to be read and compared.</summary>
    public string ToText() => PlanText.Of(this);
}

/// <summary>A forward pass over chunks of <paramref name="ChunkRows"/> samples, and the one for a single sample where there is one.</summary>
internal sealed record InferencePlan(EquatableArray<Operation> Calls, MemoryPlan Memory, int ChunkRows, SamplePlan? Sample)
{
    /// <summary>Elements of scratch that a full chunk takes.</summary>
    public int ScratchLength => Memory.RowSize * ChunkRows;

    /// <summary>Elements that serve a full chunk and a single sample, one at least: no memory of none can be had.</summary>
    public int WorkLength => Math.Max(1, Math.Max(ScratchLength, Sample?.ScratchLength ?? 0));
}

/// <summary>A forward pass over one frame of each of several streams.</summary>
/// <param name="Frame">What runs.</param>
/// <param name="Parts">What a stream remembers.</param>
/// <param name="MemorySize">Elements of all of it.</param>
internal sealed record StreamPlan(InferencePlan Frame, EquatableArray<MemoryPart> Parts, int MemorySize);

/// <summary>Forward, loss and backward over chunks of <paramref name="ChunkRows"/> samples, in one memory.</summary>
/// <param name="Forward">Up to the value that the loss reads: the output, or the logits where loss and activation are fused.</param>
/// <param name="Losses">Each output's loss and its gradient.</param>
/// <param name="FromOutputGradients">In place of <paramref name="Losses"/> when the caller brings gradients of its own.</param>
/// <param name="Backward">From the gradient that either left, down to the lowest layer that needs one.</param>
/// <param name="Memory">Places of all scratch tensors.</param>
/// <param name="ChunkRows">Samples per chunk.</param>
/// <param name="Sample">A forward pass of a single sample into the same memory, or null.</param>
/// <param name="Step">How a step of one sample runs.</param>
/// <param name="Trainer">The trainer's one array.</param>
internal sealed record TrainingPlan(
    EquatableArray<Operation> Forward,
    EquatableArray<LossGradient> Losses,
    EquatableArray<Operation> FromOutputGradients,
    EquatableArray<Operation> Backward,
    MemoryPlan Memory,
    int ChunkRows,
    SamplePlan? Sample,
    StepForm Step,
    TrainerMemory Trainer)
{
    /// <summary>The first output's.</summary>
    public LossGradient Loss => Losses[0];

    /// <summary>Operations of <see cref="Backward"/> that run only where the caller asks for gradients of the inputs.</summary>
    public EquatableArray<Operation> OnlyForInputs { get; init; }

    /// <summary>The backward pass of a step of one sample; empty where that is the pass over a chunk.</summary>
    public EquatableArray<SampleStepPart> StepParts { get; init; }

    /// <summary>
    /// Rows of the chunk in whose places <see cref="Sample"/> keeps its values: one where a step is one method, which then works in the first few cache lines.
    /// </summary>
    public int SampleRows { get; init; }

    /// <summary>The layers that draw random masks, in order: a layer's number is part of its key.</summary>
    public EquatableArray<string> Masks { get; init; }

    /// <summary>Elements of the trainer's working memory for a full chunk.</summary>
    public int ScratchLength => Memory.RowSize * ChunkRows;
}
