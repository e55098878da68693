using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(3, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid, UseBias = false)]
[Training(Loss.SquaredError, Reduction = Reduction.Sum)]
internal sealed partial class PerceptronNet;

/// <summary>One neuron learns four rows and is asked about a fifth. The document prints no figures.</summary>
internal sealed class Perceptron : Tutorial
{
    public override string Name => "perceptron";

    public override string Network => "3-1 sigmoid, no bias";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        PerceptronNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        PerceptronNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations"));

        yield return Figure.Close("weights", golden.Parameters("final"), Loop.Parameters(network));
        yield return Figure.Close("outputs", golden.Numbers("outputs"), Loop.Outputs(network, golden.Inputs));
        double[] question = golden.Numbers("prediction", "inputs");
        yield return Figure.Close("answer for 1 0 0", golden.Numbers("prediction", "outputs"), Loop.Outputs(network, question));
    }
}
