using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks;

namespace Tutorials;

[GeneratedNetwork(64, Precision = Precision.Double)]
[Dense(32, Activation.Sigmoid)]
[Dense(10, Activation.Softmax)]
[Training(Loss.CrossEntropy)]
internal sealed partial class MnistFeedforwardNet;

/// <summary>Handwritten digits in mini-batches. The document gives the building blocks and no figures.</summary>
internal sealed class MnistFeedforward : Tutorial
{
    private const int TrainRows = 1437;

    public override string Name => "mnist-feedforward";

    public override string Network => "64-32-10 sigmoid, softmax";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        Dataset<double> digits = Dataset<double>.ReadCsv(Path.Combine(Golden.Folder, "digits.csv"), new CsvOptions { ClassCount = 10 });
        digits = digits.MapInputs(pixel => pixel / 16);
        Dataset<double> train = digits.Select([.. Enumerable.Range(0, TrainRows)]);
        Dataset<double> test = digits.Select([.. Enumerable.Range(TrainRows, digits.Count - TrainRows)]);

        MnistFeedforwardNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        MnistFeedforwardNet.Trainer trainer = new(network) { LearningRate = golden.Number("hyperparameters", "learning_rate") };

        // The reference measures the loss after each epoch and not during it: it is our validation loss.
        FitResult result = trainer.Fit(train, new FitOptions
        {
            Epochs = golden.Integer("hyperparameters", "epochs"),
            BatchSize = golden.Integer("hyperparameters", "batch_size"),
            Shuffle = false,
            Validation = train,
        });
        double[] losses = [.. result.History.Select(report => report.ValidationLoss!.Value)];
        yield return Figure.Close("loss by epoch", golden.Numbers("per_epoch", "train_loss"), losses);
        yield return Figure.Close("last loss", [golden.Number("results", "train_loss")], [losses[^1]]);
        yield return Figure.Same("train digits right", Text(golden.Integer("results", "train_correct")), Text(network.Confusion(train).Correct));
        yield return Figure.Same("test digits right", Text(golden.Integer("results", "test_correct")), Text(network.Confusion(test).Correct));
        yield return Figure.Close("weights", golden.Parameters("final"), Loop.Parameters(network));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
