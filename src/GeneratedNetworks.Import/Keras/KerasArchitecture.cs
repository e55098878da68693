using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>The layers of a Sequential or of a Functional model that is a chain.</summary>
/// <param name="All">In the order of the configuration, inputs among them: by this, weights are numbered.</param>
/// <param name="Chain">Those that the output needs, in the order in which they run, without inputs.</param>
/// <param name="InputShape">The extents of one sample.</param>
/// <param name="Outputs">The names of the layers whose results are the model's.</param>
internal sealed record KerasArchitecture(IReadOnlyList<KerasLayer> All, IReadOnlyList<KerasLayer> Chain, int[] InputShape, IReadOnlyList<string> Outputs)
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
        List<KerasLayer> chain = [.. layers.Where(layer => layer.Class != InputClass)];
        if (source.Output is { } asked)
        {
            int last = chain.FindIndex(layer => layer.Name == asked);
            if (last < 0)
                throw NoLayer(source, asked, [.. chain.TakeLast(1).Select(layer => layer.Name)]);
            chain.RemoveRange(last + 1, chain.Count - last - 1);
        }

        return new KerasArchitecture(layers, chain, SampleShape(source, shape), [.. chain.TakeLast(1).Select(layer => layer.Name)]);
    }

    private static KerasArchitecture Functional(ModelSource source, JsonElement config, List<KerasLayer> layers)
    {
        Dictionary<string, KerasLayer> byName = new(StringComparer.Ordinal);
        foreach (KerasLayer layer in layers)
        {
            if (!byName.TryAdd(layer.Name, layer))
                throw source.Error($"two of its layers are called '{layer.Name}'.");
        }

        List<string> outputs = [.. Names(config.Member("output_layers")).Distinct()];
        if (source.Output is null && outputs.Count != 1)
        {
            string listed = string.Join(", ", outputs.Take(8).Select(name => $"'{name}'"));
            throw new ModelFileException(source.Name, $"it must have one output, and has {outputs.Count}{(listed.Length > 0 ? $": {listed}" : "")}.")
            {
                Candidates = [.. outputs.Select(name => new OutputCandidate(name, ""))],
            };
        }

        string output = source.Output ?? outputs[0];
        if (!byName.TryGetValue(output, out KerasLayer? current) || current.Class == InputClass)
            throw NoLayer(source, output, outputs);

        // Back from the output; what it does not need is left out.
        List<KerasLayer> chain = [];
        while (current.Class != InputClass)
        {
            if (chain.Count == layers.Count)
                throw source.Error($"{current.Describe()} is computed from itself.");
            chain.Add(current);
            string origin = Origin(source, current);
            current = byName.GetValueOrDefault(origin) ?? throw source.Error($"{current.Describe()} reads '{origin}', which is no layer of the model.");
        }

        chain.Reverse();
        JsonElement shape = InputShapeOf(current) ?? throw source.Error($"{current.Describe()} names no shape.");
        return new KerasArchitecture(layers, chain, SampleShape(source, shape), outputs);
    }

    private static ModelFileException NoLayer(ModelSource source, string name, IReadOnlyList<string> outputs) =>
        new(source.Name, $"'{OutputSearch.Shorten(name)}' is no layer of the model.") { Candidates = [.. outputs.Select(output => new OutputCandidate(output, ""))] };

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
