using System.Text.Json;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>
/// A committed model and what its framework computes from it in float64: <c>Golden/Models/{folder}/{name}.{extension}</c> and, beside it,
/// <c>{name}.json</c> with <c>inputs</c> and <c>outputs</c>, one flat list of numbers a sample. Where <c>model</c> is given, it is the name of the model
/// file, and where <c>output</c> is, that of the value to ask for.
/// </summary>
internal sealed record Fixture(string Path, string? Output, double[][] Inputs, double[][] Outputs)
{
    public ImportedModel Read() => ModelFile.Read(Path, null, Output);

    /// <summary>Every fixture of a folder under <c>Golden/Models</c>, by the name of its JSON file, in ordinal order.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Folder(folder), "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    /// <param name="folder">Under <c>Golden/Models</c>.</param>
    /// <param name="name">Of the JSON file.</param>
    /// <param name="extension">Of the model file; null: whichever it has.</param>
    public static Fixture Load(string folder, string name, string? extension = null)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Folder(folder), name + ".json")));
        string model = Text(document, "model") ?? name;
        extension ??= Directory.EnumerateFiles(Folder(folder), model + ".*").Select(System.IO.Path.GetExtension).Single(found => found != ".json");
        return new(System.IO.Path.Combine(Folder(folder), model + extension), Text(document, "output"), Rows(document, "inputs"), Rows(document, "outputs"));
    }

    public static string Folder(string folder) => System.IO.Path.Combine(AppContext.BaseDirectory, "Models", folder);

    /// <summary>All samples in one array, as Forward takes them.</summary>
    public double[] FlatInputs => [.. Inputs.SelectMany(row => row)];

    public double[] FlatOutputs => [.. Outputs.SelectMany(row => row)];

    private static string? Text(JsonDocument document, string name) => document.RootElement.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static double[][] Rows(JsonDocument document, string name) =>
        [.. document.RootElement.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
