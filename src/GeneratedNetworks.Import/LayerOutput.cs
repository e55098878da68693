namespace GeneratedNetworks.Import;

/// <summary>Asks for a value of a file by the name of the layer that gives it, which <c>gennet inspect</c> shows and which no file has.</summary>
internal static class LayerOutput
{
    private const int MostListed = 8;

    /// <summary>The value in which a layer of some networks of one file ends; null where there is none, or there are several.</summary>
    public static string? ValueOf(IReadOnlyList<ImportedModel> models, string layer)
    {
        string[] values = [.. models.Select(model => ValueOf(model, layer)).OfType<string>().Distinct()];
        return values.Length == 1 ? values[0] : null;
    }

    /// <summary>The values that can be asked for, outputs first, as a sentence.</summary>
    public static string List(IReadOnlyList<ImportedModel> models)
    {
        string[] names = [.. models.Select(model => model.Output).OfType<string>().Concat(models.SelectMany(model => model.Values).Select(value => value.Name)).Distinct()];
        string listed = string.Join(", ", names.Take(MostListed).Select(name => $"'{OutputSearch.Shorten(name)}'"));
        return names.Length == 0 ? "" : $" There are {listed}{(names.Length > MostListed ? ", …" : "")}.";
    }

    private static string? ValueOf(ImportedModel model, string layer)
    {
        ImportedValue[] values = [.. model.Values.Where(value => !value.IsLinear && NameOf(model, value.Layers) == layer)];

        // The same under several names, as behind a layer that computes nothing, is one.
        if (values.Length > 0)
            return values.All(value => value.Tensors == values[0].Tensors && value.Layers == values[0].Layers) ? values[0].Name : null;
        return NameOf(model, model.Layers.Count) == layer ? model.Output : null;
    }

    private static string NameOf(ImportedModel model, int layers) => layers == 0 ? "" : model.Layers[layers - 1].Get("Name", "");
}
