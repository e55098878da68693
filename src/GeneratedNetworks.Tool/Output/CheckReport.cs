using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Tool.Output;

/// <summary>Says what a check ran on: how many inputs from where, and which sides of clamps they reached.</summary>
internal sealed class CheckReport(Terminal terminal, ModelReading reading, CheckInputs inputs, int drawn, int seed)
{
    private const int MostListed = 6;

    public void WriteInputs()
    {
        int given = inputs.Samples.Count - inputs.Searched - drawn;
        string before = given > 0 ? $"{Numbers.Count(given)} given inputs, then " : "";
        terminal.Line($"{before}{Numbers.Count(drawn)} random inputs, seed {Numbers.Count(seed)}: {reading.Domain.Description}.");
        if (inputs.Sides.Count == 0)
            return;
        ClampSide[] missed = [.. inputs.Sides.Where(side => !side.IsReached)];
        string more = inputs.Searched switch
        {
            0 => "",
            1 => "; 1 more input was searched for them",
            int count => $"; {Numbers.Count(count)} more inputs were searched for them",
        };
        terminal.Line($"Limits of clamps: {Numbers.Count(inputs.Sides.Count - missed.Length)} of {Numbers.Count(inputs.Sides.Count)} reached{more}.");
        foreach (ClampSide side in missed.Take(MostListed))
            terminal.Line($"  not reached: {Numbers.Short(side.Limit)} of {side.Label}, by {Numbers.Short(-side.Excess)}", Tint.Quiet);
        if (missed.Length > MostListed)
            terminal.Line($"  and {Numbers.Count(missed.Length - MostListed)} more", Tint.Quiet);
    }
}
