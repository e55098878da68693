using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Operations;

/// <summary>output[t] = the row of a table whose number input[t] is.</summary>
/// <param name="Table">Of shape [rows, columns].</param>
/// <param name="Input">Whole numbers, as numbers of the network's type.</param>
/// <param name="Output">[steps, columns].</param>
internal sealed record Lookup(ParameterBlock Table, Tensor Input, Tensor Output) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input];

    public override Tensor? Writes => Output;

    public override IEnumerable<ParameterBlock> Blocks => [Table];
}

/// <summary>Each row of the table's gradient is the sum of outputGradient[t] over the steps whose number it has.</summary>
internal sealed record LookupGradient(ParameterBlock Table, Tensor Input, Tensor OutputGradient) : Operation
{
    public override IEnumerable<Tensor> Reads => [Input, OutputGradient];

    public override IEnumerable<ParameterBlock> Gradients => [Table];
}
