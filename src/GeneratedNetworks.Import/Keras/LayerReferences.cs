using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>A result that a configuration refers to.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Number">Which of the places where it computes.</param>
internal sealed record LayerResult(string Layer, int Number);

/// <summary>Finds what a configuration refers to: triples of layer, place and tensor, bare or inside of a tensor's description.</summary>
internal static class LayerReferences
{
    /// <summary>All within an element, in order.</summary>
    public static List<LayerResult> Of(JsonElement? within)
    {
        List<LayerResult> found = [];
        if (within is { } element)
            Collect(element, found);
        return found;
    }

    /// <summary>What one call of a layer reads: in Keras 2 a list of triples, each with the other arguments behind; in Keras 3 arguments by place and by name.</summary>
    public static List<LayerResult> OfCall(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
            return Of(call);
        List<LayerResult> found = Of(call.Member("args"));
        if (call.Member("kwargs") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (JsonProperty argument in named.EnumerateObject())
            {
                // What a layer would skip is no value that it computes with.
                if (argument.Name != "mask")
                    Collect(argument.Value, found);
            }
        }

        return found;
    }

    /// <summary>Whether a call says that the layer computes as in training, or as outside of it; null: it does not say.</summary>
    public static bool? Training(JsonElement call)
    {
        JsonElement? said = call.Member("kwargs")?.Member("training");
        if (said is null && call.ValueKind == JsonValueKind.Array && call.GetArrayLength() > 0 && call[0] is { ValueKind: JsonValueKind.Array } first && first.GetArrayLength() > 3)
            said = first[3].Member("training");
        return (said?.ValueKind ?? JsonValueKind.Null) switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }

    private static void Collect(JsonElement place, List<LayerResult> found)
    {
        if (place.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in place.EnumerateObject())
                Collect(member.Value, found);
            return;
        }

        if (place.ValueKind != JsonValueKind.Array)
            return;
        if (place.GetArrayLength() >= 3 && place[0].ValueKind == JsonValueKind.String && place[1].ValueKind == JsonValueKind.Number)
        {
            found.Add(new LayerResult(place[0].GetString()!, place[1].Integer() ?? -1));
            return;
        }

        foreach (JsonElement item in place.EnumerateArray())
            Collect(item, found);
    }
}
