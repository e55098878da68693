namespace GeneratedNetworks.Import.Reading;

/// <summary>An input of the graph.</summary>
/// <param name="Key">The value that it is.</param>
/// <param name="Name">What the file calls it.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">As it is run, with every axis that the file leaves open at 1.</param>
/// <param name="Batch">How many samples that holds, which the file fixes; 1 where it leaves that open.</param>
internal sealed record GraphInput(string Key, string Name, ElementType Type, int[] Shape, int Batch)
{
    /// <summary>The range of a quantized input, in the numbers that it is given as; null for one that takes any number.</summary>
    public (double Least, double Greatest)? Range { get; init; }

    /// <summary>Which axis the batch is: 1 in a sequence that has its time first.</summary>
    public int BatchAxis { get; init; }

    /// <summary>Without the axis of the batch, which a single axis does not have.</summary>
    public int[] SampleShape => Shape.Length > 1 ? [.. Shape[..BatchAxis], .. Shape[(BatchAxis + 1)..]] : Shape;

    /// <summary>The elements of one sample.</summary>
    public int SampleSize => (int)Extents.Count(Shape) / Batch;
}

/// <summary>The nodes of a file in the order in which they run, each once, as it stands there: nothing is fused, folded or left out but what no output needs.</summary>
internal sealed class ReadGraph
{
    private readonly ModelSource _source;
    private readonly Func<long> _bytes;
    private readonly Operation[] _operations;
    private readonly string[] _outputs;
    private readonly Dictionary<string, Tensor> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _live;
    private readonly Operation[] _perRun;
    private readonly (GraphInput Input, string? Output)[] _states;

    /// <param name="source">The file.</param>
    /// <param name="inputs">All that the file has, in its order.</param>
    /// <param name="operations">In an order in which they can run.</param>
    /// <param name="outputs">The values that are wanted.</param>
    /// <param name="constant">The constant of that name, or null.</param>
    /// <param name="bytes">How many the constants that were read so far have beside the file.</param>
    /// <param name="states">The inputs that are states, and what they come back as: they begin as zeros.</param>
    public ReadGraph(
        ModelSource source, IReadOnlyList<GraphInput> inputs, IReadOnlyList<Operation> operations, IReadOnlyList<string> outputs,
        Func<string, Tensor?> constant, Func<long>? bytes = null, IReadOnlyList<(string Input, string? Output)>? states = null)
    {
        _source = source;
        _bytes = bytes ?? (() => 0);
        _outputs = [.. outputs];
        _live = [.. outputs];
        states ??= [];
        _live.UnionWith(states.Select(state => state.Output).OfType<string>());
        List<Operation> needed = [];
        for (int i = operations.Count - 1; i >= 0; i--)
        {
            if (!operations[i].Outputs.Any(_live.Contains))
                continue;
            needed.Add(operations[i]);
            _live.UnionWith(operations[i].Inputs.Where(input => input.Length > 0));
        }

        needed.Reverse();
        _operations = [.. needed];
        GraphInput[] live = [.. inputs.Where(input => _live.Contains(input.Key))];
        _states = [.. live.SelectMany(input => states.Where(state => state.Input == input.Key).Select(state => (input, state.Output)))];
        Inputs = [.. live.Where(input => !Array.Exists(_states, state => state.Input == input))];
        if (Inputs.Count == 0)
            throw source.Error("its output does not depend on its input.");
        _computed.UnionWith(live.Select(input => input.Key));
        _perRun = [.. FindComputed(constant)];
    }

    public IReadOnlyList<GraphInput> Inputs { get; }

    /// <summary>How many runs a sample is, each with the states that the one before left.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>The operations whose results depend on an input.</summary>
    public IReadOnlyList<Operation> Computed => _perRun;

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">One value for each of <see cref="Inputs"/>.</param>
    /// <param name="options">How.</param>
    public Tensor[] Run(IReadOnlyList<Tensor> inputs, RunOptions options) => Run(inputs, _outputs, options);

