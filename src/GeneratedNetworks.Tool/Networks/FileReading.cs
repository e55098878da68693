using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Reading.SafeTensors;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>The file behind a model, opened to be executed as it stands.</summary>
internal static class FileReading
{
    /// <param name="path">The file.</param>
    /// <param name="source">What to call it.</param>
    /// <param name="model">What was imported of it; of this, a file of tensors alone needs the layers, and one of several outputs their names.</param>
    /// <param name="output">The value that was asked for, or null.</param>
    /// <param name="window">The steps that were asked for where the file leaves them open, or null.</param>
    public static ModelReading Open(string path, string source, ImportedModel model, string? output, int? window)
    {
        if (ModelReading.Knows(path))
            return ModelReading.Open(path, model.Outputs.Count > 0 ? [.. model.Outputs.Select(port => port.Name)] : output is null ? null : [output], source, window);
        ILookup<int, LayerStep> steps = LayerWalk.Of(GeneratorModels.Plain(GeneratorModels.ReadLayers(model))).ToLookup(step => step.Declared);
        Queue<string> tensors = new(model.Tensors.Select(tensor => tensor.Name));
        DeclaredLayer[] layers = [.. model.Layers.Select((layer, i) => Declared(layer, steps[i].Sum(step => step.Parameters.Count), tensors))];
        return DeclaredReading.Open(new ModelSource(source, File.ReadAllBytes(path), null), model.InputShape!, layers);
    }

    /// <summary>The layer in words, and the name by which its tensors go: that of the next ones, as many as it has.</summary>
    private static DeclaredLayer Declared(ImportedLayer layer, int count, Queue<string> tensors)
    {
        string? name = null;
        for (int i = 0; i < count; i++)
        {
            string tensor = tensors.Dequeue();
            name ??= tensor[..tensor.LastIndexOf('.')];
        }

        return new DeclaredLayer(layer.Attribute, name, layer.Arguments.ToDictionary(argument => argument.Key, argument => argument.Value));
    }
}
