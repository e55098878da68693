using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Writes a model's parameters in canonical order, weights [in, out], as the runtime library saves those of a network.</summary>
internal static class StoredParameters
{
    /// <param name="model">With layers.</param>
    /// <param name="precision">The type of the numbers.</param>
    /// <param name="stream">Receives the file.</param>
    public static void WriteSafeTensors(ImportedModel model, Precision precision, Stream stream)
    {
        if (precision == Precision.Single)
            new PlainNetwork<float>(model).Save(stream);
        else
            new PlainNetwork<double>(model).Save(stream);
    }
}
