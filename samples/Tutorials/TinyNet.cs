using System;
using System.Linq;

namespace Tutorials;

/// <summary>2-3-3, sigmoid then softmax, summed cross-entropy with 10⁻⁵ inside the logarithm: backpropagation written out by hand.</summary>
internal sealed class TinyNet
{
    private const int Inputs = 2;
    private const int Hidden = 3;
    private const int Outputs = 3;
    private const double Inside = 1e-5;

    private const int B1 = Inputs * Hidden;
    private const int W2 = B1 + Hidden;
    private const int B2 = W2 + (Hidden * Outputs);

    private readonly double[] _parameters;
    private readonly double[][] _rows;
    private readonly int[] _labels;

    private TinyNet(double[] parameters, double[][] rows, int[] labels)
    {
        _parameters = parameters;
        _rows = rows;
        _labels = labels;
    }

    public static TinyNet Read(Golden golden) => new(
        Flatten(golden, "parameters"),
        [.. golden.Numbers("gradient_check", "inputs").Chunk(Inputs)],
        [.. golden.Numbers("gradient_check", "labels").Select(label => (int)label)]);

    /// <summary>W1, b1, W2, b2, one after the other.</summary>
    public static double[] Flatten(Golden golden, string what) =>
        [.. new[] { "W1", "b1", "W2", "b2" }.SelectMany(name => golden.Numbers("gradient_check", what, name))];

    public double Loss() => _rows.Zip(_labels, (row, label) => -Math.Log(Forward(row).Probabilities[label] + Inside)).Sum();

    public double[] Gradient()
    {
        double[] gradient = new double[_parameters.Length];
        for (int sample = 0; sample < _rows.Length; sample++)
        {
            double[] x = _rows[sample];
            int label = _labels[sample];
            (double[] hidden, double[] p) = Forward(x);

            // −ln(p + ε) through the softmax: ∂L/∂z = p/(p + ε) at the label, times (p − onehot).
            double scale = p[label] / (p[label] + Inside);
            double[] dz = [.. p.Select((value, k) => scale * (value - (k == label ? 1 : 0)))];
            double[] dh = new double[Hidden];
            for (int j = 0; j < Hidden; j++)
            {
                for (int k = 0; k < Outputs; k++)
                {
                    gradient[W2 + (j * Outputs) + k] += hidden[j] * dz[k];
                    dh[j] += _parameters[W2 + (j * Outputs) + k] * dz[k];
                }

                dh[j] *= hidden[j] * (1 - hidden[j]);
                for (int i = 0; i < Inputs; i++)
                    gradient[(i * Hidden) + j] += x[i] * dh[j];
                gradient[B1 + j] += dh[j];
            }

            for (int k = 0; k < Outputs; k++)
                gradient[B2 + k] += dz[k];
        }

        return gradient;
    }

    public double[] CentralDifferences(double h)
    {
        double[] gradient = new double[_parameters.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            double value = _parameters[i];
            _parameters[i] = value + h;
            double above = Loss();
            _parameters[i] = value - h;
            gradient[i] = (above - Loss()) / (2 * h);
            _parameters[i] = value;
        }

        return gradient;
    }

    private (double[] Hidden, double[] Probabilities) Forward(double[] x)
    {
        double[] hidden = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
            hidden[j] = NumpyGradientDescent.Sigmoid(_parameters[B1 + j] + (x[0] * _parameters[j]) + (x[1] * _parameters[Hidden + j]));
        double[] z = new double[Outputs];
        for (int k = 0; k < Outputs; k++)
            z[k] = _parameters[B2 + k] + Enumerable.Range(0, Hidden).Sum(j => hidden[j] * _parameters[W2 + (j * Outputs) + k]);
        return (hidden, NumpyGradientDescent.Softmax(z));
    }
}
