using System.Collections.Generic;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Layers;

/// <summary>h = f(x·W + b + h₋₁·U), step by step. Backward: dz = dh ⊙ f', dh₋₁ = dz·Uᵀ, dU = Σ h₋₁ᵀ·dz over the steps.</summary>
internal sealed record SimpleRnnLayer(string Name, int Units, Activation Activation) : RecurrentLayer(Name, CellKind.Simple, Units)
{
    public static readonly LayerRegistration Registration = new(
        "SimpleRnn",
        [ArgumentSchema.Size("units"), ArgumentSchema.Choice("activation", Activation.Tanh), .. Arguments],
        Create,
        "[SimpleRnn(3)]",
        "h = f(x·W + b + h₋₁·U), over [time, features]; the last step's h, or with `ReturnSequences` every step's")
    {
        DefaultName = "rnn",
        ExampleShape = [4, 2],
    };

    public override string Kind => "SimpleRnn";

    protected override Activation Function => Activation;

    private static IEnumerable<Layer> Create(LayerArguments arguments)
    {
        Activation activation = arguments.Choice<Activation>("activation");
        if (activation is Activation.Softmax or Activation.LogSoftmax)
        {
            arguments.Report(Issues.IssueIds.ShapesDoNotFit, arguments.Name, $"applies its activation to each unit by itself, and {activation} is a function of all: write Activation.Tanh, and {activation} in a layer behind it");
            activation = Activation.Tanh;
        }

        yield return Read(arguments, new SimpleRnnLayer(arguments.Name, arguments.Int("units"), activation));
    }
}
