namespace GeneratedNetworks.Import.Reading.Functions;

/// <summary>A recurrent layer as formats define it, element by element: every gate by its own rows of weights.</summary>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Elements of a state.</param>
/// <param name="Input">The weight of an input in a gate's unit: gate, unit, input.</param>
/// <param name="State">The weight of an element of the state before: gate, unit, element.</param>
/// <param name="InputBias">Beside the products with inputs: gate, unit.</param>
/// <param name="StateBias">Beside the products with states: gate, unit.</param>
internal sealed record Gates(
    int Inputs, int Units, Func<int, int, int, double> Input, Func<int, int, int, double> State, Func<int, int, double> InputBias, Func<int, int, double> StateBias)
{
    /// <summary>The sum of a gate's products with what a step reads, and its bias.</summary>
    public double OfInput(OperationScope scope, int gate, int unit, ReadOnlySpan<double> x)
    {
        double sum = InputBias(gate, unit);
        for (int i = 0; i < x.Length; i++)
            sum = scope.Rounded(sum + (x[i] * Input(gate, unit, i)));
        return sum;
    }

    /// <summary>The sum of a gate's products with a state, and its bias.</summary>
    public double OfState(OperationScope scope, int gate, int unit, ReadOnlySpan<double> h)
    {
        double sum = StateBias(gate, unit);
        for (int i = 0; i < h.Length; i++)
            sum = scope.Rounded(sum + (h[i] * State(gate, unit, i)));
        return sum;
    }
}

/// <summary>What a recurrent layer remembers of one row.</summary>
internal sealed record RowState(double[] Hidden, double[] Cell);

/// <summary>One step of one row, by the kind of layer.</summary>
internal static class Recurrences
{
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>h = f(Wx + b + Rh + c).</summary>
    public static RowState Simple(OperationScope scope, Gates gates, Func<double, double> function, double[] x, RowState before)
    {
        double[] hidden = new double[gates.Units];
        for (int unit = 0; unit < hidden.Length; unit++)
            hidden[unit] = scope.Rounded(function(gates.OfInput(scope, 0, unit, x) + gates.OfState(scope, 0, unit, before.Hidden)));
        return before with { Hidden = hidden };
    }

    /// <summary>z, r and n being the gates 0, 1 and 2; r before the last product with the state, or behind it.</summary>
    public static RowState Gru(OperationScope scope, Gates gates, bool resetAfter, Func<double, double> gate, Func<double, double> function, double[] x, RowState before)
    {
        int units = gates.Units;
        double[] update = new double[units];
        double[] reset = new double[units];
        for (int unit = 0; unit < units; unit++)
        {
            update[unit] = scope.Rounded(gate(gates.OfInput(scope, 0, unit, x) + gates.OfState(scope, 0, unit, before.Hidden)));
            reset[unit] = scope.Rounded(gate(gates.OfInput(scope, 1, unit, x) + gates.OfState(scope, 1, unit, before.Hidden)));
        }

        double[] gated = [.. before.Hidden.Select((value, i) => value * reset[i])];
        double[] hidden = new double[units];
        for (int unit = 0; unit < units; unit++)
        {
            double recurrent = resetAfter ? reset[unit] * gates.OfState(scope, 2, unit, before.Hidden) : gates.OfState(scope, 2, unit, gated);
            double candidate = scope.Rounded(function(gates.OfInput(scope, 2, unit, x) + recurrent));
            hidden[unit] = scope.Rounded(((1 - update[unit]) * candidate) + (update[unit] * before.Hidden[unit]));
        }

        return before with { Hidden = hidden };
    }

    /// <summary>Input, forget, cell and output being the gates of those numbers; <paramref name="peephole"/> is the weight of a cell in a gate.</summary>
    public static RowState Lstm(
        OperationScope scope, Gates gates, (int Input, int Forget, int Cell, int Output) order, Func<double, double> gate, double[] x, RowState before,
        double clip = 0, Func<int, int, double>? peephole = null)
    {
        double[] hidden = new double[gates.Units];
        double[] cell = new double[gates.Units];
        for (int unit = 0; unit < hidden.Length; unit++)
        {
            double input = gate(Sum(order.Input, before.Cell[unit]));
            double forget = gate(Sum(order.Forget, before.Cell[unit]));
            double candidate = Math.Tanh(Sum(order.Cell, 0));
            double next = (forget * before.Cell[unit]) + (input * candidate);
            cell[unit] = scope.Rounded(clip > 0 ? Math.Clamp(next, -clip, clip) : next);
            hidden[unit] = scope.Rounded(gate(Sum(order.Output, cell[unit])) * Math.Tanh(cell[unit]));

            double Sum(int number, double seen) =>
                gates.OfInput(scope, number, unit, x) + gates.OfState(scope, number, unit, before.Hidden) + (peephole is null || number == order.Cell ? 0 : peephole(number, unit) * seen);
        }

        return new RowState(hidden, cell);
    }
}
