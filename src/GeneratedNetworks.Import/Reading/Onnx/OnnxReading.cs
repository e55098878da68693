using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Opens ONNX files: every node becomes an operation, in the file's order.</summary>
internal static class OnnxReading
{
    private const int MostAxes = 16;

    public static ModelReading Open(ModelSource source, IReadOnlyList<string> outputs)
    {
        ModelProto model = Parse(source);
        GraphProto graph = model.Graph ?? throw source.Error("it holds no graph.");
        if (graph.SparseInitializer.Count > 0 || model.Functions.Count > 0)
            throw source.Error("it has sparse initializers or functions, which are not executed.");
        Dictionary<string, TensorProto> initializers = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer)
            initializers[tensor.Name] = tensor;
        OnnxTensors tensors = new(source);
        IReadOnlyList<(string Input, string? Output)> states = OnnxStates.Find(graph);
        IReadOnlyList<string> wanted = Outputs(source, graph, outputs, [.. states.Select(state => state.Output).OfType<string>()]);
        HashSet<string> needed = Needed(graph, wanted);
        states = [.. states.Where(state => needed.Contains(state.Input))];
        needed = Needed(graph, [.. wanted, .. states.Select(state => state.Output).OfType<string>()]);
        Dictionary<string, string> givers = [];
        foreach (NodeProto node in graph.Node.Where(node => node.Output.Count > 0))
            givers[node.Output[0]] = node.OpType;
        Operation[] operations = [.. graph.Node.Select((node, i) => OperationOf(source, model, tensors, node, i, givers)).Where(operation => operation.Outputs.Any(needed.Contains))];
        GraphInput[] inputs = [.. graph.Input.Where(input => !initializers.ContainsKey(input.Name) && needed.Contains(input.Name)).Select(input => InputOf(source, graph, input, states.Any(state => state.Input == input.Name)))];

