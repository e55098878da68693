using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(3, Precision = Precision.Double)]
[Dense(4, Activation.Sigmoid, UseBias = false)]
[Dense(1, Activation.Sigmoid, UseBias = false)]
[Training(Loss.SquaredError, Reduction = Reduction.Sum)]
internal sealed partial class ElevenLinesNet;

/// <summary>XOR again, in sixty thousand passes. The document neither seeds it nor prints a result.</summary>
internal sealed class ElevenLines : Tutorial
{
    public override string Name => "eleven-lines";

    public override string Network => "3-4-1 sigmoid, no bias";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        ElevenLinesNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        ElevenLinesNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations"));

        yield return Figure.Close("outputs", golden.Numbers("outputs"), Loop.Outputs(network, golden.Inputs));
        yield return Figure.Close("weights", golden.Parameters("final"), Loop.Parameters(network));
    }
}
