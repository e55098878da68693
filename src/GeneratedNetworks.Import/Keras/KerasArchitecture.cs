using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>The layers of a Sequential or of a Functional model, and where they compute.</summary>
/// <param name="All">In the order of the configuration, inputs among them: by this, weights are numbered.</param>
/// <param name="Inputs">Those that are needed, in the order in which the model takes them.</param>
/// <param name="Uses">What is needed, in an order in which it can be computed, without inputs.</param>
/// <param name="Results">Where what is asked for is computed.</param>
/// <param name="Outputs">The names of all outputs of the model.</param>
internal sealed record KerasArchitecture(
    IReadOnlyList<KerasLayer> All, IReadOnlyList<KerasInput> Inputs, IReadOnlyList<LayerUse> Uses, IReadOnlyList<LayerUse> Results, IReadOnlyList<string> Outputs)
{
    private const int MostListed = 8;
    private const string Table = "Embedding";

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
        LayerUse input = new(layers.Find(layer => layer.Class == LayerUses.InputClass) ?? new KerasLayer(LayerUses.InputClass, "input", default, null), 0);
        List<LayerUse> chain = [];
        LayerUse last = input;
        foreach (KerasLayer layer in layers.Where(layer => layer.Class != LayerUses.InputClass))
            chain.Add(last = new LayerUse(layer, 0) { Reads = [last] });
        List<string> outputs = [.. chain.TakeLast(1).Select(use => use.Value)];
        if (source.Output is { } asked)
        {
            int end = chain.FindIndex(use => use.Value == asked);
            if (end < 0)
                throw NoLayer(source, asked, outputs);
            chain.RemoveRange(end + 1, chain.Count - end - 1);
            last = chain[end];
        }

        return new KerasArchitecture(layers, [new KerasInput(input, SampleShape(source, shape, layers.Exists(layer => layer.Class == Table)))], chain, [last], outputs);
    }

    private static KerasArchitecture Functional(ModelSource source, JsonElement config, List<KerasLayer> layers)
    {
        LayerUses uses = new(source, layers);
        List<string> outputs = [.. LayerReferences.Of(config.Member("output_layers"))
            .Select(result => uses.Find(result)?.Value ?? throw source.Error($"its output '{result.Layer}' is no layer of the model."))
            .Distinct()];
        if (source.Output is null && outputs.Count != 1)
        {
            string listed = string.Join(", ", outputs.Take(MostListed).Select(name => $"'{name}'"));
            throw Listing(source, $"it must have one output, and has {outputs.Count}{(listed.Length > 0 ? $": {listed}" : "")}.", outputs);
        }

        LayerUse[] results = [.. Asked(source.Output ?? outputs[0], uses) ?? throw NoLayer(source, source.Output ?? outputs[0], outputs)];
        if (Array.Find(results, result => result.Layer.Class == LayerUses.InputClass) is { } handedOn)
            throw Listing(source, $"'{OutputSearch.Shorten(handedOn.Value)}' is an input of the model, of which no layer computes anything.", outputs);
        List<LayerUse> needed = uses.Needed(results);
        HashSet<LayerUse> inputs = [.. needed.Where(use => use.Layer.Class == LayerUses.InputClass)];
        LayerUse[] ordered = [.. LayerReferences.Of(config.Member("input_layers")).Select(uses.Find).OfType<LayerUse>().Where(inputs.Contains).Concat(needed.Where(inputs.Contains)).Distinct()];
        if (ordered.Length == 0)
            throw source.Error($"'{OutputSearch.Shorten(results[0].Value)}' depends on no input.");
        return new KerasArchitecture(layers, [.. ordered.Select(use => Input(source, use, needed))], [.. needed.Where(use => !inputs.Contains(use))], results, outputs);
    }

    /// <summary>The result of that name, or the results whose names stand there with commas between; null where one of them is none.</summary>
    private static LayerUse[]? Asked(string asked, LayerUses uses)
    {
        if (uses.Find(asked) is { } single)
            return [single];
        string[] names = asked.Split(',', StringSplitOptions.TrimEntries);
        LayerUse[] found = [.. names.Select(uses.Find).OfType<LayerUse>()];
        return names.Length > 1 && found.Distinct().Count() == names.Length ? found : null;
    }

    private static KerasInput Input(ModelSource source, LayerUse use, IReadOnlyList<LayerUse> needed)
    {
        JsonElement shape = InputShapeOf(use.Layer) ?? throw source.Error($"{use.Layer.Describe()} names no shape.");
        return new(use, SampleShape(source, shape, needed.Any(reader => reader.Layer.Class == Table && reader.Reads.Contains(use))));
    }

    private static ModelFileException NoLayer(ModelSource source, string name, IReadOnlyList<string> outputs) =>
        Listing(source, $"'{OutputSearch.Shorten(name)}' is no layer of the model.", outputs);

    private static ModelFileException Listing(ModelSource source, string problem, IReadOnlyList<string> outputs) =>
        new(source.Name, problem) { Candidates = [.. outputs.Select(output => new OutputCandidate(output, ""))] };

    private static JsonElement? InputShapeOf(KerasLayer layer) => layer.Config.Member("batch_shape") ?? layer.Config.Member("batch_input_shape");

    /// <param name="source">The file.</param>
    /// <param name="shape">As the file has it, the batch first.</param>
    /// <param name="isOfIds">Whether a table is read by it, so that a single axis is one of steps.</param>
    private static int[] SampleShape(ModelSource source, JsonElement shape, bool isOfIds)
    {
        // Some versions wrap lists that were tuples.
        JsonElement list = shape.Member("items") ?? shape;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 2 or > 16)
            throw source.Error($"its input has the shape {shape.Show()}; a batch and at least one more axis are expected.");
        int[] extents = [.. list.EnumerateArray().Skip(1).Select(extent => extent.Integer() ?? -1)];
        if (extents is [<= 0, > 0] || (isOfIds && extents is [<= 0]))
            extents[0] = source.OpenSteps("its input");
        return Array.TrueForAll(extents, extent => extent > 0)
            ? extents
            : throw source.Error($"its input has the shape {shape.Show()}; all axes but the first, the batch, are to be known.");
    }
}

/// <summary>An input of a model.</summary>
/// <param name="Use">Where it stands.</param>
/// <param name="Shape">The extents of one sample.</param>
internal sealed record KerasInput(LayerUse Use, int[] Shape);