    /// <summary>Runs the graph up to the values that are named.</summary>
    public Tensor[] Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> wanted, RunOptions options) => Run(inputs, wanted, options, ZeroStates());

    /// <summary>Runs frame after frame.</summary>
    /// <param name="frames">The inputs of each.</param>
    /// <param name="options">How.</param>
    public IReadOnlyList<Tensor[]> RunFrames(IReadOnlyList<Tensor[]> frames, RunOptions options)
    {
        List<Tensor[]> results = [];
        Tensor[] states = ZeroStates();
        string[] last = [.. _states.Select(state => state.Output ?? throw _source.Error($"its input '{state.Input.Name}' is a state that it does not give back, so that frames cannot follow each other."))];
        foreach (Tensor[] frame in frames)
        {
            Tensor[] values = Run(frame, [.. _outputs, .. last], options, states);
            results.Add(values[.._outputs.Length]);
            states = [.. values.Skip(_outputs.Length).Select((value, i) => value.Count == states[i].Count
                ? states[i].WithElements(value.Elements)
                : throw _source.Error($"its state '{_states[i].Input.Name}' comes back with another number of elements."))];
        }

        return results;
    }

    private Tensor[] ZeroStates() => [.. _states.Select(state => new Tensor(state.Input.Type, state.Input.Shape, new double[Extents.Count(state.Input.Shape)]))];

    private Tensor[] Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> wanted, RunOptions options, IReadOnlyList<Tensor> states)
    {
        WorkBudget budget = new(_source, _source.Content.Length);
        Dictionary<string, Tensor> values = new(StringComparer.Ordinal);
        for (int i = 0; i < _states.Length; i++)
            values[_states[i].Input.Key] = states[i];
        for (int i = 0; i < Inputs.Count; i++)
            values[Inputs[i].Key] = inputs[i];
        HashSet<string> missing = [.. wanted.Where(name => !values.ContainsKey(name) && !_constants.ContainsKey(name))];
        foreach (Operation operation in _perRun)
        {
            if (missing.Count == 0)
                break;
            Execute(operation, values, budget, options);
            missing.ExceptWith(operation.Outputs);
        }

        return [.. wanted.Select(name => Find(name, values) ?? throw _source.Error($"nothing gives '{name}'."))];
    }

    /// <summary>The operation in a scope that has its constants and nothing computed.</summary>
    public OperationScope WithConstants(Operation operation) => new(
        _source, operation, [.. operation.Inputs.Select(name => _constants.GetValueOrDefault(name))], NewBudget(), RunOptions.Plain);

    private WorkBudget NewBudget() => new(_source, _source.Content.Length + _bytes());

    public bool IsComputed(string value) => _computed.Contains(value);

    /// <summary>Runs what depends on no input, once, and returns the rest.</summary>
    private List<Operation> FindComputed(Func<string, Tensor?> constant)
    {
        WorkBudget budget = new(_source, _source.Content.Length);
        List<Operation> computed = [];
        foreach (Operation operation in _operations)
        {
            foreach (string input in operation.Inputs)
            {
                if (input.Length == 0 || _computed.Contains(input) || _constants.ContainsKey(input))
                    continue;
                _constants.Add(input, constant(input) ?? throw _source.Error($"{operation.Label}: it reads '{input}', which nothing before it gives."));
            }

            if (operation.Inputs.Any(_computed.Contains))
            {
                computed.Add(operation);
                _computed.UnionWith(operation.Outputs.Where(output => output.Length > 0));
                continue;
            }

            Execute(operation, _constants, budget, RunOptions.Plain);
        }

        foreach (string output in _outputs)
        {
            if (!_computed.Contains(output))
                throw _source.Error($"its output '{output}' does not depend on its input.");
        }

        return computed;
    }

    private void Execute(Operation operation, Dictionary<string, Tensor> values, WorkBudget budget, RunOptions options)
    {
        Tensor?[] inputs = [.. operation.Inputs.Select(name => name.Length == 0 ? null : Find(name, values))];
        OperationScope scope = new(_source, operation, inputs, budget, options);
        IReadOnlyList<Tensor> results = operation.Apply(scope);
        for (int i = 0; i < operation.Outputs.Count; i++)
        {
            // What nothing reads need not be known, such as the places of maxima.
            if (operation.Outputs[i].Length == 0 || !_live.Contains(operation.Outputs[i]))
                continue;
            if (i >= results.Count)
                throw scope.Error($"its output {i}, '{operation.Outputs[i]}', is not supported");
            values[operation.Outputs[i]] = scope.Rounded(results[i]);
        }
    }

    private Tensor? Find(string name, Dictionary<string, Tensor> values) => values.GetValueOrDefault(name) ?? _constants.GetValueOrDefault(name);
}
