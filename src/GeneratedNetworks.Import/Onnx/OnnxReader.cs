using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Patterns;
using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>Follows every value from the graph's inputs to its outputs, and turns each node on the way into layers.</summary>
internal sealed class OnnxReader(OnnxGraph graph)
{
    private readonly LayerGraph _layers = new(graph.Source);
    private readonly Dictionary<string, OnnxChain> _values = new(StringComparer.Ordinal);

    // Nodes that are part of an expansion that became one layer.
    private readonly HashSet<OnnxNode> _inside = [];

    public ImportedModel Read(string format)
    {
        RefuseNoise();
        ValueInfoProto[] inputs = graph.Inputs.Count > 0 ? [.. graph.Inputs] : [graph.Input];
        foreach (ValueInfoProto input in inputs)
            Add(input.Name, OnnxChain.OfInput(graph, _layers, input));
        InputOrder[] orders = [.. inputs.Select(input => _values[input.Name].Input!)];
        try
        {
            foreach (OnnxNode node in graph.Nodes)
            {
                if (!_inside.Contains(node))
                    Follow(node);
            }
        }
        catch (ModelFileException exception) when (FirstUnknown() is { } unknown && !exception.Message.Contains(unknown.Description, StringComparison.Ordinal))
        {
            // An operator that nobody knows stands in the way wherever the graph breaks first, and is what helps to know.
            ModelFileException cause = Unknown(unknown);
            throw exception.Candidates.Count == 0
                ? cause
                : new ModelFileException(graph.Source.Name, $"{cause.Problem} {Before(exception.Candidates[0])}", exception) { Candidates = exception.Candidates };
        }

        return Build(format, inputs, orders);
    }

    private void Follow(OnnxNode node)
    {
        string[] computed = [.. node.Inputs.Where(input => input.Length > 0 && graph.TryConstant(input) is null)];
        if (computed.FirstOrDefault(input => !_values.ContainsKey(input)) is { } missing)
            throw node.Error(Further(missing));
        if (computed.Length == 0)
            throw OperatorTable.ByName.ContainsKey(node.Operator) ? node.Error("it reads constants alone, so that its result does not depend on its input, and it is none of the operators that are computed when the file is read") : Unknown(node);
        OnnxChain before = _values[computed[0]];
        try
        {
            if (OperatorTable.ByName.TryGetValue(node.Operator, out OnnxOperator? known) && known.Several is { } several)
            {
                AddSeveral(node, several(node, Reader(node, known, before)));
                return;
            }

            OnnxChain after = Step(node, computed, before, _values);
            after.Value(node.Output);
            Add(node.Output, after);
        }
        catch (ModelFileException exception) when (graph.Inputs.Count > 1 || RandomOperators.GivesLabels(node.Operator))
        {
            throw Explain(exception, before, computed[0]);
        }
    }

    private void AddSeveral(OnnxNode node, IReadOnlyList<OnnxChain?> values)
    {
        for (int i = 0; i < node.Outputs.Count && i < values.Count; i++)
        {
            if (node.Outputs[i].Length == 0 || !graph.IsLive(node.Outputs[i]) || values[i] is not { } value)
                continue;
            value.Value(node.Outputs[i]);
            Add(node.Outputs[i], value);
        }
    }

    private string Further(string value) => graph.Nodes.FirstOrDefault(node => node.Outputs.Contains(value)) is { Operator: "LSTM" } lstm && lstm.Outputs.Count > 2 && lstm.Outputs[2] == value
        ? $"it reads '{OnnxNode.Shorten(value)}', the last cell of {lstm.Description}, which no layer gives"
        : $"it reads '{OnnxNode.Shorten(value)}', a further result of a node, of which the first alone is supported";

    /// <summary>Adds a value, and what it becomes by the nodes behind it that are one layer together.</summary>
    private void Add(string name, OnnxChain chain)
    {
        while (true)
        {
            _values[name] = chain;
            if (Match(name, chain) is not var (result, apply))
                return;
            chain = chain.Branch();
            try
            {
                apply(chain);
            }
            catch (ModelFileException exception) when (graph.Inputs.Count > 1)
            {
                throw Explain(exception, _values[name], name);
            }

            chain.Value(result);
            MarkInside(name, result);
            name = result;
        }
    }

