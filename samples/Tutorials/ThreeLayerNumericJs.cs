using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(3, Precision = Precision.Double)]
[Dense(4, Activation.Sigmoid, UseBias = false)]
[Dense(1, Activation.Sigmoid, UseBias = false)]
[Training(Loss.SquaredError, Reduction = Reduction.Sum)]
internal sealed partial class ThreeLayerNumericJsNet;

/// <summary>XOR from printed first weights. The document prints outputs of its last training pass.</summary>
internal sealed class ThreeLayerNumericJs : Tutorial
{
    public override string Name => "three-layer-numeric-js";

    public override string Network => "3-4-1 sigmoid, no bias";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        ThreeLayerNumericJsNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        ThreeLayerNumericJsNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations") - 1);
        double[] lastPass = Loop.Outputs(network, golden.Inputs);
        Loop.Train(trainer, golden.Inputs, golden.Targets, 1);

        yield return Figure.CutOff("outputs", golden.Texts("document_reports", "outputs"), lastPass);
        yield return Figure.Close("weights", golden.Parameters("final"), Loop.Parameters(network));
    }
}
