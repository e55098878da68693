using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Model;

/// <summary>A model file, read from the text that the build made of it.</summary>
/// <remarks>Two are equal when their texts are: the checksum stands for all that is read from it, millions of numbers included.</remarks>
internal sealed class ModelFile(string source, string checksum) : IEquatable<ModelFile>
{
    /// <summary>The file's path as the project names it, with forward slashes.</summary>
    public string Source { get; } = source;

    /// <summary>What kind of file it is, for people to read: "ONNX, opset 13, by pytorch 1.13.1".</summary>
    public string Format { get; init; } = "";

    /// <summary>Why the file cannot be used, or cannot without saying which output is meant; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>Which axis of a weight comes first, where a file of tensors alone says so.</summary>
    public WeightOrder? WeightOrder { get; init; }

    /// <summary>Whether the file says that PyTorch wrote it, and nothing of its weights' order.</summary>
    public bool IsFromPyTorch { get; init; }

    /// <summary>What stands behind each layer in a file of tensors alone, where it says so.</summary>
    public EquatableArray<ModelFunction> Functions { get; init; }

    /// <summary>The extents of one sample, of all inputs one after another; empty in a file of tensors alone.</summary>
    public EquatableArray<int> InputShape { get; init; }

    /// <summary>Whether the first of these is one of many: the file leaves the number of steps open.</summary>
    public bool HasOpenSteps { get; init; }

    /// <summary>Whether the file computes one frame of a stream, so that the first extent of each input is that of a window, or 1.</summary>
    public bool IsFrame { get; init; }

    /// <summary>The inputs by the names that layers read them by, where there are several; of no attribute's index yet.</summary>
    public EquatableArray<InputModel> Inputs { get; init; }

    /// <summary>The layers that give the outputs, where there are several; of no attribute's index yet.</summary>
    public EquatableArray<OutputModel> Outputs { get; init; }

    /// <summary>The layers as attributes, of no attribute's index yet.</summary>
    public EquatableArray<LayerModel> Layers { get; init; }

    /// <summary>With layers, the parameters in canonical order; otherwise what the file holds.</summary>
    public EquatableArray<ModelTensor> Tensors { get; init; }

    /// <summary>Why the layers must not be trained, in words that follow "because"; null where they may.</summary>
    public string? InferenceOnly { get; init; }

    /// <summary>What people should know of the file: sentences.</summary>
    public EquatableArray<string> Notes { get; init; }

    /// <summary>Every output that can be asked for.</summary>
    public EquatableArray<ModelNetwork> Networks { get; init; }

    public bool HasArchitecture => InputShape.Count > 0;

    /// <summary>The same file ending in the value of that name, or null where no layers end in one.</summary>
    public ModelFile? EndingIn(string value)
    {
        foreach (ModelNetwork network in Networks)
        {
            if (network.Name == value)
                return With(network);
        }

        foreach (ModelNetwork network in Networks)
        {
            foreach (ModelValue inside in network.Values)
            {
                if (inside.Name == value)
                    return With(network.UpTo(inside));
            }
        }

        // The name of a layer, which gennet inspect shows, where it gives one value.
        string[] given = [.. Networks.Select(network => network.GivenBy(value)).OfType<string>().Distinct()];
        return given.Length == 1 && given[0] != value ? EndingIn(given[0]) : null;
    }

    private ModelFile With(ModelNetwork network) => new(Source, Checksum)
    {
        Format = Format,
        InputShape = network.InputShape,
        HasOpenSteps = network.HasOpenSteps,
        IsFrame = network.IsFrame,
        Inputs = network.Inputs,
        Outputs = network.Outputs,
        Layers = network.Layers,
        Tensors = network.Tensors,
        InferenceOnly = network.InferenceOnly,
        Notes = Notes,
        Networks = Networks,
    };

    public bool Equals(ModelFile? other) => other is not null && Source == other.Source && checksum == other.Checksum;

    public override bool Equals(object? obj) => Equals(obj as ModelFile);

    public override int GetHashCode() => Checksum.GetHashCode();

    private string Checksum => checksum;
}

