namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM: a matrix for each gate, [out, in], in the order i, f, c, o; its states start from zeros.</summary>
internal static class SequenceLstm
{
    private const int OptionsKind = 71;
    private const int Gates = 4;

    // Where its inputs stand.
    private const int Kernel = 1;
    private const int Recurrent = 5;
    private const int Peephole = 9;
    private const int Bias = 12;
    private const int Projection = 16;
    private const int State = 18;
    private const int Norms = 20;

    // The schema's number of the only activation that a layer has.
    private const int Tanh = 4;

    public static void Add(OperatorScope scope)
    {
        scope.RequireValueFirst();
        FlatTable options = scope.Options(OptionsKind) ?? throw scope.Error("has no options, which say its activation.");
        if (options.Byte(0) != Tanh)
            throw scope.Error($"has the activation {options.Byte(0)} of the schema, and TANH is supported.");
        if (options.Bool(3))
            throw scope.Error("has its time first (time_major), before the batch; convert the model with the batch first.");
        if (options.Bool(5))
            throw scope.Error("has recurrent weights of which the diagonals alone are there, which no layer has.");
        if (scope.Input(Kernel) is null)
            throw scope.Error("couples its input and forget gates: it has no weights of the input gate, which is 1 minus the other.");
        Refuse(scope, Peephole, 3, "peepholes, which no layer has");
        Refuse(scope, Projection, 2, "a projection of its states, which no layer has");
        Refuse(scope, Norms, 4, "norms inside of its steps, which no layer has");
        for (int i = State; i < State + 2; i++)
        {
            if (scope.Constant(i) is { } state && Array.Exists(scope.Constants.Numbers(state), value => value != 0))
                throw scope.Error("starts from states other than zeros.");
        }

        LayerChain chain = scope.Chain;
        if (chain.Shape.Count != 2)
            throw scope.Error($"reads samples of shape [{string.Join(", ", chain.Shape)}]; a sequence, [time, features], is expected.");
        TfTensor first = scope.RequireConstant(Kernel, "weights");
        int units = first.Shape is [var rows, _] ? rows : 0;
        Recurrence form = new(RecurrenceKind.Lstm, chain.Shape[1], Math.Max(units, 1)) { CellClip = options.Float(1) };
        double[] kernel = Matrix(scope, Kernel, form.Inputs, form.Units);
        double[] recurrent = Matrix(scope, Recurrent, form.Units, form.Units);
        double[]? bias = null;
        for (int gate = 0; gate < Gates; gate++)
        {
            if (scope.Bias(Bias + gate, form.Units) is { } own)
                own.CopyTo(bias ??= new double[form.Width], gate * form.Units);
        }

        chain.Recur(scope.LayerName, form, kernel, recurrent, bias, returnSequences: true, scope.Origin(first));
    }

    /// <summary>The four matrices of [out, in] as one of [in, 4·out].</summary>
    private static double[] Matrix(OperatorScope scope, int position, int inputs, int units)
    {
        TfTensor[] tensors = [.. Enumerable.Range(position, Gates).Select(input => scope.RequireConstant(input, "weights"))];
        if (Array.Find(tensors, tensor => !tensor.Shape.SequenceEqual([units, inputs])) is { } other)
            throw scope.Error($"has weights of shape {other.DescribeShape()}; [{units}, {inputs}] is expected.");
        int width = Gates * units;
        double[][] gates = [.. tensors.Select((tensor, i) => scope.Weights(tensor, position + i))];
        scope.Constants.Take((long)inputs * width, $"the weights of '{scope.Output.Name}'");
        double[] matrix = new double[inputs * width];
        for (int gate = 0; gate < Gates; gate++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int i = 0; i < inputs; i++)
                    matrix[(i * width) + (gate * units) + unit] = gates[gate][(unit * inputs) + i];
            }
        }

        return matrix;
    }

    private static void Refuse(OperatorScope scope, int position, int count, string what)
    {
        if (Enumerable.Range(position, count).Any(input => scope.Input(input) is not null))
            throw scope.Error($"has {what}.");
    }
}
