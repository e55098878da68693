namespace GeneratedNetworks.Generator.Layers;

/// <summary>What becomes of time in a layer that sees one frame after another.</summary>
/// <param name="KeepsTime">Whether each step gives a value; otherwise there is one for the sequence so far.</param>
/// <param name="Fault">Why it cannot work so, and what to write, or null.</param>
internal sealed record StreamRule(bool KeepsTime, string? Fault)
{
    public static readonly StreamRule EachStep = new(true, null);

    public static readonly StreamRule LastStep = new(false, null);

    public static StreamRule Wrong(string fault) => new(true, fault);
}
