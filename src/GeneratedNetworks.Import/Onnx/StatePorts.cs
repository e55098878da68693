using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// The inputs of a graph that are nothing but the first states of recurrent nodes, and the outputs that are nothing but their last ones: what a stream remembers
/// between two calls. Between them and the nodes stands what moves elements alone.
/// </summary>
/// <param name="Inputs">In the graph's order.</param>
/// <param name="Outputs">Likewise.</param>
internal sealed record StatePorts(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>The input of a recurrent node that is its first state; that behind it is the first cell.</summary>
    public const int FirstState = 5;

    /// <summary>The output that is the last state; that behind it is the last cell.</summary>
    public const int LastState = 1;

    // More inputs than a file joins into one state.
    private const int MostJoined = 64;

    /// <summary>Whether what the operator gives are elements of its first input, or of all its inputs where it joins them.</summary>
    public static bool Moves(string operatorName) =>
        operatorName is "Cast" or "Concat" or "Flatten" or "Gather" or "Identity" or "Reshape" or "Slice" or "Split" or "Squeeze" or "Transpose" or "Unsqueeze";

    public static StatePorts Of(GraphProto graph)
    {
        if (!graph.Node.Any(node => RecurrentOperators.Is(node.OpType)))
            return new([], []);
        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];

        // From which inputs the elements of a value come, where it is nothing else; and those that something else reads as well.
        Dictionary<string, HashSet<string>> origins = new(StringComparer.Ordinal);
        HashSet<string> others = new(StringComparer.Ordinal);
        foreach (ValueInfoProto input in graph.Input.Where(input => !initializers.Contains(input.Name)))
            origins[input.Name] = [input.Name];
        HashSet<string> started = new(StringComparer.Ordinal);
        HashSet<string> last = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            bool isRecurrent = RecurrentOperators.Is(node.OpType);
            bool moves = Moves(node.OpType);
            HashSet<string> read = [];
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!origins.TryGetValue(node.Input[i], out HashSet<string>? from))
                    continue;
                if (isRecurrent && i is FirstState or FirstState + 1)
                    started.UnionWith(from);
                else if (moves && (i == 0 || node.OpType == "Concat"))
                    read.UnionWith(from);
                else
                    others.UnionWith(from);
            }

            if (isRecurrent && node.Input.Skip(FirstState).Take(2).Any(origins.ContainsKey))
                last.UnionWith(node.Output.Skip(LastState).Take(2).Where(output => output.Length > 0));
            else if (moves && node.Input.Count > 0 && (node.OpType == "Concat" ? node.Input : node.Input.Take(1)).All(last.Contains))
                last.UnionWith(node.Output);
            if (read.Count > MostJoined)
                others.UnionWith(read);
            if (read.Count is 0 or > MostJoined)
                continue;
            foreach (string output in node.Output.Where(output => output.Length > 0))
                origins[output] = read;
        }

        // An input that is handed on is read by whoever asks for it.
        foreach (ValueInfoProto output in graph.Output)
            others.UnionWith(origins.GetValueOrDefault(output.Name) ?? []);
        return new(
            [.. graph.Input.Select(input => input.Name).Where(name => started.Contains(name) && !others.Contains(name))],
            [.. graph.Output.Select(output => output.Name).Where(last.Contains)]);
    }
}
