using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>y = (x − mean) / deviation, each of the last axis, kept and not trained. Backward: dx = dy / deviation.</summary>
internal sealed record NormalizeLayer(string Name) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Normalize",
        [new("Clip", ArgumentKind.Double) { Default = 0.0 }],
        Create,
        "[Normalize(Clip = 0.8)]",
        "y = (x − mean) / deviation for each element of the last axis, then held to ±`Clip` unless that is 0; mean and deviation start as 0 and 1, are "
            + "saved and loaded as parameters, and not trained");

    public override bool ReadsCallersRows => true;

    public override string Kind => "Normalize";

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        yield return new NormalizeLayer(arguments.Name);
        double limit = arguments.Number("Clip");
        if (limit is > 0 and < double.PositiveInfinity)
            yield return new ClipLayer(arguments.Name, -limit, limit);
        else if (limit != 0)
            arguments.Report(IssueIds.ClipBounds, $"Clip must be 0 (off), or positive and finite, not {limit.ToString("R", CultureInfo.InvariantCulture)}");
    }

    public override IEnumerable<ParameterBlock> Parameters(Shape input)
    {
        Shape channels = new(input.Columns);
        yield return new ParameterBlock(Name, "mean", ParameterRole.Buffer, channels, InitialValue.Zeros, false);
        yield return new ParameterBlock(Name, "deviation", ParameterRole.Buffer, channels, InitialValue.Ones, false);
    }

    public override void Forward(ForwardPass pass) => pass.Add(new DivideRow(pass.Block("mean"), pass.Block("deviation"), pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new DivideRow(null, pass.Block("deviation"), pass.OutputGradient, pass.InputGradient));
    }
}
