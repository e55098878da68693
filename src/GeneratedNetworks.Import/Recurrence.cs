namespace GeneratedNetworks.Import;

/// <summary>Which recurrent layer it is.</summary>
public enum RecurrenceKind
{
    /// <summary>h = f(x·W + h₋₁·U + b).</summary>
    Simple,

    /// <summary>Gates z, r, n; the reset gate acts on the product with the state.</summary>
    GruResetAfter,

    /// <summary>Gates z, r, n; the reset gate acts on the state itself.</summary>
    GruResetBefore,

    /// <summary>Gates i, f, g, o.</summary>
    Lstm,
}

/// <summary>The form of a recurrent layer.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Inputs">Features of a step.</param>
/// <param name="Units">Elements of the state.</param>
public sealed record Recurrence(RecurrenceKind Kind, int Inputs, int Units)
{
    /// <summary>f of a simple one.</summary>
    public Activation Function { get; init; } = Activation.Tanh;

    /// <summary>What the cell of an LSTM is held within, ±; 0: nothing.</summary>
    public double CellClip { get; init; }

    /// <summary>Blocks of columns of both matrices.</summary>
    public int Gates => Kind switch
    {
        RecurrenceKind.Simple => 1,
        RecurrenceKind.Lstm => 4,
        _ => 3,
    };

    /// <summary>Columns of both matrices.</summary>
    public int Width => Gates * Units;

    /// <summary>That of the bias: a row for each product where the reset gate stands behind one of them.</summary>
    public IReadOnlyList<int> BiasShape => Kind == RecurrenceKind.GruResetAfter ? [2, Width] : [Width];

    /// <summary>One of the two biases that some frameworks keep for each gate: their sum where ours has one, both where it has two.</summary>
    /// <param name="input">Beside x·W.</param>
    /// <param name="state">Beside h₋₁·U.</param>
    public double[] JoinBiases(double[] input, double[] state) => Kind == RecurrenceKind.GruResetAfter
        ? [.. input, .. state]
        : [.. input.Zip(state, (first, second) => first + second)];

    /// <summary>The columns of a matrix of [rows, gates·units], its gates in another order.</summary>
    /// <param name="matrix">Row-major.</param>
    /// <param name="order">Which gate of the matrix each one of the result is.</param>
    public double[] Regated(double[] matrix, params ReadOnlySpan<int> order)
    {
        double[] result = new double[matrix.Length];
        for (int row = 0; row < matrix.Length / Width; row++)
        {
            for (int gate = 0; gate < order.Length; gate++)
                matrix.AsSpan((row * Width) + (order[gate] * Units), Units).CopyTo(result.AsSpan((row * Width) + (gate * Units)));
        }

        return result;
    }
}
