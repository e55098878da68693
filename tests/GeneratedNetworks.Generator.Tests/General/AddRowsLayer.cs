using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>h[c] = Σ x[r, c]: only adds up the rows of a sample. Backward: dx[r, c] = dh[c].</summary>
internal sealed record AddRowsLayer(string Name) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "AddRows", [], arguments => [new AddRowsLayer(arguments.Name)], "[AddRows]", "the sum of the rows of a sample");

    public override Shape InferShape(Shape input) => new(input.Columns);

    public override void Forward(ForwardPass pass) => pass.Add(new SumRows(pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new RepeatRows(pass.OutputGradient, pass.InputGradient));
    }
}
