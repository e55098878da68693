namespace GeneratedNetworks.Import;

/// <summary>What a model file says, in the terms of this library's attributes.</summary>
/// <param name="Format">The container and who wrote it, for people to read, in one line: "ONNX, opset 13, by pytorch 1.13.1".</param>
/// <param name="InputShape">The extents of one sample; null where the file holds tensors alone, as safetensors does.</param>
/// <param name="Layers">In the order in which they run; empty without <paramref name="InputShape"/>.</param>
/// <param name="Tensors">
/// With layers: every parameter in canonical order, that is layer by layer, weight [in, out] row-major, then bias if there is one.
/// Without: what the file holds, in its own order, names and shapes.
/// </param>
public sealed record ImportedModel(
    string Format,
    IReadOnlyList<int>? InputShape,
    IReadOnlyList<ImportedLayer> Layers,
    IReadOnlyList<ImportedTensor> Tensors)
{
    /// <summary>The container and who wrote it, for people to read, in one line: "ONNX, opset 13, by pytorch 1.13.1".</summary>
    public string Format { get; init; } = Printable.Line(Format);

    /// <summary>Which axis of a weight comes first, where a file of tensors alone says so; null where it does not.</summary>
    public WeightOrder? WeightOrder { get; init; }

    /// <summary>Whether a file of tensors alone says that PyTorch wrote it, which stores weights as [out, in], and no order of its own.</summary>
    public bool IsFromPyTorch { get; init; }

    /// <summary>Whether the file describes layers and not tensors alone.</summary>
    public bool HasArchitecture => InputShape is not null;
}

/// <summary>One layer: the attribute that declares it.</summary>
/// <param name="Attribute">The attribute's name without its suffix: "Dense".</param>
/// <param name="Arguments">
/// Its arguments by parameter or property name: <c>int</c>, <c>bool</c>, <c>double</c>, <c>string</c> or <see cref="Activation"/>. Those left out have their defaults.
/// </param>
public sealed record ImportedLayer(string Attribute, IReadOnlyList<KeyValuePair<string, object>> Arguments)
{
    /// <summary>The argument of that name, or <paramref name="fallback"/> where it is left out.</summary>
    public T Get<T>(string name, T fallback)
    {
        foreach (KeyValuePair<string, object> argument in Arguments)
        {
            if (argument.Key == name && argument.Value is T value)
                return value;
        }

        return fallback;
    }
}

/// <summary>A named array of numbers.</summary>
/// <param name="Name">With layers "dense1.weight" or "dense1.bias", otherwise as in the file.</param>
/// <param name="Shape">Extents, slowest first.</param>
/// <param name="ElementType">How the file stores the elements: "F32", "F64", "F16", "BF16", "I64".</param>
/// <param name="Values">Row-major; null for a type that is no floating-point number, which no parameter can take.</param>
public sealed record ImportedTensor(string Name, IReadOnlyList<int> Shape, string ElementType, double[]? Values)
{
    /// <summary>Whether every value is a <c>float</c>, so that 32 bits hold it.</summary>
    public bool FitsSingle => Values is not null && Array.TrueForAll(Values, value => double.IsNaN(value) || (float)value == value);
}
