using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(3, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid, UseBias = false)]
[Training(Loss.SquaredError, Reduction = Reduction.Sum)]
internal sealed partial class TwoLayerNumericJsNet;

/// <summary>One neuron finds out that the first of three inputs is the answer. The document prints outputs of its last training pass.</summary>
internal sealed class TwoLayerNumericJs : Tutorial
{
    public override string Name => "two-layer-numeric-js";

    public override string Network => "3-1 sigmoid, no bias";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        TwoLayerNumericJsNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        TwoLayerNumericJsNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations") - 1);
        double[] lastPass = Loop.Outputs(network, golden.Inputs);
        Loop.Train(trainer, golden.Inputs, golden.Targets, 1);

        yield return Figure.CutOff("outputs", golden.Texts("document_reports", "outputs"), lastPass);
        yield return Figure.CutOff("weights", golden.Texts("document_reports", "final_W"), Loop.Parameters(network));
    }
}
