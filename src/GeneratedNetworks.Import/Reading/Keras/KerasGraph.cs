using System.Text.Json;
using GeneratedNetworks.Import.Keras;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Turns an architecture into operations: a chain, or the nodes of a functional model; models inside of it are spread out.</summary>
/// <param name="source">The file.</param>
/// <param name="version">Keras's major version.</param>
internal sealed class KerasGraph(ModelSource source, int version)
{
    private const string InputClass = "InputLayer";

    // Every model inside of a model takes several levels of a JSON text, whose depth is bounded too.
    private const int DeepestModel = 24;

    private readonly List<Operation> _operations = [];

    public IReadOnlyList<Operation> Operations => _operations;

    public List<GraphInput> Inputs { get; } = [];

    /// <summary>Whether a slope was rounded to 32 bits before it was saved.</summary>
    public bool HasRoundedSlope { get; private set; }

    /// <summary>Adds a model.</summary>
    /// <param name="model">Its class and configuration.</param>
    /// <param name="store">Its weights.</param>
    /// <param name="prefix">What its values are called after.</param>
    /// <param name="inputs">The values that it reads; null for the outermost model, which has inputs of its own.</param>
    /// <param name="depth">How many models it is inside of.</param>
    /// <returns>The values that it gives.</returns>
    public string[] Add(JsonElement model, KerasStore store, string prefix, string[]? inputs, int depth = 0)
    {
        if (depth > DeepestModel)
            throw source.Error("its models are nested too deeply.");
        JsonElement config = model.Member("config") ?? throw source.Error("its architecture has no configuration.");
        List<Layer> layers = Layers(config);
        return model.Text("class_name") switch
        {
            "Sequential" => AddChain(model, config, layers, store, prefix, inputs, depth),
            "Functional" or "Model" => AddNodes(config, layers, store, prefix, inputs, depth),
            string other => throw source.Error($"a model of the class '{other}' is not executed."),
            null => throw source.Error("its architecture names no class of model."),
        };
    }

    private List<Layer> Layers(JsonElement config)
    {
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : config.Member("layers") ?? default;
        List<Layer> layers = [];
        if (list.ValueKind != JsonValueKind.Array)
            throw source.Error("its architecture lists no layers.");
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string kind = entry.Text("class_name") ?? throw source.Error("a layer of its architecture has no class.");
            JsonElement settings = entry.Member("config") ?? throw source.Error($"a layer {kind} of its architecture has no configuration.");
            string name = settings.Text("name") ?? entry.Text("name") ?? throw source.Error($"a layer {kind} of its architecture has no name.");
            int number = counts.GetValueOrDefault(kind);
            counts[kind] = number + 1;
            layers.Add(new Layer(kind, name, number, entry, settings));
        }

