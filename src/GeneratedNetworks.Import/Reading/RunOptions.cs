namespace GeneratedNetworks.Import.Reading;

/// <summary>How a graph is run.</summary>
/// <param name="Rounds">Whether quantised values are rounded to whole numbers, as the format says, and not only held in their range.</param>
/// <param name="Clamps">Receives the limits that were met, or null.</param>
/// <param name="Single">Rounds what is computed to 32 bits; null: everything stays in double.</param>
internal sealed record RunOptions(bool Rounds = false, ClampLog? Clamps = null, SingleRounding? Single = null)
{
    public static readonly RunOptions Plain = new();
}
