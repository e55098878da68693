namespace GeneratedNetworks.Import.TfLite;

/// <summary>A tensor that operators compute, and the path that ends in it.</summary>
internal sealed record TfValue(LayerChain Chain, TfTensor Tensor);
