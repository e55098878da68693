using System.Collections.Generic;
using System.Globalization;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// In training h = x ⊙ m / (1 − rate), m = 0 with probability rate and else 1. The mask is a hash of (seed, step, sample,
/// element), so backward computes it again instead of storing it: dx = dh ⊙ m / (1 − rate).
/// </summary>
internal sealed record DropoutLayer(string Name, double Rate) : Layer(Name)
{
    public override bool TrainingOnly => true;

    public static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        double rate = arguments.Number("rate");
        if (!(rate >= 0 && rate < 1))
            arguments.Report(IssueIds.DropoutRate, rate.ToString("R", CultureInfo.InvariantCulture));
        yield return new DropoutLayer(arguments.Name, rate);
    }

    public override Shape InferShape(Shape input) => input;

    public override void Forward(PassBuilder pass, Tensor input, Tensor output) => pass.Add(new Dropout(Name, Rate, input, output));

    public override void Backward(PassBuilder pass, Tensor input, Tensor output, Tensor outputGradient, Tensor? inputGradient)
    {
        if (inputGradient is not null)
            pass.Add(new Dropout(Name, Rate, outputGradient, inputGradient));
    }
}
