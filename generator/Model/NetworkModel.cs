using System.Linq;

namespace GeneratedNetworks.Generator.Model;

/// <summary>Everything that one declaration says, as data: what the attributes hold, unchecked, in source order.</summary>
/// <remarks>
/// The caching contract: this record and all that it reaches is immutable and structurally equal, and nothing in it comes from
/// Roslyn. An edit that leaves the declaration's meaning alone therefore yields an equal model, and nothing behind it runs again.
/// </remarks>
internal sealed record NetworkModel(
    TypeModel Type,
    EquatableArray<int> InputShape,
    int Precision,
    int Profile,
    int Unroll,
    EquatableArray<LayerModel> Layers,
    TrainingModel? Training,
    CompilerOptions Options)
{
    /// <summary>Which of the declaration's attributes is <c>[GeneratedNetwork]</c>, to point an issue about shape or options at it.</summary>
    public int AttributeIndex { get; init; }

    /// <summary>Whether the order of every sum is fixed, unchecked.</summary>
    public int Numerics { get; init; }

    /// <summary>Whether the network also runs frame by frame, with the caller's memory.</summary>
    public bool Streaming { get; init; }

    /// <summary>The file that input shape, layers and parameters come from, or null.</summary>
    public ModelReference? Architecture { get; init; }

    /// <summary>The file that parameters alone come from, or null; it goes before <see cref="Architecture"/>.</summary>
    public ModelReference? Weights { get; init; }

    /// <summary>The inputs that are declared by name, in order; none where the shape of the one input is given.</summary>
    public EquatableArray<InputModel> Inputs { get; init; }

    /// <summary>The outputs that are declared, in order; none for the last layer's.</summary>
    public EquatableArray<OutputModel> Outputs { get; init; }

    /// <summary>The limits that the declaration sets, or null.</summary>
    public BudgetModel? Budget { get; init; }

    /// <summary>Whether a declared layer has means and deviations; those of a file are not looked at.</summary>
    public bool HasNormalizer => Layers.Any(layer => layer.Attribute == "Normalize");

    /// <summary>Whether a declared layer is recurrent; those of a file are not looked at.</summary>
    public bool HasRecurrence => Layers.Any(layer => layer.Attribute is "SimpleRnn" or "Gru" or "Lstm");

    /// <summary>Whether a declared layer is a table.</summary>
    public bool HasTables => Layers.Any(layer => layer.Attribute == "Embedding");

    /// <summary>Whether the network starts with parameters from a file.</summary>
    public bool IsEmbedded => Architecture is not null || Weights is not null;
}

/// <summary>A model file that an attribute names.</summary>
/// <param name="Path">As the attribute says it.</param>
/// <param name="AttributeIndex">Which attribute of the declaration this is.</param>
internal sealed record ModelReference(string Path, int AttributeIndex)
{
    /// <summary>The attribute's <c>Order</c>, unchecked; null where it is left out.</summary>
    public int? WeightOrder { get; init; }

    /// <summary>The attribute's <c>Names</c>, unchecked: "dense1=0, dense2=2".</summary>
    public string? Names { get; init; }

    /// <summary>Whether the file may hold tensors that the network has no parameter for.</summary>
    public bool AllowsOtherTensors { get; init; }

    /// <summary>How many dense layers of the file are frozen, unchecked.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>How many steps a window has where the file leaves that open, unchecked; null where it is left out.</summary>
    public int? Window { get; init; }

    /// <summary>The value of the file that the network is to end in; null: the file's only output.</summary>
    public string? Outputs { get; init; }

    /// <summary>What the file holds; null until it was looked up, or where it was not found.</summary>
    public ModelFile? File { get; init; }
}

/// <summary>One layer attribute. <paramref name="Attribute"/> is its name without the suffix ("Dense").</summary>
/// <param name="Attribute">The attribute's class name without "Attribute".</param>
/// <param name="Arguments">Constructor arguments by parameter name, defaults included, then the named ones that were written.</param>
/// <param name="AttributeIndex">Which attribute of the declaration this is, to point an issue at it.</param>
internal sealed record LayerModel(string Attribute, EquatableArray<Argument> Arguments, int AttributeIndex);

/// <summary>An attribute argument: a string, bool, int, double, null, for an enum its underlying int, a long beyond int, or an array of ints or strings.</summary>
internal sealed record Argument(string Name, object? Value);

/// <summary>The budget attribute; null for a limit that is left out.</summary>
internal sealed record BudgetModel(long? Parameters, long? Bytes, long? ForwardBytes, long? TrainingBytes, long? MultiplyAdds, int AttributeIndex);

/// <summary>An input attribute, unchecked.</summary>
internal sealed record InputModel(string Name, EquatableArray<int> Shape, int AttributeIndex);

/// <summary>An output attribute, unchecked.</summary>
/// <param name="Name">The layer's.</param>
/// <param name="Loss">What it is trained by, as an int; null where it is left out.</param>
/// <param name="Weight">The loss's share.</param>
/// <param name="AttributeIndex">Which attribute of the declaration this is.</param>
internal sealed record OutputModel(string Name, int? Loss, double Weight, int AttributeIndex);

/// <summary>The training attribute, its enums as their underlying ints, unchecked; without a loss where the outputs have them.</summary>
internal sealed record TrainingModel(int? Loss, int Optimizer, int Reduction, bool InputGradients, int AttributeIndex)
{
    /// <summary>The most samples whose statistics are taken together, unchecked.</summary>
    public int GhostBatch { get; init; } = 64;
}
