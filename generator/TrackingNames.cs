namespace GeneratedNetworks.Generator;

/// <summary>The pipeline's named steps, for the tests that hold why each one ran.</summary>
internal static class TrackingNames
{
    public const string Model = "Model";
    public const string Plan = "Plan";
    public const string Text = "Text";
    public const string Library = "Library";
}
