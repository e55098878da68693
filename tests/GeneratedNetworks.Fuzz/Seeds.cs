using GeneratedNetworks.Import;

namespace GeneratedNetworks.Fuzz;

/// <summary>The committed models, which are what is damaged.</summary>
internal static class Seeds
{
    /// <summary>All files of a format under <c>Golden/Models</c> that can be imported, in ordinal order of their paths.</summary>
    public static IReadOnlyList<byte[]> Of(ModelFormat format)
    {
        string root = Path.Combine(AppContext.BaseDirectory, "Models");
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => format.FileExtensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(content => Trial.Run(format, content).Imported),
        ];
    }
}
