using System;
using System.Collections.Generic;
using System.Linq;

namespace Tutorials;

/// <summary>Descent on x² + y² by central differences, and the building blocks of a network by hand: no generated code, plain C#.</summary>
internal sealed class NumpyGradientDescent : Tutorial
{
    public override string Name => "numpy-gradient-descent";

    public override string Network => "none: plain C#";

    public override IEnumerable<Figure> Run(Golden golden)
    {
        double h = golden.Number("hyperparameters", "h");
        double step = golden.Number("hyperparameters", "step");
        double[] start = golden.Numbers("inputs", "start");
        (double x, double y) = (start[0], start[1]);
        List<double> path = [x, y, Bowl(x, y)];
        for (int i = 0; i < golden.Integer("hyperparameters", "steps"); i++)
        {
            double dx = (Bowl(x + h, y) - Bowl(x - h, y)) / 2 / h;
            double dy = (Bowl(x, y + h) - Bowl(x, y - h)) / 2 / h;
            (x, y) = (x - (dx * step), y - (dy * step));
            path.AddRange([x, y, Bowl(x, y)]);
        }

        yield return Figure.Close("end x y z", golden.Numbers("outputs"), [x, y, Bowl(x, y)], 1e-6);
        yield return Figure.Close("path", golden.Numbers("path_x_y_z"), path, 1e-6);

        double[] sigmoid = [.. golden.Numbers("building_blocks", "sigmoid", "inputs").Select(Sigmoid)];
        yield return Figure.Close("sigmoid", golden.Numbers("building_blocks", "sigmoid", "outputs"), sigmoid, 1e-12);
        double[] softmax = [.. golden.Numbers("building_blocks", "softmax", "inputs").Chunk(3).SelectMany(Softmax)];
        yield return Figure.Close("softmax", golden.Numbers("building_blocks", "softmax", "outputs"), softmax, 1e-12);

        double[] logits = golden.Numbers("building_blocks", "cross_entropy", "logits");
        int[] labels = [.. golden.Numbers("building_blocks", "cross_entropy", "labels").Select(label => (int)label)];
        double entropy = logits.Chunk(3).Zip(labels, (row, label) => -Math.Log(Softmax(row)[label] + 1e-5)).Sum();
        yield return Figure.Close("cross-entropy", [golden.Number("building_blocks", "cross_entropy", "sum_with_1e-5_inside_log")], [entropy], 1e-12);

        TinyNet net = TinyNet.Read(golden);
        yield return Figure.Close("net loss", [golden.Number("gradient_check", "loss")], [net.Loss()], 1e-12);
        double[] analytic = net.Gradient();
        yield return Figure.Close("net gradient", TinyNet.Flatten(golden, "analytic_gradient"), analytic, 1e-12);
        double[] numeric = net.CentralDifferences(1e-6);
        yield return Figure.Close("by differences", analytic, numeric, 1e-8);
    }

    public static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    public static double[] Softmax(double[] row)
    {
        double largest = row.Max();
        double[] powers = [.. row.Select(value => Math.Exp(value - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static double Bowl(double x, double y) => (x * x) + (y * y);
}
