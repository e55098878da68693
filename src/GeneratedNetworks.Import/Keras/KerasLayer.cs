using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>A layer of the configuration.</summary>
/// <param name="Class">"Dense".</param>
/// <param name="Name">"dense_1".</param>
/// <param name="Config">Its settings.</param>
/// <param name="Nodes">In a functional model, where its inputs come from.</param>
internal sealed record KerasLayer(string Class, string Name, JsonElement Config, JsonElement? Nodes)
{
    public string Describe() => $"layer '{Name}' ({Class})";
}
