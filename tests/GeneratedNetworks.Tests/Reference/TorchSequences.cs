namespace GeneratedNetworks.Tests.Reference;

/// <summary>Networks of recurrent layers and what PyTorch computed of them in float64, from <c>tests/Golden/Torch/sequences.json</c>, which says in words what was done.</summary>
/// <param name="Networks">Whole windows.</param>
/// <param name="Streams">Windows that go on from each other.</param>
/// <param name="Lengths">Rows of unequal length.</param>
internal sealed record TorchSequences(TorchCase[] Networks, TorchStream[] Streams, TorchCase[] Lengths)
{
    public static TorchSequences All { get; } = TorchCase.Read<TorchSequences>("sequences");
}

/// <summary>A network that is trained through windows, each of which starts from the memory that the one before left.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Shape">Of a window.</param>
/// <param name="Layers">Its attributes.</param>
/// <param name="Needs">The names of the attributes.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Optimizer">The optimizer, which makes a step behind each window.</param>
/// <param name="LearningRate">Its step.</param>
/// <param name="Streams">How many there are, side by side.</param>
/// <param name="MemoryLayout">The parts of a stream's memory, in order.</param>
/// <param name="Parameters">At the start.</param>
/// <param name="Windows">In order.</param>
/// <param name="Trained">The parameters at the end.</param>
/// <param name="Every">Of many gradients and trained parameters each such one is told.</param>
internal sealed record TorchStream(
    string Name,
    int[] Shape,
    string[] Layers,
    string[] Needs,
    Loss Loss,
    Optimizer Optimizer,
    double LearningRate,
    int Streams,
    TorchMemory[] MemoryLayout,
    double[] Parameters,
    TorchWindow[] Windows,
    double[] Trained,
    int Every);

/// <summary>A part of a memory: a state (of an Lstm h, then c), or the frames that a causal convolution read last, the oldest first.</summary>
internal sealed record TorchMemory(string Layer, int[] Shape);

/// <summary>A window of all streams.</summary>
/// <param name="Inputs">Of it, stream by stream.</param>
/// <param name="Targets">Its targets.</param>
/// <param name="Outputs">From before the update, as all that follows.</param>
/// <param name="Loss">Of these.</param>
/// <param name="Gradients">By the parameters, the memory being a constant.</param>
/// <param name="InputGradients">And by the inputs.</param>
/// <param name="Memory">What it leaves, stream by stream.</param>
internal sealed record TorchWindow(double[] Inputs, double[] Targets, double[] Outputs, double Loss, double[] Gradients, double[] InputGradients, double[] Memory);
