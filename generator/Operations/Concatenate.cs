using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output = [a, b, …] along the last axis, row by row of each.</summary>
internal sealed record Concatenate(EquatableArray<Tensor> Inputs, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => Inputs;

    public override Tensor? Writes => Output;
}

/// <summary>Some columns of a gradient's rows, to the gradient of what they came from.</summary>
/// <param name="OutputGradient">Of what was put together.</param>
/// <param name="Parts">Where they go, and from which column on.</param>
internal sealed record Split(Tensor OutputGradient, EquatableArray<SplitPart> Parts) : Operation
{
    public override IEnumerable<Tensor> Reads => [OutputGradient];

    public override Tensor? Writes => Results.FirstOrDefault();

    public override IEnumerable<Tensor> Results => Parts.Select(part => part.Gradient);
}

/// <param name="Gradient">Receives the columns.</param>
/// <param name="At">The first of them.</param>
internal sealed record SplitPart(Tensor Gradient, int At)
{
    public int Columns => Gradient.Shape.Columns;
}
