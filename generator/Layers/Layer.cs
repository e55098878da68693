using System.Collections.Generic;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>What a layer computes: its shape rule, its parameters, and how forward and backward are made of operations.</summary>
/// <param name="Name">Unique in the network; parameters are named after it.</param>
internal abstract record Layer(string Name)
{
    /// <summary>Names of the values that it reads, in order; null for the one above it.</summary>
    public virtual IReadOnlyList<string?> Sources => [null];

    /// <summary>What is wrong with the shapes of its inputs, or null.</summary>
    public virtual LayerFault? FaultOf(IReadOnlyList<Shape> inputs) => null;

    /// <summary>The shapes of its outputs for those of its inputs.</summary>
    public abstract IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs);

    /// <summary>Its parameters in canonical order, for the shapes of its inputs; offsets are assigned by the caller.</summary>
    public virtual IEnumerable<ParameterBlock> Parameters(IReadOnlyList<Shape> inputs) => [];

    /// <summary>True where the layer does nothing outside training, so that inference skips it.</summary>
    public virtual bool TrainingOnly => false;

    /// <summary>Whether any of its parameters is trained.</summary>
    public virtual bool IsTrainable => false;

    /// <summary>Whether it reads the caller's rows where they are. What others read has padded rows and so is copied first.</summary>
    public virtual bool ReadsCallersRows => false;

    /// <summary>Whether what it reads are whole numbers, as only an input has them.</summary>
    public virtual bool ReadsNumbers => false;

    /// <summary>Whether its value is steps of a sequence: a dense layer right behind it is meant for each of them more often than not.</summary>
    public virtual bool ReturnsSteps => false;

    /// <summary>Whether it may compute the network's output only.</summary>
    public virtual bool OnlyAsOutput => false;

    /// <summary>The id of what is wrong where it computes the network's output, or null where it may.</summary>
    public virtual string? FaultAsOutput => null;

    /// <summary>
    /// How it goes on from frame to frame where values arrive one step of time after another: unless it says otherwise, each step by itself.
    /// </summary>
    /// <param name="inputs">The shapes of a window, time first.</param>
    public virtual StreamRule InStream(IReadOnlyList<Shape> inputs) => StreamRule.EachStep;

    /// <summary>The same layer where a frame is all there is.</summary>
    public virtual Layer OfFrame() => this;

    /// <summary>What it computes, in a word: "Dense", "Softmax". Empty for one that only changes shapes, or nothing outside training.</summary>
    public virtual string Kind => string.Empty;

    /// <summary>What its output is called behind its name where another layer of the same attribute reads it.</summary>
    public virtual string InnerName => "Sum";

    /// <summary>Adds the operations that compute the outputs from the inputs.</summary>
    public abstract void Forward(ForwardPass pass);

    /// <summary>
    /// Adds the operations that add to the gradients of the parameters and compute those of the inputs, where they are wanted, from those of the
    /// outputs. All are gradients of the loss.
    /// </summary>
    public abstract void Backward(BackwardPass pass);
}

/// <summary>A layer of one input and one output.</summary>
internal abstract record UnaryLayer(string Name) : Layer(Name)
{
    /// <summary>The name of the value that it reads, or null for the one above it.</summary>
    public string? From { get; init; }

    public sealed override IReadOnlyList<string?> Sources => [From];

    /// <summary>What is wrong with the shape of its input, or null.</summary>
    public virtual LayerFault? FaultOf(Shape input) => null;

    public sealed override LayerFault? FaultOf(IReadOnlyList<Shape> inputs) => FaultOf(inputs[0]);

    /// <summary>The shape of the output for a given input.</summary>
    public virtual Shape InferShape(Shape input) => input;

    /// <summary>Its parameters in canonical order; offsets are assigned by the caller.</summary>
    public virtual IEnumerable<ParameterBlock> Parameters(Shape input) => [];

    public sealed override IReadOnlyList<Shape> InferShapes(IReadOnlyList<Shape> inputs) => [InferShape(inputs[0])];

    public sealed override IEnumerable<ParameterBlock> Parameters(IReadOnlyList<Shape> inputs) => Parameters(inputs[0]);
}

/// <summary>Why a layer cannot read what it is given.</summary>
/// <param name="Id">The id of the error.</param>
/// <param name="Arguments">Its message's arguments.</param>
internal sealed record LayerFault(string Id, params string[] Arguments)
{
    /// <summary>The way out, where the message goes on with one; the last argument ends before it.</summary>
    public string? Remedy { get; init; }

    /// <summary>How many axes the layer takes, where the network's input may be declared with as many; 0 where that is not at fault.</summary>
    public int Axes { get; init; }
}
