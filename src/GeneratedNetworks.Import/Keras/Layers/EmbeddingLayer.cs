namespace GeneratedNetworks.Import.Keras.Layers;

/// <summary>Embedding: rows of a table, [vocabulary, dimensions] as here.</summary>
internal static class EmbeddingLayer
{
    public static void Add(LayerScope scope)
    {
        if (scope.Flag("mask_zero", false))
            throw scope.Error("leaves out the steps whose number is 0 (mask_zero = true), in all layers behind it; here all steps count, and ForwardLengths takes the lengths of rows.");
        int vocabulary = scope.Count("input_dim");
        int dimensions = scope.Count("output_dim");
        scope.Chain.Embed(scope.Layer.Name, scope.Read("embeddings", 0, [vocabulary, dimensions]), dimensions, scope.Origin("embeddings"));
    }
}
