using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One layer of a model as the generator makes it of an attribute.</summary>
/// <param name="Declared">Which of the model's layers it comes from, counted from 0. One with an activation makes two.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Parameters">Its parameters, in canonical order.</param>
/// <param name="Output">The shape behind it.</param>
internal sealed record LayerStep(int Declared, Layer Layer, IReadOnlyList<ParameterBlock> Parameters, Shape Output);

/// <summary>The layers of a model in order, with what the generator's registrations say of each: no layer is known here by name.</summary>
internal static class LayerWalk
{
    public static IEnumerable<LayerStep> Of(ModelFile file)
    {
        Shape shape = new(file.InputShape);
        foreach ((Layer layer, int declared) in LayerNames.CreateLayers(file.Layers.Select((layer, i) => layer with { AttributeIndex = i }), []))
        {
            ParameterBlock[] parameters = [.. layer.Parameters([shape])];
            shape = layer.InferShapes([shape])[0];
            yield return new LayerStep(declared, layer, parameters, shape);
        }
    }
}
