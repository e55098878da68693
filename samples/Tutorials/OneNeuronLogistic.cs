using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(1, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy, Reduction = Reduction.Sum)]
internal sealed partial class OneNeuronLogisticNet;

/// <summary>Logistic regression on six points, by the summed cross-entropy.</summary>
internal sealed class OneNeuronLogistic : Tutorial
{
    public override string Name => "one-neuron-logistic";

    public override string Network => "1-1 sigmoid";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        OneNeuronLogisticNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        OneNeuronLogisticNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "iterations"));

        double[] printed = [golden.Number("document_reports", "w"), golden.Number("document_reports", "b")];
        yield return Figure.Rounded("w, b", printed, Loop.Parameters(network), 6);
        yield return Figure.Rounded("outputs", golden.Numbers("document_reports", "outputs"), Loop.Outputs(network, golden.Inputs), 6);
        yield return Figure.Close("cost", golden.Numbers("stopping", "cost"), [trainer.Loss(golden.Inputs, golden.Targets)]);
    }
}