    private (string Result, Action<OnnxChain> Apply)? Match(string value, OnnxChain chain)
    {
        if (graph.Consumers(value).Count == 0)
            return null;
        if (LayerNormalization.TryMatch(graph, chain, value) is { } norm)
            return (norm.Result, norm.Apply);
        if (ExpansionMatcher.TryMatch(graph, chain, value) is { } expansion)
            return (expansion.Result, expansion.Apply);
        if (TwoClassHead.TryMatch(graph, value) is { } head)
            return (head.Node.Output, path => head.Apply(path));
        return DynamicQuantization.TryMatch(graph, value) is { } product ? (product.Result, path => product.Apply(path)) : null;
    }

    /// <summary>What lies between a value and one that it becomes, all of whose readers meet there.</summary>
    private void MarkInside(string from, string to)
    {
        HashSet<string> values = new(StringComparer.Ordinal) { from };
        foreach (OnnxNode node in graph.Nodes)
        {
            if (!node.Inputs.Any(values.Contains))
                continue;
            _inside.Add(node);
            if (node.Outputs.Contains(to))
                return;
            values.UnionWith(node.Outputs);
        }
    }

    private static OnnxChain Step(OnnxNode node, string[] computed, OnnxChain before, IReadOnlyDictionary<string, OnnxChain> values)
    {
        if (RandomOperators.GivesLabels(node.Operator))
            throw node.Error("it gives classes, and a network gives numbers");
        if (!OperatorTable.ByName.TryGetValue(node.Operator, out OnnxOperator? known))
            throw Unknown(node);
        for (int i = 1; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0 && node.Graph.IsLive(node.Outputs[i]))
                throw node.Error($"its output {i}, '{OnnxNode.Shorten(node.Outputs[i])}', is used, and the first alone is supported");
        }

        if (computed.Length > 1)
        {
            return known.Join is { } join
                ? join(node, [.. computed.Select(input => values[input].Branch())])
                : throw node.Error($"it reads {string.Join(" and ", computed.Take(4).Select(input => $"'{OnnxNode.Shorten(input)}'"))}, which are both computed; one of its inputs alone may be");
        }