        // Where no input has an axis of time, a window is so many runs.
        int frames = source.Window is { } window && states.Count > 0 && !graph.Input.Any(input => !states.Any(state => state.Input == input.Name) && OpenTime(graph, input) is not null) ? window : 1;
        ReadGraph read = new(
            source, inputs, operations, wanted, name => initializers.TryGetValue(name, out TensorProto? tensor) ? tensors.Read(tensor, name) : null,
            () => tensors.ExternalBytes, states)
        {
            Frames = frames,
        };
        IEnumerable<NodeProto> live = graph.Node.Where(node => node.Output.Any(needed.Contains));
        return new ModelReading(source, $"ONNX, {operations.Length} nodes", read, Roundings.Any(live, initializers));
    }

    private static ModelProto Parse(ModelSource source)
    {
        try
        {
            MessageBudget.Check(source, ModelProto.Descriptor);
            return ModelProto.Parser.ParseFrom(source.Content);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw source.Error($"it is damaged or no ONNX file ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    /// <summary>Those that are named; otherwise all outputs that are computed from an input, and not constant, an input handed on or a last state.</summary>
    private static IReadOnlyList<string> Outputs(ModelSource source, GraphProto graph, IReadOnlyList<string> named, IReadOnlyList<string> states)
    {
        if (named.Count > 0)
            return named;
        string[] all = [.. graph.Output.Select(output => output.Name)];
        if (all.Length == 1)
            return all;
        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        HashSet<string> handedOn = [.. graph.Input.Select(input => input.Name).Where(name => !initializers.Contains(name))];
        HashSet<string> computed = [];
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == "Identity" && node.Input.Count == 1 && handedOn.Contains(node.Input[0]))
                handedOn.UnionWith(node.Output);
            else if (node.Input.Any(input => handedOn.Contains(input) || computed.Contains(input)))
                computed.UnionWith(node.Output);
        }

        string[] found = [.. all.Where(name => computed.Contains(name) && !states.Contains(name))];
        return found.Length > 0
            ? found
            : throw source.Error($"none of its {all.Length} outputs ({string.Join(", ", all.Take(8).Select(name => $"'{Shorten(name)}'"))}) is computed from its inputs.");
    }

    /// <summary>The values that the outputs depend on. A file's nodes stand in an order in which they can run.</summary>
    private static HashSet<string> Needed(GraphProto graph, IReadOnlyList<string> outputs)
    {
        HashSet<string> needed = [.. outputs];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            if (graph.Node[i].Output.Any(needed.Contains))
                needed.UnionWith(graph.Node[i].Input);
        }

        needed.Remove("");
        return needed;
    }

    private static Operation OperationOf(ModelSource source, ModelProto model, OnnxTensors tensors, NodeProto node, int index, Dictionary<string, string> givers)
    {
        string domain = node.Domain.Length == 0 ? OnnxRules.Standard : node.Domain;
        string kind = domain == OnnxRules.Standard ? node.OpType : $"{domain}.{node.OpType}";
        string label = node.Name.Length > 0 ? $"node '{Shorten(node.Name)}' ({Shorten(kind)})" : $"node {index} ({Shorten(kind)})";
        long opset = model.OpsetImport.FirstOrDefault(set => (set.Domain.Length == 0 ? OnnxRules.Standard : set.Domain) == domain)?.Version ?? 1;
        OnnxRule? rule = OnnxRules.Find(domain, node.OpType);
        Operation operation = new(label, [.. node.Input], [.. node.Output], scope => rule is null
            ? throw scope.Error(OnnxRules.IsRandom(domain, node.OpType) ? "it draws random numbers, so that what follows it cannot be checked" : "this operator is not executed")
            : rule.Apply(Call(scope)));
        return rule is null ? operation : operation with
        {
            Role = rule.Role,
            Normaliser = rule.Normaliser is { } normaliser ? (scope, shape) => normaliser(Call(scope), shape) : null,
            Range = rule.Range is { } range ? scope => range(Call(scope)) : null,
        };

        OnnxCall Call(OperationScope scope) => new(node, opset, scope, tensors)
        {
            Bounds = node.Input.Count > 0 && givers.TryGetValue(node.Input[0], out string? giver) ? OnnxRules.BoundsOf(giver) : null,
        };
    }

    private static GraphInput InputOf(ModelSource source, GraphProto graph, ValueInfoProto input, bool isState)
    {
        string what = $"its input '{Shorten(input.Name)}'";
        ElementType type = OnnxTensors.TypeOf(input.Type?.TensorType?.ElemType ?? 0)?.Type ?? throw source.Error($"{what} holds no numbers.");
        TensorShapeProto shape = input.Type!.TensorType.Shape ?? throw source.Error($"{what} has no shape.");
        if (shape.Dim.Count is 0 or > MostAxes)
            throw source.Error($"{what} has {shape.Dim.Count} axes.");

        // What is open becomes 1; a single axis is one sample.
        int[] extents = [.. shape.Dim.Select(dimension => dimension.DimValue is > 0 and <= int.MaxValue ? (int)dimension.DimValue : 1)];
        int batchAxis = extents.Length is 2 or 3 && HasTimeFirst(graph, input.Name, extents.Length) ? 1 : 0;
        if (source.Window is { } window && !isState && OpenTime(graph, input) is { } time)
            extents[time] = window;
        long count = Extents.Count(extents);
        if (count > (1 << 20) + (8L * source.Content.Length))
            throw source.Error($"{what} has {count} elements, too many for a file of {source.Content.Length} bytes.");
        return new GraphInput(input.Name, input.Name, type, extents, extents.Length > 1 ? extents[batchAxis] : 1) { BatchAxis = batchAxis };
    }

    /// <summary>The axis of time, which the file leaves open; null where there is none, or it is fixed.</summary>
    private static int? OpenTime(GraphProto graph, ValueInfoProto input)
    {
        if (input.Type?.TensorType?.Shape is not { Dim.Count: 2 or 3 } shape)
            return null;
        int time = HasTimeFirst(graph, input.Name, shape.Dim.Count) ? 0 : 1;
        return shape.Dim[time].DimValue <= 0 ? time : null;
    }

    /// <summary>Whether a recurrent node of layout 0, which has its time first, reads what an input becomes by nodes that move no axis.</summary>
    private static bool HasTimeFirst(GraphProto graph, string input, int rank)
    {
        HashSet<string> sequences = rank == 3 ? [input] : [];
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType is "RNN" or "GRU" or "LSTM" && node.Input.Count > 0 && sequences.Contains(node.Input[0]))
                return node.Attribute.All(attribute => attribute.Name != "layout" || attribute.I == 0);
            bool isRow = rank == 2 && node.OpType == "Gather" && node.Input.Count > 1 && node.Input[1] == input;
            bool keeps = node.OpType is not ("Transpose" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Shape" or "Gather" or "Slice" or "Concat" or "RNN" or "GRU" or "LSTM" or "Conv" or "Gemm");
            if (isRow || (keeps && node.Input.Any(sequences.Contains)))
                sequences.UnionWith(node.Output);
        }

        return false;
    }

    private static string Shorten(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
