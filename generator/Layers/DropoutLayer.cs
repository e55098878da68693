using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>
/// In training h = x ⊙ m / (1 − rate), m = 0 with probability rate and else 1. The mask is a hash of (seed, step, sample,
/// element), so backward computes it again instead of storing it: dx = dh ⊙ m / (1 − rate).
/// </summary>
internal sealed record DropoutLayer(string Name, double Rate) : UnaryLayer(Name)
{
    public static readonly LayerRegistration Registration = new(
        "Dropout",
        [ArgumentSchema.Number("rate", new(0, 1, IssueIds.DropoutRate))],
        arguments => [new DropoutLayer(arguments.Name, arguments.Number("rate"))],
        "[Dropout(0.25)]",
        "in training, drops each element with probability `rate` and scales the others by 1 / (1 − rate); otherwise y = x");

    public override bool TrainingOnly => true;

    public override string? FaultAsOutput => IssueIds.DropoutLast;

    public override void Forward(ForwardPass pass) => pass.Add(new RandomMask(Name, Rate, pass.Input, pass.Output));

    public override void Backward(BackwardPass pass)
    {
        if (pass.InputGradient is not null)
            pass.Add(new RandomMask(Name, Rate, pass.OutputGradient, pass.InputGradient));
    }
}
