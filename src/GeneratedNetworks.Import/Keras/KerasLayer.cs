using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>A layer of the configuration.</summary>
/// <param name="Class">"Dense".</param>
/// <param name="Name">"dense_1".</param>
/// <param name="Config">Its settings.</param>
/// <param name="Nodes">In a functional model, where its inputs come from.</param>
internal sealed record KerasLayer(string Class, string Name, JsonElement Config, JsonElement? Nodes)
{
    /// <summary>Which part of the layer its weights belong to, such as its cell; null: itself.</summary>
    public string? Part { get; init; }

    public string Describe() => $"layer '{Name}' ({Class})";
}
