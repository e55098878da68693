using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(3, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid, UseBias = false)]
[Training(Loss.SquaredError, Reduction = Reduction.Sum)]
internal sealed partial class TwoLayerPythonNet;

/// <summary>One neuron, seed 1, ten thousand passes. The document prints outputs of its last training pass.</summary>
internal sealed class TwoLayerPython : Tutorial
{
    public override string Name => "two-layer-python";

    public override string Network => "3-1 sigmoid, no bias";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        TwoLayerPythonNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        TwoLayerPythonNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations") - 1);
        double[] lastPass = Loop.Outputs(network, golden.Inputs);
        Loop.Train(trainer, golden.Inputs, golden.Targets, 1);

        yield return Figure.Rounded("outputs", golden.Numbers("document_reports", "outputs"), lastPass, 8);
        yield return Figure.Close("weights", golden.Parameters("final"), Loop.Parameters(network));
    }
}