/// <summary>One output of a model file.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="InputShape">The extents of one sample.</param>
/// <param name="Layers">The layers that it takes.</param>
/// <param name="Tensors">Their parameters, in canonical order.</param>
/// <param name="Values">Values inside, in which some first layers end.</param>
/// <param name="InferenceOnly">Why it must not be trained, or null.</param>
internal sealed record ModelNetwork(
    string Name,
    EquatableArray<int> InputShape,
    EquatableArray<LayerModel> Layers,
    EquatableArray<ModelTensor> Tensors,
    EquatableArray<ModelValue> Values,
    string? InferenceOnly)
{
    /// <summary>Whether the first extent of the input is one of many.</summary>
    public bool HasOpenSteps { get; init; }

    /// <summary>Whether it is one frame of a stream.</summary>
    public bool IsFrame { get; init; }

    /// <summary>What the file calls the input, or null.</summary>
    public string? InputName { get; init; }

    /// <summary>The inputs, where there are several.</summary>
    public EquatableArray<InputModel> Inputs { get; init; }

    /// <summary>The outputs, where there are several.</summary>
    public EquatableArray<OutputModel> Outputs { get; init; }

    /// <summary>The value in which a layer ends, by the file's name for it; null where the layer is none of these, or ends in several.</summary>
    public string? GivenBy(string layer)
    {
        ModelValue[] values = [.. Values.Where(value => !value.IsLinear && NameOf(value.Layers) == layer)];

        // The same under several names, as behind a layer that computes nothing, is one.
        if (values.Length > 0)
            return values.All(value => value.Tensors == values[0].Tensors && value.Layers == values[0].Layers) ? values[0].Name : null;
        return NameOf(Layers.Count) == layer ? Name : null;
    }

    private string? NameOf(int layers) => layers == 0 ? null : Layers[layers - 1].Arguments.FirstOrDefault(argument => argument.Name == "Name")?.Value as string;

    /// <summary>The first layers, without those that the last of them does not need.</summary>
    public ModelNetwork UpTo(ModelValue value)
    {
        List<LayerModel> layers = [.. Layers.Take(value.Layers)];
        if (value.IsLinear)
        {
            LayerModel last = layers[layers.Count - 1];
            layers[layers.Count - 1] = last with { Arguments = new(last.Arguments.Where(argument => argument.Name is not ("activation" or "Activation"))) };
        }

        return ModelPruning.OfLast(this with { Name = value.Name, Outputs = default, Layers = new(layers), Tensors = new(Tensors.Take(value.Tensors)) });
    }
}

/// <summary>A value inside of a model file.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Layers">How many layers it takes.</param>
/// <param name="Tensors">How many tensors these have.</param>
/// <param name="IsLinear">Whether the last layer gives it without its activation.</param>
internal sealed record ModelValue(string Name, int Layers, int Tensors, bool IsLinear);

/// <summary>What the network that saved a file had behind a layer.</summary>
/// <param name="Layer">What the file calls the layer; empty for what came before all parameters.</param>
/// <param name="Functions">Kinds of layers, separated by spaces: "Tanh", "Identity".</param>
internal sealed record ModelFunction(string Layer, string Functions);

/// <summary>A named array of a model file.</summary>
internal sealed class ModelTensor(string name, string elementType, EquatableArray<int> shape) : IEquatable<ModelTensor>
{
    public string Name { get; } = name;

    /// <summary>"F32", "F64", or a type that no parameter can take.</summary>
    public string ElementType { get; } = elementType;

    public EquatableArray<int> Shape { get; } = shape;

    /// <summary>The elements row by row: <c>float[]</c>, <c>double[]</c>, or null for another type or where they were not asked for.</summary>
    public Array? Elements { get; init; }

    /// <summary>The first element that is no finite number, as text with its index ("NaN at 17"), or null.</summary>
    public string? NotFinite { get; init; }

    /// <summary>The largest magnitude.</summary>
    public double Largest { get; init; }

    public bool IsFloatingPoint => ElementType is "F32" or "F64";

    public double this[int index] => Elements is float[] singles ? singles[index] : ((double[])Elements!)[index];

    /// <summary>By name, type and shape; the elements are compared with the file's checksum.</summary>
    public bool Equals(ModelTensor? other) =>
        other is not null && Name == other.Name && ElementType == other.ElementType && Shape == other.Shape && Largest.Equals(other.Largest);

    public override bool Equals(object? obj) => Equals(obj as ModelTensor);

    public override int GetHashCode() => Name.GetHashCode();
}
