using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>The places where the layers of a functional model compute, found from what reads them.</summary>
internal sealed class LayerUses
{
    public const string InputClass = "InputLayer";

    private readonly ModelSource _source;
    private readonly Dictionary<string, KerasLayer> _byName = new(StringComparer.Ordinal);

    // A list of JSON is walked from its beginning for every number that is asked of it.
    private readonly Dictionary<KerasLayer, JsonElement[]> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LayerResult, LayerUse> _uses = [];

    public LayerUses(ModelSource source, IEnumerable<KerasLayer> layers)
    {
        _source = source;
        foreach (KerasLayer layer in layers)
        {
            if (!_byName.TryAdd(layer.Name, layer))
                throw source.Error($"two of its layers are called '{layer.Name}'.");
        }
    }

    /// <summary>The place whose result has a name, or null: that of a layer is the result of its first place, and "name:1" that of the second.</summary>
    public LayerUse? Find(string name)
    {
        if (_byName.ContainsKey(name))
            return Find(new LayerResult(name, 0));
        int colon = name.LastIndexOf(':');
        return colon > 0 && int.TryParse(name.AsSpan(colon + 1), out int number) && number > 0 ? Find(new LayerResult(name[..colon], number)) : null;
    }

    public LayerUse? Find(LayerResult result)
    {
        if (!_byName.TryGetValue(result.Layer, out KerasLayer? layer))
            return null;

        // What has one place only can be meant by no other number.
        int places = CallsOf(layer).Length;
        LayerResult place = places > 1 ? result : result with { Number = 0 };
        if (place.Number < 0 || place.Number >= Math.Max(1, places))
            return null;
        if (!_uses.TryGetValue(place, out LayerUse? use))
            _uses.Add(place, use = new LayerUse(layer, place.Number));
        return use;
    }

    /// <summary>All that some results need, in an order in which it can be computed; inputs among them.</summary>
    public List<LayerUse> Needed(IEnumerable<LayerUse> results)
    {
        // By hand, and not by recursion: a file may have a chain of any length.
        List<LayerUse> order = [];
        HashSet<LayerUse> done = [];
        HashSet<LayerUse> begun = [];
        Stack<(LayerUse Use, int Next)> path = new();
        foreach (LayerUse result in results)
        {
            Begin(result);
            while (path.TryPop(out (LayerUse Use, int Next) top))
            {
                if (top.Next == top.Use.Reads.Count)
                {
                    done.Add(top.Use);
                    order.Add(top.Use);
                    continue;
                }

                path.Push((top.Use, top.Next + 1));
                Begin(top.Use.Reads[top.Next]);
            }
        }

        return order;

        void Begin(LayerUse use)
        {
            if (done.Contains(use))
                return;
            if (!begun.Add(use))
                throw _source.Error($"{use.Layer.Describe()} is computed from itself.");
            if (use.Layer.Class != InputClass)
                Connect(use);
            path.Push((use, 0));
        }
    }

    private void Connect(LayerUse use)
    {
        JsonElement[] calls = CallsOf(use.Layer);
        if (calls.Length == 0)
            throw _source.Error($"{use.Layer.Describe()} is no input and reads nothing.");
        List<LayerUse> reads = [];
        foreach (LayerResult read in LayerReferences.OfCall(calls[use.Number]))
        {
            reads.Add(Find(read)
                ?? throw _source.Error($"{use.Layer.Describe()} reads '{LayerUse.NameOf(read.Layer, read.Number)}', which is no layer of the model."));
        }

        (use.Reads, use.Training) = (reads, LayerReferences.Training(calls[use.Number]));
    }

    private JsonElement[] CallsOf(KerasLayer layer)
    {
        if (!_calls.TryGetValue(layer, out JsonElement[]? calls))
            _calls.Add(layer, calls = layer.Nodes is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : []);
        return calls;
    }
}
