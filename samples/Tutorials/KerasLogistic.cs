using System.Collections.Generic;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(1, Precision = Precision.Double)]
[Dense(1, Activation.Sigmoid)]
[Training(Loss.BinaryCrossEntropy)]
internal sealed partial class KerasLogisticNet;

/// <summary>The same in Keras, by the mean cross-entropy. The document prints what Keras computed in single precision.</summary>
internal sealed class KerasLogistic : Tutorial
{
    public override string Name => "keras-logistic";

    public override string Network => "1-1 sigmoid";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        KerasLogisticNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        KerasLogisticNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };
        Loop.Train(trainer, golden.Inputs, golden.Targets, golden.Integer("hyperparameters", "epochs"));

        double[] printed = [golden.Number("document_reports", "w"), golden.Number("document_reports", "b")];
        yield return Figure.SameFloats("w, b", printed, Loop.Parameters(network));
        yield return Figure.Near("outputs", golden.Numbers("document_reports", "outputs"), Loop.Outputs(network, golden.Inputs), 5e-7);
        yield return Figure.Rounded("loss", golden.Numbers("document_reports", "loss"), [trainer.Loss(golden.Inputs, golden.Targets)], 4);

        // The document then puts its own printed w and b into the formula.
        network.SetParameters(printed);
        double[] atOne = golden.Numbers("document_reports", "output_at_x_1_from_printed_w_b");
        yield return Figure.Near("output at 1", atOne, Loop.Outputs(network, [1]), 1e-15);
    }
}
