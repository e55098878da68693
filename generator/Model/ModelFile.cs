using System;

namespace GeneratedNetworks.Generator.Model;

/// <summary>A model file, read from the text that the build made of it.</summary>
/// <remarks>Two are equal when their texts are: the checksum stands for all that is read from it, millions of numbers included.</remarks>
internal sealed class ModelFile(string source, string checksum) : IEquatable<ModelFile>
{
    /// <summary>The file's path as the project names it, with forward slashes.</summary>
    public string Source { get; } = source;

    /// <summary>What kind of file it is, for people to read: "ONNX, opset 13, by pytorch 1.13.1".</summary>
    public string Format { get; init; } = "";

    /// <summary>Why the file cannot be used, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Which axis of a weight comes first, where a file of tensors alone says so.</summary>
    public WeightOrder? WeightOrder { get; init; }

    /// <summary>Whether the file says that PyTorch wrote it, and nothing of its weights' order.</summary>
    public bool IsFromPyTorch { get; init; }

    /// <summary>The extents of one sample; empty in a file of tensors alone.</summary>
    public EquatableArray<int> InputShape { get; init; }

    /// <summary>The layers as attributes, of no attribute's index yet.</summary>
    public EquatableArray<LayerModel> Layers { get; init; }

    /// <summary>With layers, the parameters in canonical order; otherwise what the file holds.</summary>
    public EquatableArray<ModelTensor> Tensors { get; init; }

    public bool HasArchitecture => InputShape.Count > 0;

    public bool Equals(ModelFile? other) => other is not null && Source == other.Source && checksum == other.Checksum;

    public override bool Equals(object? obj) => Equals(obj as ModelFile);

    public override int GetHashCode() => Checksum.GetHashCode();

    private string Checksum => checksum;
}

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
