using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What a layer sees of the network while it adds its operations to the forward pass.</summary>
/// <param name="operations">Receives the operations.</param>
/// <param name="blocks">The layer's parameters.</param>
/// <param name="inputs">What it reads.</param>
/// <param name="outputs">What it computes.</param>
internal class ForwardPass(
    ICollection<Operation> operations, IEnumerable<ParameterBlock> blocks, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
{
    public IReadOnlyList<Tensor> Inputs => inputs;

    public IReadOnlyList<Tensor> Outputs => outputs;

    /// <summary>The first input.</summary>
    public Tensor Input => inputs[0];

    /// <summary>The first output.</summary>
    public Tensor Output => outputs[0];

    /// <summary>Whether the pass is one of training, so that the batch may decide.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Makes tensors that a layer keeps from its forward pass to its backward pass; the same one for the same words.</summary>
    public Func<string, Shape, Tensor>? Keep { get; init; }

    /// <summary>Makes parts of a stream's memory; null where the network has none.</summary>
    public Func<string, Shape, Tensor>? Remember { get; init; }

    /// <summary>A part of a stream's memory, or null where the pass starts from nothing.</summary>
    /// <param name="what">What it is, in a word.</param>
    /// <param name="shape">Of one stream.</param>
    public Tensor? PastOf(string what, Shape shape) => Remember?.Invoke(what, shape);

    /// <summary>A tensor of the layer's own, in both passes.</summary>
    /// <param name="what">What it is, in a word, in upper case.</param>
    /// <param name="shape">Of one row.</param>
    public Tensor Kept(string what, Shape shape) => Keep?.Invoke(what, shape) ?? throw new NotSupportedException("This pass keeps nothing.");

    public void Add(Operation operation) => operations.Add(operation);

    /// <summary>The layer's parameters of a kind.</summary>
    public ParameterBlock Block(string kind) => blocks.First(block => block.Kind == kind);

    /// <summary>The same, or null where it has none.</summary>
    public ParameterBlock? FindBlock(string kind) => blocks.FirstOrDefault(block => block.Kind == kind);
}

/// <summary>The same for the pass in reverse.</summary>
internal sealed class BackwardPass : ForwardPass
{
    private readonly Tensor?[] _inputGradients;
    private readonly Func<string, Shape, Tensor>? _beside;

    /// <param name="operations">Receives the operations.</param>
    /// <param name="blocks">The layer's parameters.</param>
    /// <param name="inputs">What it read.</param>
    /// <param name="outputs">What it computed.</param>
    /// <param name="outputGradients">The gradients of its outputs; null for one that nothing reads.</param>
    /// <param name="inputGradients">Where those of its inputs go; null for one that nobody wants.</param>
    /// <param name="beside">Makes tensors of the layer's own.</param>
    public BackwardPass(
        ICollection<Operation> operations,
        IEnumerable<ParameterBlock> blocks,
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor?> outputGradients,
        IEnumerable<Tensor?> inputGradients,
        Func<string, Shape, Tensor>? beside = null)
        : base(operations, blocks, inputs, outputs)
    {
        OutputGradients = outputGradients;
        _inputGradients = [.. inputGradients];
        _beside = beside;
    }

    /// <summary>A tensor between two operations of the layer.</summary>
    /// <param name="what">What it is, in a word, in upper case.</param>
    /// <param name="shape">Of one sample.</param>
    public Tensor Beside(string what, Shape shape) => _beside?.Invoke(what, shape) ?? throw new NotSupportedException("This pass has no memory of its own.");

    /// <summary>The gradients of the outputs; null for one that nothing reads.</summary>
    public IReadOnlyList<Tensor?> OutputGradients { get; }

    /// <summary>Where the gradients of the inputs are. An operation has to write each that is not null, unless it was passed on.</summary>
    public IReadOnlyList<Tensor?> InputGradients => _inputGradients;

    /// <summary>The gradient of the first output.</summary>
    public Tensor OutputGradient => OutputGradients[0]!;

    /// <summary>Where that of the first input goes, or null where nobody wants it.</summary>
    public Tensor? InputGradient => _inputGradients[0];

    /// <summary>The gradient of an input is that of the output, in the same memory: there is nothing to compute.</summary>
    public void PassOn(int input)
    {
        if (_inputGradients[input] is not null)
            _inputGradients[input] = OutputGradient;
    }
}
