using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Reading.SafeTensors;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>The file behind a model, opened to be executed as it stands.</summary>
internal static class FileReading
{
    /// <param name="path">The file.</param>
    /// <param name="source">What to call it.</param>
    /// <param name="model">What was imported of it; of this, a file of tensors alone needs the layers.</param>
    public static ModelReading Open(string path, string source, ImportedModel model, string? output)
    {
        if (ModelReading.Knows(path))
            return ModelReading.Open(path, output is null ? null : [output], source);
        Queue<string> weights = new(model.Tensors.Select(tensor => tensor.Name));
        DeclaredLayer[] layers = [.. model.Layers.Select(layer => Declared(layer, weights))];
        return DeclaredReading.Open(new ModelSource(source, File.ReadAllBytes(path), null), model.InputShape!, layers);
    }

    /// <summary>The layer in words, and the name by which its tensors go: the next of them.</summary>
    private static DeclaredLayer Declared(ImportedLayer layer, Queue<string> weights)
    {
        Dictionary<string, object> arguments = layer.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        if (layer.Attribute is not ("Dense" or "Normalize"))
            return new DeclaredLayer(layer.Attribute, null, arguments);
        string weight = weights.Dequeue();
        if (layer.Attribute == "Normalize" || layer.Get("UseBias", true))
            weights.Dequeue();
        return new DeclaredLayer(layer.Attribute, weight[..weight.LastIndexOf('.')], arguments);
    }
}
