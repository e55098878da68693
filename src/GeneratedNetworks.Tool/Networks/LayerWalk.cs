using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One layer of a model as the generator makes it of an attribute.</summary>
/// <param name="Declared">Which of the model's layers it comes from, counted from 0. One with an activation makes two.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The values that it reads, each called as the layer or input that gives it.</param>
/// <param name="Parameters">Its parameters, in canonical order.</param>
/// <param name="Output">The shape behind it.</param>
internal sealed record LayerStep(int Declared, Layer Layer, IReadOnlyList<Value> Inputs, IReadOnlyList<ParameterBlock> Parameters, Shape Output);

/// <summary>The layers of a model in order, with what the generator's registrations say of each: no layer is known here by name.</summary>
internal static class LayerWalk
{
    /// <summary>The layers up to the first that cannot read what it is given.</summary>
    /// <param name="model">Its layers' attribute indices count them.</param>
    public static IEnumerable<LayerStep> Of(NetworkModel model)
    {
        List<Issue> issues = [];
        if (GraphInputs.Of(model, issues) is not var (_, parts))
            yield break;
        List<(Layer Layer, int Attribute)> layers = LayerNames.CreateLayers(model.Layers, issues, parts.Select(part => part.Value.Name));
        Sources sources = new(layers, parts.Select(part => part.Value));
        Value above = parts[0].Value;
        foreach ((Layer layer, int declared) in layers)
        {
            if (sources.Of(layer, declared, above, issues) is not { } inputs)
                yield break;
            Shape[] shapes = [.. inputs.Select(input => input.Shape)];
            if (layer.FaultOf(shapes) is not null)
                yield break;
            above = new Value(layer.Name, layer.InferShapes(shapes)[0]);
            sources.Add(layer, above);
            yield return new LayerStep(declared, layer, inputs, [.. layer.Parameters(shapes)], above.Shape);
        }
    }
}
