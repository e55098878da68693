using GeneratedNetworks.Tests.Reference;

namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Layers that go through sequences, by plain loops: formulas as the attributes' documentation has them.</summary>
internal static class NaiveSequences
{
    public static NaiveValue Embedding(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        ImportedTensor weight = tensors.Dequeue();
        int dimensions = layer.Get("dimensions", 0);
        Assert.Equal([layer.Get("vocabulary", 0), dimensions], weight.Shape);
        Assert.Single(value.Shape);
        return new([value.Shape[0], dimensions], [.. value.Numbers.SelectMany(id => weight.Values!.Skip((int)id * dimensions).Take(dimensions))]);
    }

    public static NaiveValue Recurrent(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        int units = layer.Get("units", 0);
        int gates = layer.Attribute switch { "Lstm" => 4, "Gru" => 3, _ => 1 };
        bool after = layer.Attribute == "Gru" && layer.Get("ResetAfter", true);
        (int steps, int inputs) = (value.Shape[0], value.Shape[1]);
        double[,] kernel = Matrix(tensors.Dequeue(), inputs, gates * units);
        double[,] recurrent = Matrix(tensors.Dequeue(), units, gates * units);
        double[,]? bias = null;
        if (layer.Get("UseBias", true))
        {
            ImportedTensor given = tensors.Dequeue();
            Assert.Equal(after ? [2, gates * units] : [gates * units], given.Shape);
            bias = Matrix(given with { Shape = [after ? 2 : 1, gates * units] }, after ? 2 : 1, gates * units);
        }

        double[] h = new double[units];
        double[] c = new double[units];
        List<double> all = [];
        for (int t = 0; t < steps; t++)
        {
            double[] x = value.Numbers[(t * inputs)..((t + 1) * inputs)];
            double FromInput(int gate, int unit) => Dot(x, kernel, (gate * units) + unit) + (bias?[0, (gate * units) + unit] ?? 0);
            double FromState(double[] state, int gate, int unit) => Dot(state, recurrent, (gate * units) + unit) + (after ? bias?[1, (gate * units) + unit] ?? 0 : 0);
            double[] next = new double[units];
            double[] reset = [.. Enumerable.Range(0, units).Select(unit => gates == 3 ? Sigmoid(FromInput(1, unit) + FromState(h, 1, unit)) : 0)];
            for (int unit = 0; unit < units; unit++)
            {
                if (gates == 1)
                {
                    next[unit] = NaiveActivation.Value(layer.Get("activation", Activation.Tanh), FromInput(0, unit) + FromState(h, 0, unit));
                }
                else if (gates == 3)
                {
                    double z = Sigmoid(FromInput(0, unit) + FromState(h, 0, unit));
                    double[] gated = [.. h.Zip(reset, (state, r) => state * r)];
                    double n = Math.Tanh(FromInput(2, unit) + (after ? reset[unit] * FromState(h, 2, unit) : FromState(gated, 2, unit)));
                    next[unit] = (z * h[unit]) + ((1 - z) * n);
                }
                else
                {
                    double i = Sigmoid(FromInput(0, unit) + FromState(h, 0, unit));
                    double f = Sigmoid(FromInput(1, unit) + FromState(h, 1, unit));
                    double g = Math.Tanh(FromInput(2, unit) + FromState(h, 2, unit));
                    double o = Sigmoid(FromInput(3, unit) + FromState(h, 3, unit));
                    double limit = layer.Get("CellClip", 0.0) is > 0 and double clip ? clip : double.PositiveInfinity;
                    c[unit] = Math.Max(-limit, Math.Min(limit, (f * c[unit]) + (i * g)));
                    next[unit] = o * Math.Tanh(c[unit]);
                }
            }

            h = next;
            all.AddRange(h);
        }

        return layer.Get("ReturnSequences", false) ? new([steps, units], [.. all]) : new([units], h);
    }

    private static double[,] Matrix(ImportedTensor tensor, int rows, int columns)
    {
        Assert.Equal([rows, columns], tensor.Shape);
        double[,] matrix = new double[rows, columns];
        Buffer.BlockCopy(tensor.Values!, 0, matrix, 0, rows * columns * sizeof(double));
        return matrix;
    }

    private static double Dot(double[] x, double[,] matrix, int column)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * matrix[i, column];
        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
