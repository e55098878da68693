using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[r, c] = input[r − top, c − left] where that is inside, otherwise 0: puts a border around a value, or takes it away.</summary>
/// <param name="Input">What is read.</param>
/// <param name="Output">What is written.</param>
/// <param name="Top">Rows above the input; negative where they are taken away.</param>
/// <param name="Left">Columns in front of it.</param>
internal sealed record Frame(Tensor Input, Tensor Output, int Top, int Left) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;
}
