using System.Text.Json;
using GeneratedNetworks.Import.Keras.Hdf;
using GeneratedNetworks.Import.Keras.Layers;

namespace GeneratedNetworks.Import.Keras;

/// <summary>
/// Reads what Keras saves: an HDF5 file with the architecture as an attribute (.h5, Keras 1 to 3), or an archive of the architecture and an HDF5
/// file of weights (.keras, Keras 2.12 and newer).
/// </summary>
internal static class KerasImporter
{
    private const string ArchiveConfig = "config.json";
    private const string ArchiveMetadata = "metadata.json";
    private const string ArchiveWeights = "model.weights.h5";

    public static ImportedModel ReadHdf(ModelSource source)
    {
        using HdfFile file = new(source, source.Content, null);
        string config = file.Text("/", "model_config")
            ?? throw source.Error("it holds no architecture: the attribute 'model_config' is missing. Save the whole model, not its weights alone.");
        int version = MajorVersion(file.Text("/", "keras_version"));
        return Import(source, config, version, "h5", _ => new LegacyWeights(file));
    }

    public static ImportedModel ReadArchive(ModelSource source)
    {
        using KerasArchive archive = new(source);
        string config = archive.Text(ArchiveConfig) ?? throw source.Error($"it is no Keras model: the archive holds no '{ArchiveConfig}'.");
        byte[] weights = archive.Bytes(ArchiveWeights) ?? throw source.Error($"the archive holds no '{ArchiveWeights}'.");
        string? version = null;
        if (archive.Text(ArchiveMetadata) is { } metadata)
        {
            using JsonDocument document = KerasJson.Parse(source, metadata, ArchiveMetadata);
            version = KerasJson.Guard(source, ArchiveMetadata, () => document.RootElement.Text("keras_version"));
        }

        using HdfFile file = new(source, weights, ArchiveWeights);
        return Import(source, config, MajorVersion(version ?? "3"), "keras", architecture => new StoreWeights(file, architecture));
    }

    private static ImportedModel Import(ModelSource source, string config, int version, string container, Func<KerasArchitecture, IKerasWeights> open)
    {
        using JsonDocument document = KerasJson.Parse(source, config, "its architecture");
        try
        {
            return Read(source);
        }
        catch (ModelFileException exception) when (exception.Candidates.Count > 0)
        {
            IEnumerable<string> names = exception.Candidates.Select(candidate => candidate.Name).Where(name => name != source.Output);
            throw OutputSearch.Refuse(source, exception.Problem, names, name => Read(source with { Output = name }), withReasons: source.Output is null);
        }

        ImportedModel Read(ModelSource asked) => KerasJson.Guard(asked, "its architecture", () =>
        {
            KerasArchitecture architecture = KerasArchitecture.Read(asked, document.RootElement);
            IKerasWeights weights = open(architecture);
            LayerGraph graph = new(asked);
            Dictionary<LayerUse, LayerChain> values = architecture.Inputs.ToDictionary(input => input.Use, input => graph.Input(input.Use.Value, input.Shape));
            foreach (LayerUse use in architecture.Uses)
            {
                LayerChain value = LayerTable.Apply(asked, use, [.. use.Reads.Select(read => values[read])], weights, version);
                value.Value(use.Value);
                values.Add(use, value);
            }

            foreach (string note in SharedNotes(architecture))
                graph.Note(note);
            string[] names = [.. architecture.Results.Where(result => result.Layer.Class != LayerUses.InputClass).Select(result => result.Value)];
            return graph.Build($"Keras {version}, {container}", [.. architecture.Results.Select(result => ((string?)result.Value, values[result]))]) with
            {
                Output = names.Length == 0 ? null : string.Join(", ", names),
                OtherOutputs = [.. architecture.Outputs.Except(names)],
            };
        });
    }

    /// <summary>A sentence for each layer that computes in several places with numbers of its own; for weights, the graph says it.</summary>
    private static IEnumerable<string> SharedNotes(KerasArchitecture architecture) => architecture.Uses
        .GroupBy(use => use.Layer.Name)
        .Where(places => places.Count() > 1 && LayerTable.HasNumbers(places.First().Layer))
        .Select(places => $"The file uses {places.First().Layer.Describe()} in {places.Count()} places; here each has its own copy of its numbers, equal until it is trained.");

    /// <summary>"2.11.0" is 2; files of before there was the attribute are of Keras 1 or 2.</summary>
    private static int MajorVersion(string? version) => version is { Length: > 0 } && char.IsAsciiDigit(version[0]) ? version[0] - '0' : 2;
}
