using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>Recurrent layers step by step, in double, from their definitions.</summary>
/// <param name="units">Elements of the state.</param>
/// <param name="kernel">W, of shape [features, gates·units].</param>
/// <param name="recurrent">U, of shape [units, gates·units].</param>
/// <param name="bias">b, and where there are two, that of U behind it; or none.</param>
internal sealed class PlainRecurrences(int units, double[] kernel, double[] recurrent, double[] bias)
{
    private readonly int _width = recurrent.Length / units;

    /// <summary>The value of a layer.</summary>
    /// <param name="layer">Which one.</param>
    /// <param name="x">A sequence, [time, features].</param>
    public PlainValue Run(ImportedLayer layer, PlainValue x)
    {
        double[] state = new double[units], memory = new double[units];
        List<double[]> states = [];
        foreach (double[] features in x.Elements.Chunk(x.Channels))
        {
            double[] sums = Sums(features, kernel, bias.AsSpan(0, Math.Min(bias.Length, _width)));
            state = layer.Attribute switch
            {
                "SimpleRnn" => Simple(sums, state, layer.Get("activation", Activation.Tanh)),
                "Gru" => Gru(sums, state, layer.Get("ResetAfter", true)),
                _ => Lstm(sums, state, memory, layer.Get("CellClip", 0.0)),
            };
            states.Add(state);
        }

        return layer.Get("ReturnSequences", false) ? new([states.Count, units], [.. states.SelectMany(each => each)]) : new([units], state);
    }

    /// <summary>h = f(x·W + b + h₋₁·U).</summary>
    private double[] Simple(double[] sums, double[] state, Activation function)
    {
        double[] more = Sums(state, recurrent, []);
        return PlainActivation.Apply(function, [.. sums.Zip(more, (a, u) => a + u)], units);
    }

    /// <summary>h = z ⊙ h₋₁ + (1 − z) ⊙ n; r works on h₋₁·U + b', or on h₋₁.</summary>
    private double[] Gru(double[] sums, double[] state, bool isResetAfter)
    {
        double[] more = Sums(state, recurrent, bias.AsSpan(Math.Min(bias.Length, _width)));
        double[] z = Gate(sums, more, 0), r = Gate(sums, more, 1);
        double[] fresh = isResetAfter
            ? [.. r.Select((gate, i) => gate * more[(2 * units) + i])]
            : Sums([.. r.Zip(state, (gate, h) => gate * h)], recurrent, [])[(2 * units)..];
        return [.. state.Select((h, i) => (z[i] * h) + ((1 - z[i]) * Math.Tanh(sums[(2 * units) + i] + fresh[i])))];
    }

    /// <summary>c = f ⊙ c₋₁ + i ⊙ g, held within ±limit where there is one; h = o ⊙ tanh(c).</summary>
    private double[] Lstm(double[] sums, double[] state, double[] memory, double limit)
    {
        double[] more = Sums(state, recurrent, []);
        double[] i = Gate(sums, more, 0), f = Gate(sums, more, 1), o = Gate(sums, more, 3);
        for (int unit = 0; unit < units; unit++)
        {
            double c = (f[unit] * memory[unit]) + (i[unit] * Math.Tanh(sums[(2 * units) + unit] + more[(2 * units) + unit]));
            memory[unit] = limit > 0 ? Math.Clamp(c, -limit, limit) : c;
        }

        return [.. memory.Select((c, unit) => o[unit] * Math.Tanh(c))];
    }

    private double[] Gate(double[] sums, double[] more, int gate) =>
        PlainActivation.Apply(Activation.Sigmoid, [.. Enumerable.Range(gate * units, units).Select(i => sums[i] + more[i])], units);

    private double[] Sums(double[] x, double[] matrix, ReadOnlySpan<double> start)
    {
        double[] sums = new double[_width];
        start.CopyTo(sums);
        for (int i = 0; i < x.Length; i++)
        {
            for (int o = 0; o < _width; o++)
                sums[o] += x[i] * matrix[(i * _width) + o];
        }

        return sums;
    }
}
