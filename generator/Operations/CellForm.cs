using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>An element of a unit's values: part <paramref name="Part"/> of a row of <paramref name="Slot"/>, each part as long as there are units.</summary>
/// <param name="Variable">What formulas call it.</param>
/// <param name="Slot">The tensor that it is in.</param>
/// <param name="Part">0 for a tensor of one part.</param>
internal readonly record struct CellPlace(string Variable, string Slot, int Part = 0);

/// <summary>
/// What one step of a recurrent layer does for each unit by itself, once the products are there: formulas over elements, written once for all profiles and
/// widths.
/// </summary>
/// <param name="Name">Of the kernel: "GruStep".</param>
/// <param name="Comment">The formula, to be read.</param>
/// <param name="Loads">What is read.</param>
/// <param name="Statements">"z = Sigmoid(z + a)": a variable and its new value, over variables, <c>one</c>, <c>zero</c>, <c>limit</c> and functions.</param>
/// <param name="Stores">What is written.</param>
/// <param name="Held">What is written, and from which variables, where the sample has ended before this step.</param>
internal sealed record CellForm(
    string Name, string Comment, EquatableArray<CellPlace> Loads, EquatableArray<string> Statements, EquatableArray<CellPlace> Stores, EquatableArray<CellPlace> Held)
{
    /// <summary>Statements that what is held needs.</summary>
    public EquatableArray<string> HeldStatements { get; init; }

    /// <summary>The part whose sums of x and of h are apart in the formulas; elsewhere they are added before anything else. −1 for none.</summary>
    public int Apart { get; init; } = -1;

    /// <summary>The statements with products and sums in one, and as little as may be behind the last function, where bits need not be those of other profiles.</summary>
    public EquatableArray<string> FusedStatements { get; init; }

    /// <summary>Whether formulas speak of <c>limit</c>.</summary>
    public bool HasLimit => Statements.Any(statement => statement.Contains("limit"));

    /// <summary>The tensors that it works on, in the order in which a kernel takes them.</summary>
    public IReadOnlyList<string> Slots => [.. Loads.Concat(Stores).Concat(Held).Select(place => place.Slot).Distinct()];

    public IEnumerable<string> Read => Loads.Select(place => place.Slot).Distinct();

    public IEnumerable<string> Written => Stores.Concat(Held).Select(place => place.Slot).Distinct();
}
