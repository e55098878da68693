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

    public Value Output => Nodes.Count == 0 ? Input : Nodes[Nodes.Count - 1].Output;

    public int ParameterCount => Parameters.Sum(parameter => parameter.Shape.Count);

    /// <summary>The nodes that compute something: a new shape of the same elements needs no operation and no memory.</summary>
    public IEnumerable<Node> Operations => Nodes.Where(node => node.Layer is not ShapeLayer);

    /// <summary>The activation that produces the output; Identity when the last operation is none.</summary>
    public Activation OutputActivation => Operations.LastOrDefault()?.Layer is ActivationLayer layer ? layer.Function : Activation.Identity;

    public IEnumerable<ParameterBlock> ParametersOf(Node node) => Parameters.Where(parameter => parameter.Layer == node.Layer.Name);
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

/// <summary>The training attribute, checked.</summary>
internal sealed record TrainingSpec(Loss Loss, Optimizer Optimizer, Reduction Reduction, bool InputGradients)
{
    /// <summary>Whether loss and output activation are computed together from the logits, stable for extreme ones.</summary>
    public bool FusesOutput => LossFunction.Of(Loss).Takes != LossArgument.Output;
}
