using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>The network as a directed acyclic graph in topological order, every size known.</summary>
/// <param name="Model">What the attributes said.</param>
/// <param name="Profile">The resolved profile, never <see cref="EmitProfile.Auto"/>.</param>
/// <param name="Input">The value that the caller passes in.</param>
/// <param name="Nodes">One per layer, each after those that it reads.</param>
/// <param name="Parameters">Every parameter in canonical order.</param>
/// <param name="Training">What the training attribute said, or null.</param>
internal sealed record NetworkGraph(
    NetworkModel Model,
    EmitProfile Profile,
    Value Input,
    EquatableArray<Node> Nodes,
    EquatableArray<ParameterBlock> Parameters,
    TrainingSpec? Training)
{
    /// <summary>What layers call the input of a network with one.</summary>
    public const string InputName = "x";

    /// <summary>The trained parameters that the network starts with, or null.</summary>
    public EmbeddedParameters? Embedded { get; init; }

    public Precision Precision => (Precision)Model.Precision;

    public Unroll Unroll => (Unroll)Model.Unroll;

    /// <summary>Whether results have the same bits in every profile, at every width of vectors and on every runtime.</summary>
    public bool IsReproducible => (Numerics)Model.Numerics == Numerics.Reproducible;

    /// <summary>The values that the caller's inputs consist of, in order: <see cref="Input"/> itself, or parts of it.</summary>
    public EquatableArray<GraphInput> Inputs { get; init; }

    /// <summary>The same over one frame, where the network streams.</summary>
    public NetworkGraph? Frame { get; init; }

    /// <summary>Steps of every input, where sequences may end before the last one: no layer but recurrent ones sees more than a step and those before it; 0 where they may not.</summary>
    public int LengthSteps { get; init; }

    /// <summary>The values that the caller's outputs consist of, in order.</summary>
    public EquatableArray<GraphOutput> Outputs { get; init; }

    /// <summary>What the caller gets: the output, or all of them one behind the other.</summary>
    public Value Output => Outputs.Count == 1 ? Outputs[0].Value : new("y", new Shape(Outputs.Sum(output => output.Value.Shape.Count)));

    public int ParameterCount => Parameters.Sum(parameter => parameter.Shape.Count);

    /// <summary>The nodes that compute something: a new shape of the same elements needs no operation and no memory.</summary>
    public IEnumerable<Node> Operations => Nodes.Where(node => node.Layer is not ShapeLayer);

    /// <summary>The activation that produces the first output; Identity where none does.</summary>
    public Activation OutputActivation => Outputs[0].Function;

    /// <summary>The layers that take statistics of the batch in training: a chunk is a part of the batch then, and no part is cut.</summary>
    public IEnumerable<Node> BatchNorms => Training is null ? [] : Nodes.Where(node => node.Layer is BatchNormLayer { UsesBatch: true });

    /// <summary>Whether there is one loss, which a trainer scales once for all samples; otherwise each output scales its own.</summary>
    public bool HasOneLoss => Outputs.Count == 1 && Outputs[0].Weight == 1;

    /// <summary>The nodes whose functions are computed together with their losses, and which nothing else reads.</summary>
    public IEnumerable<Node> FusedHeads => Outputs.Where(output => output.IsFused && !IsRead(output.Value)).Select(output => output.Node);

    /// <summary>Whether some layer reads a value.</summary>
    public bool IsRead(Value value) => Operations.Any(node => node.Inputs.Any(input => input.Name == value.Name));

    public IEnumerable<ParameterBlock> ParametersOf(Node node) => Parameters.Where(parameter => parameter.Layer == node.Layer.Name);
}

/// <summary>A part of the caller's inputs.</summary>
/// <param name="Value">What layers read.</param>
/// <param name="Offset">Where it starts in a row.</param>
internal sealed record GraphInput(Value Value, int Offset);

/// <summary>A part of the caller's outputs.</summary>
/// <param name="Value">What a layer computes.</param>
/// <param name="Offset">Where it starts in a row of outputs, and of targets.</param>
/// <param name="Node">The node that computes it.</param>
internal sealed record GraphOutput(Value Value, int Offset, Node Node)
{
    /// <summary>What it is trained by, or null.</summary>
    public Loss? Loss { get; init; }

    /// <summary>The loss's share in the sum of all.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The activation that produces it, or Identity.</summary>
    public Activation Function => Node.Layer is ActivationLayer layer ? layer.Function : Activation.Identity;

    /// <summary>Whether loss and activation are computed together from what is before it, stable for extreme values.</summary>
    public bool IsFused => Loss is { } loss && LossFunction.Of(loss).Takes != LossArgument.Output;

    /// <summary>How many positions have outputs of their own: all axes but the last.</summary>
    public int Positions => Node.Output.Shape.Rows;

    /// <summary>What the loss reads.</summary>
    public Value LossValue => IsFused ? Node.Input : Value;

    /// <summary>What the sum of the loss over its elements is multiplied by, apart from the batch.</summary>
    public double Factor => Weight / (Loss is { } loss && LossFunction.Of(loss).IsMean ? Value.Shape.Count : Loss == Model.Loss.CrossEntropy ? Positions : 1);
}

/// <summary>A value that flows between layers, one per sample. Two of one name are the same elements in two shapes.</summary>
internal sealed record Value(string Name, Shape Shape);

/// <summary>A layer with what it reads and writes.</summary>
internal sealed record Node(Layer Layer, EquatableArray<Value> Inputs, EquatableArray<Value> Outputs)
{
    /// <summary>The first input.</summary>
    public Value Input => Inputs[0];

    /// <summary>The first output.</summary>
    public Value Output => Outputs[0];

    /// <summary>The attribute that it comes from, to point a note at it.</summary>
    public int AttributeIndex { get; init; }
}

/// <summary>The training attribute, checked. The losses are the outputs'.</summary>
/// <param name="Optimizer">The update rule.</param>
/// <param name="Reduction">How samples add up.</param>
/// <param name="InputGradients">Whether gradients of the inputs are offered.</param>
/// <param name="GhostBatch">The most samples whose statistics are taken together.</param>
internal sealed record TrainingSpec(Optimizer Optimizer, Reduction Reduction, bool InputGradients, int GhostBatch);
