using System.Globalization;
using GeneratedNetworks.Import.Numbers;
using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.SafeTensors;

/// <summary>A layer that a class declares, for a file of tensors alone.</summary>
/// <param name="Kind">The attribute's name without its suffix: "Dense".</param>
/// <param name="Name">The layer's name, after which its tensors are called; null for one without any.</param>
/// <param name="Arguments">The attribute's arguments, those that differ from their defaults.</param>
public sealed record DeclaredLayer(string Kind, string? Name, IReadOnlyDictionary<string, object> Arguments)
{
    internal double Number(string name, double fallback) =>
        Arguments.TryGetValue(name, out object? value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : fallback;

    internal string Text(string name, string fallback) =>
        Arguments.TryGetValue(name, out object? value) ? Convert.ToString(value, CultureInfo.InvariantCulture)! : fallback;
}

/// <summary>Runs declared layers by plain loops over the tensors as they lie in a safetensors file.</summary>
public static class DeclaredReading
{
    /// <summary>Opens a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="inputShape">The extents of one sample.</param>
    /// <param name="layers">In the order in which they run.</param>
    /// <exception cref="ModelFileException">The file is damaged or lacks a tensor, or a layer is not known here.</exception>
    public static ModelReading Open(ModelSource source, IReadOnlyList<int> inputShape, IReadOnlyList<DeclaredLayer> layers)
    {
        SafeTensorsHeader header;
        try
        {
            header = SafeTensorsHeader.Read(new MemoryStream(source.Content, writable: false), source.Name);
        }
        catch (NetworkFileException exception)
        {
            throw source.Error($"it is no safetensors file ({exception.Message}).", exception);
        }

        List<Operation> operations = [];
        string value = "input";
        for (int i = 0; i < layers.Count; i++)
        {
            DeclaredLayer layer = layers[i];
            string[] inputs = [value, .. Weights(layer)];
            value = $"layer {i}";
            operations.Add(new Operation($"layer {i} ({layer.Kind}{(layer.Name is null ? "" : $" '{layer.Name}'")})", inputs, [value], scope => [Apply(scope, layer, header)])
            {
                Role = layer.Kind is "Flatten" or "Reshape" or "Dropout" or "Normalize" ? PrefixRole.Affine : PrefixRole.None,
            });
        }

        GraphInput input = new("input", "input", ElementType.Real, [1, .. inputShape], 1);
        return new ModelReading(
            source, $"safetensors, {layers.Count} declared layers", new ReadGraph(source, [input], operations, [value], name => Read(source, header, name)), false);
    }

    private static string[] Weights(DeclaredLayer layer) => layer.Kind switch
    {
        "Dense" => layer.Text("UseBias", "True") == "True" ? [$"{layer.Name}.weight", $"{layer.Name}.bias"] : [$"{layer.Name}.weight"],
        "Normalize" => [$"{layer.Name}.mean", $"{layer.Name}.deviation"],
        _ => [],
    };

    private static Tensor Apply(OperationScope scope, DeclaredLayer layer, SafeTensorsHeader header)
    {
        Tensor value = scope.Input(0);
        Tensor result = layer.Kind switch
        {
            "Dense" => Dense(scope, value, header),
            "Clip" => scope.Clamp(value, layer.Number("minimum", double.NaN), layer.Number("maximum", double.NaN)),
            "Normalize" => Normalize(scope, value, layer.Number("Clip", 0)),
            "Activation" or "Flatten" or "Reshape" or "Dropout" => value,
            _ => throw scope.Error("this layer is not executed"),
        };
        return DeclaredFunctions.Apply(scope, result, layer.Text("activation", "Identity"));
    }

    /// <summary>Of all elements of the sample.</summary>
    private static Tensor Dense(OperationScope scope, Tensor value, SafeTensorsHeader header)
    {
        Tensor weight = scope.Input(1);
        if (weight.Rank != 2)
            throw scope.Error($"its weight has the shape {weight.ShapeText}");
        if (header.WeightOrder == SafeTensorsHeader.Describe(WeightOrder.OutIn))
            weight = Products.Transpose(scope, weight);
        Tensor product = Products.MatMul(scope, value.WithShape(1, value.Count), weight);
        return scope.Optional(2) is { } bias ? Elementwise.Apply(scope, product, bias, (x, summand) => x + summand) : product;
    }

    private static Tensor Normalize(OperationScope scope, Tensor value, double limit)
    {
        Tensor centred = Elementwise.Apply(scope, value, scope.Input(1), (x, mean) => x - mean);
        Tensor standard = Elementwise.Apply(scope, centred, scope.Input(2), (x, deviation) => x / deviation);
        return limit > 0 ? scope.Clamp(standard, -limit, limit) : standard;
    }

    private static Tensor? Read(ModelSource source, SafeTensorsHeader header, string name)
    {
        if (header.Tensors.FirstOrDefault(tensor => tensor.Name == name) is not { } entry)
            return null;
        long start = header.DataPosition + entry.Begin;
        long bytes = entry.End - entry.Begin;
        FloatingPoint? type = FloatingPoint.Of(entry.Type);
        if (type is null || start + bytes > source.Content.Length || Array.Exists(entry.Shape, extent => extent is < 0 or > int.MaxValue))
            throw source.Error($"tensor '{name}' of type {entry.Type} cannot be read.");
        int[] shape = Array.ConvertAll(entry.Shape, extent => (int)extent);
        if (Extents.Count(shape) != bytes / type.Bytes)
            throw source.Error($"tensor '{name}' of shape [{string.Join(", ", shape)}] has {bytes} bytes.");
        return Tensor.Real(shape, type.Decode(source.Content.AsSpan((int)start, (int)bytes)));
    }
}
