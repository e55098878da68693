using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>A stretch of neighbouring parameters that the optimiser treats alike.</summary>
/// <param name="Name">The blocks: "dense1.weight, dense1.bias".</param>
/// <param name="Start">The first element.</param>
/// <param name="Length">Elements, padding up to the next stretch included.</param>
/// <param name="Decays">Whether penalties and weight decay apply.</param>
internal sealed record UpdateStretch(string Name, int Start, int Length, bool Decays)
{
    /// <summary>Rows that end before their last panel does, if it is a stretch of such: outputs of a panel, rows, and elements of a row.</summary>
    public (int Panel, int Inputs, int Outputs)? Padding { get; init; }

    /// <summary>The trained parameters in order; where <paramref name="merge"/> says that they need not be told apart, neighbours are one.</summary>
    public static IReadOnlyList<UpdateStretch> Of(ParameterStore parameters, bool merge)
    {
        List<UpdateStretch> stretches = [];
        BlockPlace[] places = [.. parameters.Places.OrderBy(place => place.Offset)];
        for (int i = 0; i < places.Length; i++)
        {
            BlockPlace place = places[i];
            if (!place.Block.IsTrained)
                continue;
            int end = i + 1 < places.Length ? places[i + 1].Offset : parameters.Length;
            UpdateStretch stretch = new(place.Block.Name, place.Offset, end - place.Offset, place.Block.Decays) { Padding = place.Padding };
            UpdateStretch? last = stretches.LastOrDefault();
            if (merge && last is not null && last.Start + last.Length == stretch.Start)
                stretches[stretches.Count - 1] = last with { Name = last.Name + ", " + stretch.Name, Length = last.Length + stretch.Length };
            else
                stretches.Add(stretch);
        }

        return stretches;
    }
}
