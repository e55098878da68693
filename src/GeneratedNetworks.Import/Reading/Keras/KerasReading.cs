using System.Text.Json;
using GeneratedNetworks.Import.Keras;
using GeneratedNetworks.Import.Keras.Hdf;

namespace GeneratedNetworks.Import.Reading.Keras;

/// <summary>Opens what Keras saves, in either container.</summary>
internal static class KerasReading
{
    private const string WeightsName = "model.weights.h5";

    public static ModelReading OpenHdf(ModelSource source, IReadOnlyList<string> outputs)
    {
        HdfFile file = new(source, source.Content, null);
        string config = file.Text("/", "model_config") ?? throw source.Error("it holds no architecture.");
        return Open(source, config, file.Text("/", "keras_version") ?? "2", new LegacyStore(file, null), outputs);
    }

    public static ModelReading OpenArchive(ModelSource source, IReadOnlyList<string> outputs)
    {
        KerasArchive archive = new(source);
        string config = archive.Text("config.json") ?? throw source.Error("the archive holds no architecture.");
        byte[] weights = archive.Bytes(WeightsName) ?? throw source.Error("the archive holds no weights.");
        string version = "3";
        if (archive.Text("metadata.json") is { } metadata)
        {
            using JsonDocument document = KerasJson.Parse(source, metadata, "metadata.json");
            version = document.RootElement.Text("keras_version") ?? version;
        }

        return Open(source, config, version, ArchiveStore.Outermost(new HdfFile(source, weights, WeightsName)), outputs);
    }

    private static ModelReading Open(ModelSource source, string config, string version, KerasStore store, IReadOnlyList<string> outputs)
    {
        int major = version.Length > 0 && char.IsAsciiDigit(version[0]) ? version[0] - '0' : 2;
        using JsonDocument document = KerasJson.Parse(source, config, "its architecture");

        // The elements are kept beyond this method: a clone does not need the document.
        JsonElement root = document.RootElement.Clone();
        KerasGraph graph = new(source, major);
        string[] results = graph.Add(root, store, "", null);
        string[] wanted = outputs.Count > 0 ? [.. outputs.Select(name => Key(source, graph, name))] : results;
        if (wanted.Length == 0)
            throw source.Error("it has no output.");
        ReadGraph read = new(source, graph.Inputs, graph.Operations, wanted, _ => null);
        return new ModelReading(source, $"Keras {major}, {graph.Operations.Count} layers", read, graph.HasRoundedSlope);
    }

    /// <summary>The last use of the layer of that name in the outermost model.</summary>
    private static string Key(ModelSource source, KerasGraph graph, string name) =>
        graph.Operations.Select(operation => operation.Outputs[0]).LastOrDefault(key => key.StartsWith(name + ":", StringComparison.Ordinal) && !key.Contains('/'))
            ?? throw source.Error($"it has no layer '{name}'.");
}
