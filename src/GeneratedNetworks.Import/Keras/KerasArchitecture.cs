using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>The layers of a Sequential or of a Functional model that is a chain.</summary>
/// <param name="All">In the order of the configuration, inputs among them: by this, weights are numbered.</param>
/// <param name="Chain">In the order in which they run, without inputs.</param>
/// <param name="InputShape">The extents of one sample.</param>
internal sealed record KerasArchitecture(IReadOnlyList<KerasLayer> All, IReadOnlyList<KerasLayer> Chain, int[] InputShape)
{
    private const string InputClass = "InputLayer";

    public static KerasArchitecture Read(ModelSource source, JsonElement root)
    {
        string kind = root.Text("class_name") ?? throw source.Error("its architecture names no class of model.");
        JsonElement config = root.Member("config") ?? throw source.Error("its architecture has no configuration.");
        List<KerasLayer> layers = Layers(source, config);
        return kind switch
        {
            "Sequential" => Sequential(source, root, config, layers),
            "Functional" or "Model" => Functional(source, config, layers),
            _ => throw source.Error($"it is a model of the class '{kind}'; Sequential and Functional are supported."),
        };
    }

    private static List<KerasLayer> Layers(ModelSource source, JsonElement config)
    {
        // The first versions wrote the layers of a Sequential as the configuration itself.
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : config.Member("layers") ?? default;
        if (list.ValueKind != JsonValueKind.Array)
            throw source.Error("its architecture lists no layers.");
        List<KerasLayer> layers = [];
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string kind = entry.Text("class_name") ?? throw source.Error($"layer {layers.Count} of its architecture names no class.");
            JsonElement settings = entry.Member("config")
                ?? throw source.Error($"layer {layers.Count} ({kind}) of its architecture has no configuration.");
            string name = settings.Text("name") ?? entry.Text("name")
                ?? throw source.Error($"layer {layers.Count} ({kind}) of its architecture has no name.");
            layers.Add(new KerasLayer(kind, name, settings, entry.Member("inbound_nodes")));
        }

        return layers;
    }

    private static KerasArchitecture Sequential(ModelSource source, JsonElement root, JsonElement config, List<KerasLayer> layers)
    {
        JsonElement shape = layers.Select(InputShapeOf).FirstOrDefault(found => found is not null)
            ?? config.Member("build_input_shape")
            ?? root.Member("build_config")?.Member("input_shape")
            ?? throw source.Error("its architecture names no input shape: build the model before it is saved.");
        return new KerasArchitecture(layers, [.. layers.Where(layer => layer.Class != InputClass)], SampleShape(source, shape));
    }

    private static KerasArchitecture Functional(ModelSource source, JsonElement config, List<KerasLayer> layers)
    {
        List<KerasLayer> inputs = [.. layers.Where(layer => layer.Class == InputClass)];
        if (inputs.Count != 1)
            throw source.Error($"it has {inputs.Count} inputs, and one is supported.");
        JsonElement shape = InputShapeOf(inputs[0]) ?? throw source.Error($"{inputs[0].Describe()} names no shape.");
        Dictionary<string, List<KerasLayer>> readers = new(StringComparer.Ordinal);
        foreach (KerasLayer layer in layers.Where(layer => layer.Class != InputClass))
        {
            if (!readers.TryGetValue(Origin(source, layer), out List<KerasLayer>? list))
                readers.Add(Origin(source, layer), list = []);
            list.Add(layer);
        }

        List<KerasLayer> chain = [];
        string current = inputs[0].Name;
        while (readers.Remove(current, out List<KerasLayer>? next))
        {
            if (next.Count > 1)
                throw source.Error(
                    $"'{current}' feeds {next.Count} layers, {string.Join(" and ", next.Take(2).Select(layer => $"'{layer.Name}'"))}: only a chain "
                    + "of layers is supported.");
            chain.Add(next[0]);
            current = next[0].Name;
        }

        if (readers.Count > 0)
            throw source.Error($"{readers.First().Value[0].Describe()} is not on the chain from the input to the output.");
        List<string> outputs = Names(config.Member("output_layers"));
        return outputs is [string output] && output == current
            ? new KerasArchitecture(layers, chain, SampleShape(source, shape))
            : throw source.Error(
                $"its outputs are {string.Join(", ", outputs.Take(3).Select(name => $"'{name}'"))}, but its chain of layers ends at '{current}'.");
    }

    /// <summary>The one layer that a layer reads.</summary>
    private static string Origin(ModelSource source, KerasLayer layer)
    {
        int nodes = layer.Nodes is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;
        if (nodes != 1)
            throw source.Error($"{layer.Describe()} is used {nodes} times in the model; once is supported.");
        List<string> origins = Names(layer.Nodes);
        return origins.Count == 1
            ? origins[0]
            : throw source.Error(
                $"{layer.Describe()} reads {origins.Count} values ({string.Join(", ", origins.Take(3).Select(name => $"'{name}'"))}); only a chain "
                + "of layers is supported.");
    }

    /// <summary>The layers that a configuration refers to: triples of name, node and tensor, bare or inside of a tensor's description.</summary>
    private static List<string> Names(JsonElement? within)
    {
        List<string> names = [];
        if (within is { } element)
            Collect(element);
        return names;

        void Collect(JsonElement place)
        {
            if (place.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in place.EnumerateObject())
                    Collect(member.Value);
                return;
            }

            if (place.ValueKind != JsonValueKind.Array)
                return;
            if (place.GetArrayLength() >= 3 && place[0].ValueKind == JsonValueKind.String && place[1].ValueKind == JsonValueKind.Number)
            {
                names.Add(place[0].GetString()!);
                return;
            }

            foreach (JsonElement item in place.EnumerateArray())
                Collect(item);
        }
    }

    private static JsonElement? InputShapeOf(KerasLayer layer) => layer.Config.Member("batch_shape") ?? layer.Config.Member("batch_input_shape");

    private static int[] SampleShape(ModelSource source, JsonElement shape)
    {
        // Some versions wrap lists that were tuples.
        JsonElement list = shape.Member("items") ?? shape;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 2 or > 16)
            throw source.Error($"its input has the shape {shape.Show()}; a batch and at least one more axis are expected.");
        int[] extents = [.. list.EnumerateArray().Skip(1).Select(extent => extent.Integer() ?? -1)];
        return Array.TrueForAll(extents, extent => extent > 0)
            ? extents
            : throw source.Error($"its input has the shape {shape.Show()}; all axes but the first, the batch, are to be known.");
    }
}
