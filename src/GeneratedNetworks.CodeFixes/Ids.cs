namespace GeneratedNetworks.CodeFixes;

/// <summary>The generator's diagnostics that can be fixed. Said again here: what editors load refers to nothing that compilers load.</summary>
internal static class Ids
{
    public const string NotPartial = "GN0001";
    public const string ContainingTypeNotPartial = "GN0002";
    public const string SoftmaxBeforeOutput = "GN0010";
    public const string LossNeedsActivation = "GN0011";
    public const string BadLayerName = "GN0014";
    public const string DuplicateLayerName = "GN0015";
    public const string ModelFileMissing = "GN0025";
    public const string BadArgument = "GN0033";
    public const string SoftmaxOfOneOutput = "GN0104";

    /// <summary>The property of <see cref="BadArgument"/> that says what to write, without namespace.</summary>
    public const string Meant = "Meant";
}
