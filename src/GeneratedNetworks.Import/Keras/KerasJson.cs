using System.Globalization;
using System.Text.Json;

namespace GeneratedNetworks.Import.Keras;

/// <summary>Reads configurations that may hold anything anywhere.</summary>
internal static class KerasJson
{
    public static JsonDocument Parse(ModelSource source, string text, string what)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw source.Error($"{what} is no JSON ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    /// <summary>Texts with halves of characters are found only when they are read.</summary>
    public static T Guard<T>(ModelSource source, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw source.Error($"{what} holds text that is not Unicode ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static double? Number(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) ? value : null;

    public static int? Integer(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) ? value : null;

    /// <summary>What it looks like, shortened for messages.</summary>
    public static string Show(this JsonElement element)
    {
        string text = element.ValueKind == JsonValueKind.Number && element.Number() is double number
            ? number.ToString("G", CultureInfo.InvariantCulture)
            : element.GetRawText();
        return text.Length > 60 ? text[..60] + "..." : text;
    }
}
