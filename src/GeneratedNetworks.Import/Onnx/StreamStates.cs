using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// States of recurrent nodes that the graph takes as inputs: each has to be one stretch of one input, and what comes back has to lie as it went in. To find out,
/// the nodes between are run on the numbers of the elements.
/// </summary>
internal sealed class StreamStates
{
    // More elements than a state has in any file.
    private const int MostElements = 1 << 20;

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxConstant> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Start, int Count)> _inputs = [];
    private readonly List<(int Start, OnnxNode Node, int State)> _parts = [];
    private readonly HashSet<OnnxNode> _carried = [];

    private StreamStates(OnnxGraph graph) => _graph = graph;

    /// <summary>How many steps each recurrent node goes through that was read so far.</summary>
    public Dictionary<OnnxNode, int> Steps { get; } = [];

    /// <summary>Whether the nodes that were read go on from one call to the next: all of them, or none.</summary>
    public bool AreCarried
    {
        get
        {
            OnnxNode[] carried = [.. Steps.Keys.Where(_carried.Contains)];
            if (carried.Length > 0 && Steps.Keys.FirstOrDefault(node => !_carried.Contains(node)) is { } fresh)
                throw fresh.Error($"it starts from zeros at every call, and {carried[0].Description} goes on from a state that is an input; in a stream both would go on");
            return carried.Length > 0;
        }
    }

    /// <summary>Whether the file computes one step of its sequence.</summary>
    public bool IsFrame => Steps.Count > 0 && Steps.Values.All(steps => steps == 1);

    /// <summary>Takes the states from the nodes that read them: a network starts from zeros, or from its memory.</summary>
    /// <param name="graph">Whose constants are folded.</param>
    /// <param name="nodes">All of it, in order.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="ports">Which of these are states, and which outputs.</param>
    public static StreamStates Take(OnnxGraph graph, IReadOnlyList<OnnxNode> nodes, IEnumerable<ValueInfoProto> inputs, StatePorts ports)
    {
        StreamStates states = new(graph);
        if (ports.Inputs.Count > 0)
            states.Follow(nodes, inputs.Where(input => ports.Inputs.Contains(input.Name)), ports);
        return states;
    }

    /// <summary>Each input of states, the output that it comes back as, and what stands in it in order: the node, and 0 for its state or 1 for its cell.</summary>
    public IEnumerable<(string Input, string? Output, IReadOnlyList<(OnnxNode Node, int State)> Parts)> Memories => _inputs.Select(input => (
        input.Name, _outputs.GetValueOrDefault(input.Name),
        (IReadOnlyList<(OnnxNode, int)>)[.. _parts.Where(part => part.Start >= input.Start && part.Start < input.Start + input.Count).OrderBy(part => part.Start).Select(part => (part.Node, part.State))]));

    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    private void Follow(IReadOnlyList<OnnxNode> nodes, IEnumerable<ValueInfoProto> inputs, StatePorts ports)
    {
        int next = 0;
        foreach (ValueInfoProto input in inputs)
        {
            // A batch that is open is 1; one that a file fixes at more mixes its rows with the state, and is found not to fit below.
            int[] shape = [.. (input.Type?.TensorType?.Shape?.Dim ?? []).Select(axis => axis.DimValue is > 0 and <= MostElements ? (int)axis.DimValue : 1)];
            long count = shape.Aggregate(1L, (product, extent) => Math.Min(product * extent, MostElements + 1L));
            if (shape.Length is 0 or > 8 || next + count > MostElements)
                throw _graph.Source.Error($"its input '{OnnxNode.Shorten(input.Name)}' has a shape that no state has.");
            _graph.Budget.Take(count, $"the input '{OnnxNode.Shorten(input.Name)}'");
            _inputs.Add((input.Name, next, (int)count));
            _numbers[input.Name] = Numbered(shape, next);
            next += (int)count;
        }

        foreach (OnnxNode node in nodes)
        {
            if (RecurrentOperators.Is(node.Operator))
                TakeFrom(node);
            else if (StatePorts.Moves(node.Operator) && node.Has(0) && _numbers.ContainsKey(node.Inputs[0]))
                Move(node);
        }

        foreach (string output in ports.Outputs)
            Pair(output);
    }

    private void TakeFrom(OnnxNode node)
    {
        for (int state = 0; state < 2; state++)
        {
            int input = StatePorts.FirstState + state;
            if (!node.Has(input) || !_numbers.TryGetValue(node.Inputs[input], out OnnxConstant? numbers))
                continue;
            int units = node.Has(2) && _graph.ConstantShape(node.Inputs[2]) is { Length: 3 } recurrent ? recurrent[2] : 0;
            if (numbers.Count != units || !IsStretch(numbers.Values!))
                throw node.Error($"its first {(state == 0 ? "state" : "cell")} '{OnnxNode.Shorten(node.Inputs[input])}', of shape {numbers.ShapeText}, is no stretch of {units} elements of one input, for one sample");
            int start = (int)numbers.Values![0];
            _parts.Add((start, node, state));
            node.LeaveOut(input);
            if (StatePorts.LastState + state < node.Outputs.Count && node.Outputs[StatePorts.LastState + state] is { Length: > 0 } last)
                _numbers[last] = Numbered([1, 1, units], start);
            _carried.Add(node);
        }

        if (_carried.Contains(node) && _parts.Count(part => part.Node == node) < (node.Operator == "LSTM" ? 2 : 1))
            throw node.Error("one of its states comes from an input and the other does not, and a stream remembers both");
    }

    private bool IsStretch(double[] numbers)
    {
        bool isRow = numbers.Length > 0 && numbers.Select((number, i) => number == numbers[0] + i).All(isSo => isSo);
        return isRow && _inputs.Any(input => numbers[0] >= input.Start && numbers[^1] < input.Start + input.Count);
    }

    private void Move(OnnxNode node)
    {
        OnnxConstant? moved = node.Operator switch
        {
            "Split" => null,
            "Concat" => Joined(node),
            "Gather" => Gathered(node),
            _ => _graph.WithNumbers(_numbers, () => ConstantFolding.TryFold(node)),
        };
        if (moved is not null)
            _numbers[node.Output] = moved;
        if (node.Operator != "Split")
            return;
        foreach ((string output, OnnxConstant part) in _graph.WithNumbers(_numbers, () => ConstantSplit.TryFold(node).ToArray()))
            _numbers[output] = part;
    }

    private OnnxConstant? Joined(OnnxNode node)
    {
        OnnxConstant?[] values = [.. node.Inputs.Select(_numbers.GetValueOrDefault)];
        if (values.Length is 0 or > 64 || values[0] is not { } first || Array.Exists(values, value => value is null || value.Shape.Length != first.Shape.Length))
            return null;
        long axis = node.Int("axis", 0) is var given && given < 0 ? given + first.Shape.Length : given;
        if (axis < 0 || axis >= first.Shape.Length)
            return null;
        int outer = Axes.Count(first.Shape.Take((int)axis));
        if (Array.Exists(values, value => Axes.Count(value!.Shape.Take((int)axis)) != outer))
            return null;
        double[] joined = [.. Enumerable.Range(0, outer).SelectMany(row => values.SelectMany(value => value!.Values!.Skip(row * (value.Count / outer)).Take(value.Count / outer)))];
        _graph.Budget.Take(joined.Length, node.Description);
        return first with { Shape = [.. first.Shape.Select((extent, i) => i == axis ? values.Sum(value => value!.Shape[i]) : extent)], Values = joined };
    }

    private OnnxConstant? Gathered(OnnxNode node)
    {
        OnnxConstant value = _numbers[node.Inputs[0]];
        long axis = node.Int("axis", 0) is var given && given < 0 ? given + value.Shape.Length : given;
        if (axis < 0 || axis >= value.Shape.Length || node.TryConstant(1) is not { Shape.Length: <= 1 } indices)
            return null;
        int extent = value.Shape[axis];
        long[] places = Array.ConvertAll(indices.Integers(node, "the indices"), place => place < 0 ? place + extent : place);
        if (places.Length > MostElements || Array.Exists(places, place => place < 0 || place >= extent))
            return null;
        int inner = Axes.Count(value.Shape.Skip((int)axis + 1)), outer = value.Count / Math.Max(1, inner * extent);
        _graph.Budget.Take((long)outer * places.Length * inner, node.Description);
        double[] taken = [.. Enumerable.Range(0, outer).SelectMany(row => places.SelectMany(place => value.Values!.Skip(((row * extent) + (int)place) * inner).Take(inner)))];
        return value with { Shape = [.. value.Shape[..(int)axis], .. indices.Shape, .. value.Shape[((int)axis + 1)..]], Values = taken };
    }

    private void Pair(string output)
    {
        if (!_numbers.TryGetValue(output, out OnnxConstant? numbers))
            throw _graph.Source.Error($"how its output '{OnnxNode.Shorten(output)}' is put together out of last states cannot be told.");
        (string Name, int Start, int Count) input = _inputs.Find(entry => entry.Start == numbers.Values![0]);
        if (input.Name is null || input.Count != numbers.Count || !IsStretch(numbers.Values!) || !_outputs.TryAdd(input.Name, output))
        {
            throw _graph.Source.Error(
                $"its output '{OnnxNode.Shorten(output)}' has the last states in another order than an input takes them, so that what goes out is not what comes in next.");
        }
    }

    private static OnnxConstant Numbered(int[] shape, int start) =>
        new("", DataType.Float, shape, [.. Enumerable.Range(start, Axes.Count(shape)).Select(number => (double)number)]);
}
