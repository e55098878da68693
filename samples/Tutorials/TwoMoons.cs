using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks;
using GeneratedNetworks.Charts;

namespace Tutorials;

[GeneratedNetwork(2, Precision = Precision.Double)]
[Dense(3, Activation.Tanh)]
[Dense(2, Activation.Softmax)]
[Training(Loss.CrossEntropy, Reduction = Reduction.Sum)]
internal sealed partial class TwoMoonsNet;

/// <summary>Two interleaved half circles, told apart with weight decay. The document prints no figures and shows the boundary as a picture.</summary>
internal sealed class TwoMoons : Tutorial
{
    public override string Name => "two-moons";

    public override string Network => "2-3-2 tanh, softmax";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        int[] labels = [.. golden.Targets.Select(label => (int)label)];
        Dataset<double> moons = Dataset<double>.FromLabels(2, 2, golden.Inputs, labels);
        double[] inputs = moons.Inputs.ToArray();
        double[] targets = moons.Targets.ToArray();
        TwoMoonsNet network = new();
        network.SetParameters(golden.Parameters("initial"));
        TwoMoonsNet.Trainer trainer = new(network)
        {
            LearningRate = golden.Number("hyperparameters", "learning_rate"),
            L2 = golden.Number("hyperparameters", "reg_lambda"),
        };

        int done = 0;
        foreach (int passes in new[] { 100, 500, 1000 })
        {
            Loop.Train(trainer, inputs, targets, passes - done);
            done = passes;
            string at = passes.ToString(CultureInfo.InvariantCulture);
            yield return Figure.Close($"weights at {at}", golden.Parameters("weights_after_n_passes", at), Loop.Parameters(network));
        }

        double loss = trainer.Loss(inputs, targets);
        yield return Figure.Close("loss at 1000", [golden.Number("results_after_1000", "data_loss_sum")], [loss]);
        yield return Figure.Same("grid at 1000", "the same classes", SameGrid(golden, network) ? "the same classes" : "others");

        // The step is too large for the curvature met later: rounding decides which of two alternating states is met in the end.
        int all = golden.Integer("hyperparameters", "passes");
        Loop.Train(trainer, inputs, targets, all - done);
        double[] parameters = Loop.Parameters(network);
        double one = Figure.Gap(golden.Parameters("final"), parameters);
        double other = Figure.Gap(golden.Parameters("final_opposite_phase"), parameters);
        yield return new Figure(
            $"weights at {all}",
            "reference",
            "either of two states",
            FormattableString.Invariant($"{(one < other ? "the first" : "the second")}, within {Math.Min(one, other):g2}"),
            Math.Min(one, other) <= 1e-6);
        string right = golden.Integer("results", "correct").ToString(CultureInfo.InvariantCulture);
        yield return Figure.Same("points right", right, network.Confusion(moons).Correct.ToString(CultureInfo.InvariantCulture));
        Chart.DecisionBoundary(network, moons).SavePng(Program.OutputPath("two-moons.png"));
    }

    /// <summary>Whether the whole plane is divided as in the reference, cell by cell.</summary>
    private static bool SameGrid(Golden golden, TwoMoonsNet network)
    {
        double[] xs = golden.Numbers("grid", "x_axis");
        double[] points = [.. golden.Numbers("grid", "y_axis").SelectMany(y => xs.SelectMany(x => new[] { x, y }))];
        string classes = string.Concat(Loop.Outputs(network, points).Chunk(2).Select(p => p[1] > p[0] ? '1' : '0'));
        return classes == string.Concat(golden.Strings("grid", "classes_after_1000"));
    }
}
