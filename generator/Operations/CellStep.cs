using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>One step of a recurrent layer, unit by unit.</summary>
/// <param name="Form">What is computed.</param>
/// <param name="Layer">Whose.</param>
/// <param name="Units">How many.</param>
/// <param name="Tensors">In the order of the form's slots.</param>
/// <param name="Limit">Where the form speaks of one.</param>
internal sealed record CellStep(CellForm Form, string Layer, int Units, EquatableArray<Tensor> Tensors, double Limit) : Operation
{
    /// <summary>How many there are.</summary>
    public int Steps { get; init; } = 1;

    public override IEnumerable<Tensor> Reads => Form.Read.Select(Of);

    public override Tensor? Writes => Results.First();

    public override IEnumerable<Tensor> Results => Form.Written.Select(Of).Distinct();

    public Tensor Of(string slot) => Tensors[Form.Slots.TakeWhile(other => other != slot).Count()];
}
