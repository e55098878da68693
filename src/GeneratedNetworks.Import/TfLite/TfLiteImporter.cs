namespace GeneratedNetworks.Import.TfLite;

/// <summary>
/// Reads TensorFlow Lite's format: a FlatBuffer of tensors, buffers and operators in the order in which they run. Quantised models become the
/// networks of floating-point numbers that they stand for; the first axis of the input is the batch.
/// </summary>
internal static class TfLiteImporter
{
    private const uint SchemaVersion = 3;

    public static ImportedModel Read(ModelSource source)
    {
        FlatFile file = new(source);
        if (!file.HasIdentifier("TFL3"))
            throw source.Error("it is no TFLite file: bytes 4 to 7 should read TFL3.");
        FlatTable model = file.Root;
        if (model.UInt(0) != SchemaVersion)
            throw source.Error($"it has version {model.UInt(0)} of TFLite's schema, and {SchemaVersion} is supported.");
        FlatVector graphs = model.Vector(2, sizeof(uint));
        if (graphs.Count == 0)
            throw source.Error("it holds no graph.");
        try
        {
            return Read(source.Output);
        }
        catch (ModelFileException exception) when (exception.Candidates.Count > 0)
        {
            IEnumerable<string> names = exception.Candidates.Select(candidate => candidate.Name).Where(name => name != source.Output);
            throw OutputSearch.Refuse(source, exception.Problem, names, Read, withReasons: source.Output is null);
        }

        ImportedModel Read(string? output) => new TfLiteGraph(file, model, graphs.Table(0)).Import(output);
    }
}
