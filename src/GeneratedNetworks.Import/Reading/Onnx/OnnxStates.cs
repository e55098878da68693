using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Finds the inputs that are first states of recurrent nodes and nothing else, and the output that the same nodes' last states come back as.</summary>
internal static class OnnxStates
{
    private const int FirstState = 5;
    private const int LastState = 1;

    // More values than a file joins into one state.
    private const int MostJoined = 64;

    private static readonly HashSet<string> Movers = ["Cast", "Concat", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"];

    /// <summary>Each such input with its output, or null where there is none.</summary>
    public static IReadOnlyList<(string Input, string? Output)> Find(GraphProto graph)
    {
        // Which states a value becomes, forwards for last states and backwards for first ones: those of a node are its number, and 0 or 1 for a cell.
        Dictionary<string, HashSet<(int Node, int State)>> became = new(StringComparer.Ordinal);
        for (int i = 0; i < graph.Node.Count; i++)
        {
            NodeProto node = graph.Node[i];
            for (int state = 0; IsRecurrent(node) && LastState + state < node.Output.Count; state++)
                became[node.Output[LastState + state]] = [(i, state)];
            if (!Movers.Contains(node.OpType) || node.Input.Count is 0 or > MostJoined || !Moved(node).All(became.ContainsKey))
                continue;
            HashSet<(int, int)> all = [.. Moved(node).SelectMany(value => became[value])];
            foreach (string output in node.Output)
                became[output] = all;
        }

        Dictionary<string, HashSet<(int Node, int State)>> becomes = new(StringComparer.Ordinal);
        HashSet<string> other = [.. graph.Output.Select(output => output.Name)];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            NodeProto node = graph.Node[i];
            HashSet<(int, int)>? moved = Movers.Contains(node.OpType) && node.Input.Count <= MostJoined && !node.Output.Any(other.Contains)
                ? [.. node.Output.SelectMany(output => becomes.GetValueOrDefault(output) ?? []).Take(2 * MostJoined)]
                : null;
            for (int place = 0; place < node.Input.Count; place++)
            {
                string value = node.Input[place];
                if (IsRecurrent(node) && place is FirstState or FirstState + 1)
                    Add(value, [(i, place - FirstState)]);
                else if (moved is not null && (place == 0 || node.OpType == "Concat"))
                    Add(value, moved);
                else
                    other.Add(value);
            }
        }

        List<(string, string?)> found = [];
        foreach (string input in graph.Input.Select(input => input.Name).Where(name => !other.Contains(name)))
        {
            if (becomes.TryGetValue(input, out HashSet<(int Node, int State)>? states) && states.Count > 0)
                found.Add((input, graph.Output.Select(output => output.Name).FirstOrDefault(output => became.TryGetValue(output, out HashSet<(int, int)>? last) && last.SetEquals(states))));
        }

        return found;

        void Add(string value, HashSet<(int Node, int State)> states)
        {
            if (!becomes.TryGetValue(value, out HashSet<(int Node, int State)>? known))
                becomes.Add(value, known = []);
            known.UnionWith(states);
        }
    }

    private static bool IsRecurrent(NodeProto node) => node.OpType is "RNN" or "GRU" or "LSTM";

    private static IEnumerable<string> Moved(NodeProto node) => node.OpType == "Concat" ? node.Input : node.Input.Take(1);
}
