namespace GeneratedNetworks.Import.Reading;

/// <summary>One side of a clamp: a limit that values of the model may reach.</summary>
/// <param name="Label">The node that has the limit.</param>
/// <param name="IsUpper">Whether it limits from above.</param>
/// <param name="Limit">Where.</param>
/// <param name="Width">From one limit of the clamp to the other; infinite where there is one.</param>
/// <param name="Excess">How far the farthest value was beyond it; below 0 where none was, as far as it was missed by.</param>
public sealed record ClampSide(string Label, bool IsUpper, double Limit, double Width, double Excess)
{
    /// <summary>Whether a value was beyond the limit.</summary>
    public bool IsReached => Excess > 0;

    /// <summary>How far a value has to be beyond the limit for its absence to show: a twentieth of the width, at most 0.5.</summary>
    public double Target => Math.Min(0.5, 0.05 * Width);
}

/// <summary>Notes which limits the values of runs met.</summary>
public sealed class ClampLog
{
    private readonly Dictionary<(string Label, bool IsUpper, double Limit), int> _places = [];
    private readonly List<ClampSide> _sides = [];

    /// <summary>Every side, in the order of the nodes, each at its farthest value.</summary>
    public IReadOnlyList<ClampSide> Sides => _sides;

    /// <summary>How far values were beyond a side; negative infinity where the run did not come to it.</summary>
    public double Excess(ClampSide side) =>
        _places.TryGetValue((side.Label, side.IsUpper, side.Limit), out int place) ? _sides[place].Excess : double.NegativeInfinity;

    internal void Note(Operation operation, double[] values, double least, double greatest)
    {
        double below = double.NegativeInfinity;
        double above = double.NegativeInfinity;
        foreach (double value in values)
        {
            // Comparisons with NaN are false: it meets no limit.
            if (least - value > below)
                below = least - value;
            if (value - greatest > above)
                above = value - greatest;
        }

        if (double.IsFinite(least))
            Add(new ClampSide(operation.Label, false, least, greatest - least, below));
        if (double.IsFinite(greatest))
            Add(new ClampSide(operation.Label, true, greatest, greatest - least, above));
    }

    private void Add(ClampSide side)
    {
        if (_places.TryAdd((side.Label, side.IsUpper, side.Limit), _sides.Count))
            _sides.Add(side);
        else if (_places[(side.Label, side.IsUpper, side.Limit)] is int place && side.Excess > _sides[place].Excess)
            _sides[place] = side;
    }
}