        OnnxChain chain = Reader(node, known, before);
        known.Read(node, chain);
        return chain.Branch(keepsParts: node.Operator == "Identity");
    }

    /// <summary>A path of the operator's own, refused where it cannot read what is there.</summary>
    private static OnnxChain Reader(OnnxNode node, OnnxOperator known, OnnxChain before)
    {
        OnnxChain chain = before.Branch(keepsParts: true);
        if (chain.Shape.BatchAxis > 0 && !known.TakesInnerBatch)
            throw node.Error($"its input has the shape {chain.Shape.Text}, and it reads a batch that is the first axis");
        if (chain.IsInteger && !known.TakesIntegers)
        {
            throw node.Error(
                "it computes with whole numbers, which a network does not; only a Cast or DequantizeLinear may read an input of whole numbers");
        }

        if (chain.Quantized is not null && !known.TakesQuantized)
            throw node.Error($"it reads the quantized result of {chain.QuantizedBy}; only a DequantizeLinear or a quantized product may, or what moves elements alone");
        return chain;
    }

    private ImportedModel Build(string format, ValueInfoProto[] inputs, InputOrder[] orders)
    {
        foreach (string output in graph.Outputs)
        {
            if (!_values.TryGetValue(output, out OnnxChain? value))
                throw graph.Source.Error($"the graph's output '{OnnxNode.Shorten(output)}' does not depend on its input.");
            value.RequireEnd(output);
        }

        foreach (InputOrder order in orders.Where(order => order.Axes is not null))
            _layers.Note($"The file's input '{order.Name}' has its channels first, [{string.Join(", ", order.Axes!.Select(axis => order.Shape[axis]))}]; the network reads [{string.Join(", ", order.Shape)}], its channels last.");
        foreach (string output in graph.Outputs.Where(output => !_values[output].IsPlain))
            _layers.Note($"The file's output '{OnnxNode.Shorten(output)}' has its channels first, [{string.Join(", ", _values[output].Shape.Sample)}]; the network gives [{string.Join(", ", _values[output].Layers.Shape)}], its channels last.");
        (ImportedModel model, bool isFrame) = Build(format, [.. graph.Outputs.Select(output => ((string?)output, _values[output].Layers))]);
        ImportedInput? whole = inputs.Length == 1 && (DataType)inputs[0].Type.TensorType.ElemType is var type && ElementTypes.IsInteger(type)
            ? new ImportedInput(inputs[0].Name, ElementTypes.Name(type), null, null)
            : null;
        return model with
        {
            InputName = inputs[0].Name,
            InputAxes = orders[0].Axes,
            Inputs = [.. model.Inputs.Select(port => port with { Axes = orders.First(order => order.Name == OnnxNode.Shorten(port.Name)).Axes })],
            Output = graph.Output,
            OutputAxes = AxesOf(graph.Outputs[0]),
            Outputs = [.. model.Outputs.Select(port => port with { Axes = AxesOf(port.Name) })],
            Input = whole,
            IsFrame = isFrame,
            Constants = [.. graph.Constants.Select(constant => new ImportedTensor(constant.Name, constant.Shape, ElementTypes.Name(constant.Type), constant.Values))],
        };

        int[]? AxesOf(string output) => _values[output].IsPlain ? null : _values[output].Order;
    }

    /// <summary>The model, of as many frames as are asked for where the file computes one and its states are inputs.</summary>
    private (ImportedModel Model, bool IsFrame) Build(string format, IReadOnlyList<(string? Name, LayerChain Value)> outputs)
    {
        if (!graph.States.AreCarried)
            return (_layers.Build(format, outputs), false);
        LayerGraph layers = _layers;
        bool isFrame = graph.States.IsFrame;
        if (isFrame)
            (layers, outputs) = _layers.OverTime(outputs, graph.Source.Steps);
        foreach ((string input, string? output, IReadOnlyList<(OnnxNode Node, int State)> parts) in graph.States.Memories)
        {
            (string, bool)[] read = [.. parts.Where(part => graph.States.Steps.ContainsKey(part.Node)).Select(part => (part.Node.TryConstant(1)!.Name, part.State == 1))];
            if (read.Length > 0)
                layers.Memory(input, output, read);
        }

        return (layers.Build(format, outputs), isFrame);
    }

    private static ModelFileException Unknown(OnnxNode node) => node.Error($"this operator is not supported. Supported are {OperatorTable.Names}");

    /// <summary>Names the value before the noise.</summary>
    private void RefuseNoise()
    {
        if (graph.Nodes.FirstOrDefault(node => RandomOperators.IsRandom(node.Operator)) is not { } random)
            return;
        string? before = RandomOperators.Before(graph.Nodes, name => graph.TryConstant(name) is not null);
        string problem = $"its output '{OnnxNode.Shorten(graph.Output)}' is random: {random.Description} draws numbers.";
        if (before is null || graph.Input.Name == before)
            throw graph.Source.Error(problem);
        OutputCandidate candidate = new(before, graph.Shapes.Text(before));
        throw new ModelFileException(graph.Source.Name, $"{problem} The value before the noise is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(before)}.")
        {
            Candidates = [candidate],
        };
    }

    private static string Before(OutputCandidate candidate) => $"The value before it is {OutputSearch.Show(candidate)}: {OutputSearch.HowToAsk(candidate.Name)}.";

    private OnnxNode? FirstUnknown() => graph.Nodes.FirstOrDefault(node => !OperatorTable.ByName.ContainsKey(node.Operator) && !RandomOperators.GivesLabels(node.Operator)
        && !NodeExpression.Knows(node.Operator) && !ConstantFolding.Knows(node.Operator) && !DynamicQuantization.Knows(node.Operator));

    /// <summary>Says which value before can be asked for.</summary>
    private ModelFileException Explain(ModelFileException exception, OnnxChain chain, string value)
    {
        if (exception.Candidates.Count > 0)
            return exception;
        if (chain.IsAtInput || !chain.CanEnd)
        {
            // Another branch may have come further.
            (value, chain) = _values.LastOrDefault(entry => !entry.Value.IsAtInput && entry.Value.CanEnd);
            if (chain is null)
                return exception;
        }

        OutputCandidate candidate = new(value, chain.Shape.Text);
        return new ModelFileException(graph.Source.Name, $"{exception.Problem} {Before(candidate)}", exception)
        {
            Candidates = [candidate],
        };
    }
}