        return layers;
    }

    private string[] AddChain(JsonElement model, JsonElement config, List<Layer> layers, KerasStore store, string prefix, string[]? inputs, int depth)
    {
        string value = inputs is [string only] ? only : $"{prefix}input";
        if (inputs is null)
        {
            JsonElement shape = FirstShape(model, config) ?? throw source.Error("its architecture names no input shape.");
            AddInput(value, layers.FirstOrDefault(layer => layer.Class == InputClass)?.Name ?? "input", shape);
        }
        else if (inputs.Length != 1)
        {
            throw source.Error($"a chain of layers reads {inputs.Length} values.");
        }

        foreach (Layer layer in layers.Where(layer => layer.Class != InputClass))
            value = AddLayer(layer, store, $"{prefix}{layer.Name}:0", [value], depth)[0];
        return [value];
    }

    private string[] AddNodes(JsonElement config, List<Layer> layers, KerasStore store, string prefix, string[]? inputs, int depth)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        List<string> entries = [.. KerasReferences.Of(config.Member("input_layers")).Select(reference => reference.Layer)];
        foreach (Layer layer in layers.Where(layer => layer.Class == InputClass))
        {
            int place = entries.IndexOf(layer.Name);
            if (inputs is not null && (place < 0 || place >= inputs.Length))
                throw source.Error($"the input '{layer.Name}' of a model inside of the model is not read.");
            string key = inputs is null ? $"{prefix}{layer.Name}:0" : inputs[place];
            values.Add($"{layer.Name}\n0\n0", key);
            if (inputs is null)
                AddInput(key, layer.Name, ShapeOf(layer.Config) ?? throw source.Error($"the input '{layer.Name}' has no shape."));
        }

        // Each use of a layer waits for the values that it reads.
        Dictionary<string, List<Use>> readers = new(StringComparer.Ordinal);
        Queue<Use> ready = new();
        foreach (Use use in layers.Where(layer => layer.Class != InputClass).SelectMany(Uses))
        {
            string[] missing = [.. use.Reads.Distinct().Where(read => !values.ContainsKey(read))];
            use.Missing = missing.Length;
            foreach (string read in missing)
            {
                if (!readers.TryGetValue(read, out List<Use>? list))
                    readers.Add(read, list = []);
                list.Add(use);
            }

            if (missing.Length == 0)
                ready.Enqueue(use);
        }

        while (ready.TryDequeue(out Use? use))
        {
            string[] results = AddLayer(use.Layer, store, $"{prefix}{use.Layer.Name}:{use.Number}", [.. use.Reads.Select(read => values[read])], depth);
            for (int i = 0; i < results.Length; i++)
            {
                string made = $"{use.Layer.Name}\n{use.Number}\n{i}";
                values[made] = results[i];
                foreach (Use waiting in readers.GetValueOrDefault(made) ?? [])
                {
                    if (--waiting.Missing == 0)
                        ready.Enqueue(waiting);
                }
            }
        }

        return [.. KerasReferences.Of(config.Member("output_layers")).Select(reference => values.GetValueOrDefault(reference.Key)
            ?? throw source.Error($"its output '{reference.Layer}' depends on what no layer gives."))];
    }

    private static IEnumerable<Use> Uses(Layer layer)
    {
        JsonElement nodes = layer.Entry.Member("inbound_nodes") ?? default;
        if (nodes.ValueKind != JsonValueKind.Array)
            yield break;
        int number = 0;
        foreach (JsonElement node in nodes.EnumerateArray())
            yield return new Use(layer, number++, [.. KerasReferences.Of(node).Select(reference => reference.Key)]);
    }

    private string[] AddLayer(Layer layer, KerasStore store, string key, string[] inputs, int depth)
    {
        if (layer.Class is "Sequential" or "Functional" or "Model")
            return Add(layer.Entry, store.Inside(layer.Class, layer.Name, layer.Number), key + "/", inputs, depth + 1);
        KerasRule? rule = KerasRules.Find(layer.Class);
        HasRoundedSlope |= IsRounded(layer.Config) || (layer.Config.Member("activation")?.Member("config") is { } function && IsRounded(function));
        _operations.Add(new Operation($"layer '{layer.Name}' ({layer.Class})", inputs, [key], scope => rule is null
            ? throw scope.Error("this layer is not executed")
            : [rule.Apply(Call(scope))])
        {
            Role = rule?.Role ?? PrefixRole.None,
            Normaliser = rule?.Normaliser is { } normaliser ? (scope, shape) => normaliser(Call(scope), shape) : null,
            Range = rule?.Range is { } range ? scope => range(Call(scope)) : null,
        });
        return [key];

        KerasCall Call(OperationScope scope) => new(
            layer.Class, layer.Config, (variable, index, shape) => store.Read(layer.Class, layer.Name, layer.Number, variable, index, shape, rule?.Part), version, scope);
    }

    private static bool IsRounded(JsonElement config) => new[] { "negative_slope", "alpha" }.Any(
        name => config.Member(name)?.Number() is double slope && (float)slope == slope && Math.Floor(slope * 1024) != slope * 1024);

    private void AddInput(string key, string name, JsonElement shape)
    {
        JsonElement list = shape.Member("items") ?? shape;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 2 or > 16)
            throw source.Error($"its input '{name}' has the shape {shape.Show()}.");
        int[] extents = [.. list.EnumerateArray().Select((extent, axis) => extent.Integer() is int known and > 0 && axis > 0 ? known : 1)];
        if (source.Window is { } window && extents.Length is 2 or 3 && list[1].Integer() is not > 0)
            extents[1] = window;
        long count = Extents.Count(extents);
        if (count > (1 << 20) + (8L * source.Content.Length))
            throw source.Error($"its input '{name}' has {count} elements.");
        Inputs.Add(new GraphInput(key, name, ElementType.Real, extents, 1));
    }

    /// <summary>The input shape of a chain: that of its first layer which has one, or which is a chain that has one.</summary>
    private static JsonElement? FirstShape(JsonElement model, JsonElement config)
    {
        for (JsonElement? place = config; place is { } found;)
        {
            JsonElement list = found.ValueKind == JsonValueKind.Array ? found : found.Member("layers") ?? default;
            JsonElement[] settings = list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(entry => entry.Member("config")).OfType<JsonElement>()] : [];
            if (settings.Select(ShapeOf).FirstOrDefault(shape => shape is not null) is { } known)
                return known;
            place = settings.Length > 0 && settings[0].Member("layers") is not null ? settings[0] : null;
        }

        return config.Member("build_input_shape") ?? model.Member("build_config")?.Member("input_shape");
    }

    private static JsonElement? ShapeOf(JsonElement config) => config.Member("batch_shape") ?? config.Member("batch_input_shape");

    /// <param name="Number">How many of its class stand before it.</param>
    private sealed record Layer(string Class, string Name, int Number, JsonElement Entry, JsonElement Config);

    /// <summary>One of the places where a layer is used.</summary>
    private sealed class Use(Layer layer, int number, string[] reads)
    {
        public Layer Layer => layer;

        public int Number => number;

        public string[] Reads => reads;

        public int Missing { get; set; }
    }
}

/// <summary>Where a configuration names values: triples of layer, use and output, bare or inside of a tensor's description.</summary>
internal static class KerasReferences
{
    /// <param name="Layer">The layer's name.</param>
    /// <param name="Key">All three, as one text.</param>
    public sealed record Reference(string Layer, string Key);

    public static List<Reference> Of(JsonElement? within)
    {
        List<Reference> found = [];
        Stack<JsonElement> open = new();
        if (within is { } root)
            open.Push(root);
        while (open.TryPop(out JsonElement place))
        {
            if (place.ValueKind == JsonValueKind.Object)
            {
                Push(open, place.EnumerateObject().Select(member => member.Value));
            }
            else if (place.ValueKind == JsonValueKind.Array && place.GetArrayLength() >= 3 && place[0].ValueKind == JsonValueKind.String
                && place[1].Integer() is int use && place[2].Integer() is int output)
            {
                found.Add(new Reference(place[0].GetString()!, $"{place[0].GetString()}\n{use}\n{output}"));
            }
            else if (place.ValueKind == JsonValueKind.Array)
            {
                Push(open, place.EnumerateArray());
            }
        }

        return found;
    }

    /// <summary>In an order in which the first comes out first.</summary>
    private static void Push(Stack<JsonElement> open, IEnumerable<JsonElement> places)
    {
        foreach (JsonElement place in places.Reverse())
            open.Push(place);
    }
}
