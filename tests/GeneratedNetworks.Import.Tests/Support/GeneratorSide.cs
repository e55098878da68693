using GeneratedNetworks.Generator.Layers;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Which imported models the generator can take: it has to know every layer.</summary>
internal static class GeneratorSide
{
    public static bool Knows(ImportedModel model) => model.Layers.All(layer => LayerRegistry.Find(layer.Attribute) is not null);

    /// <summary>Skips a test of generated code, visibly, where a layer of the model is none of the generator's.</summary>
    public static void Require(ImportedModel model)
    {
        ImportedLayer? unknown = model.Layers.FirstOrDefault(layer => LayerRegistry.Find(layer.Attribute) is null);
        Assert.SkipUnless(unknown is null, $"The generator has no layer {unknown?.Attribute} yet.");
    }
}
