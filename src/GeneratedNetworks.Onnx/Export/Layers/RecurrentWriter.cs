using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export.Layers;

/// <summary>RNN, GRU and LSTM over a window, and the table of an embedding. Their operators take time before the batch, matrices with their outputs first, and gates in an order of their own.</summary>
internal static class RecurrentWriter
{
    // Which of our gates stands at each place of the file's.
    private static readonly int[] Simple = [0], GruGates = [0, 1, 2], LstmGates = [0, 3, 1, 2];

    private static readonly Dictionary<Activation, string> Functions = new()
    {
        [Activation.Tanh] = "Tanh",
        [Activation.Relu] = "Relu",
        [Activation.Sigmoid] = "Sigmoid",
        [Activation.Softsign] = "Softsign",
        [Activation.Softplus] = "Softplus",
        [Activation.Elu] = "Elu",
    };

    public static Value WriteSimple(LayerScope scope)
    {
        Activation function = scope.Layer.Choice("activation", Activation.Tanh);
        if (!Functions.TryGetValue(function, out string? name))
            throw new ArgumentException($"Layer '{scope.Name}' has the function {function} in its steps, which the operator RNN of ONNX does not know.", "network");
        return Write(scope, "RNN", Simple, GraphWriter.Texts("activations", [name]));
    }

    public static Value WriteGru(LayerScope scope) => Write(scope, "GRU", GruGates, GraphWriter.Whole("linear_before_reset", scope.Layer.Flag("ResetAfter", true) ? 1 : 0));

    public static Value WriteLstm(LayerScope scope) => scope.Layer.Real("CellClip", 0) > 0
        ? throw new ArgumentException($"Layer '{scope.Name}' holds its cells in a range (CellClip), for which ONNX has no operator: its clip limits what goes into the functions.", "network")
        : Write(scope, "LSTM", LstmGates);

    /// <summary>Rows of the table; the numbers come in the file's own type, as they do to Forward.</summary>
    public static Value WriteEmbedding(LayerScope scope)
    {
        int columns = scope.Layer.Whole("dimensions");
        string table = scope.Parameter(scope.Layer.Whole("vocabulary"), columns);
        string ids = scope.Add("Cast", [scope.NameOf(scope.Input, AxisOrder.ChannelsLast)], GraphWriter.Whole("to", GraphWriter.Int64Type));
        return new Value([.. scope.Input.Shape, columns]) { [AxisOrder.ChannelsLast] = scope.Add("Gather", [table, ids]) };
    }

    private static Value Write(LayerScope scope, string op, int[] order, params ProtoMessage[] attributes)
    {
        int units = scope.Layer.Whole("units"), width = order.Length * units, steps = scope.Input.Shape[0];
        string x = scope.Add("Transpose", [scope.NameOf(scope.Input, AxisOrder.ChannelsLast)], GraphWriter.Wholes("perm", [1, 0, 2]));
        List<string> arguments = [x, Matrix(scope, scope.Input.Channels), Matrix(scope, units)];
        if (scope.Layer.Flag("UseBias", true))
            arguments.Add(Bias());
        string y = scope.Streams ? Remembering() : scope.Add(op, arguments, [GraphWriter.Whole("hidden_size", units), .. attributes]);

        // [time, 1, batch, units]
        if (scope.Layer.Flag("ReturnSequences", false))
        {
            string states = scope.Add("Squeeze", [y, scope.Graph.AddWholes(scope.Name, "axes", [1])]);
            return new Value([steps, units]) { [AxisOrder.ChannelsLast] = scope.Add("Transpose", [states], GraphWriter.Wholes("perm", [1, 0, 2])) };
        }

        string last = scope.Add("Gather", [y, scope.Graph.AddWholes(scope.Name, "last", [-1])]);
        return new Value([units]) { [AxisOrder.ChannelsLast] = scope.Add("Squeeze", [last, scope.Graph.AddWholes(scope.Name, "axes", [0, 1])]) };

        // One step from states that come in to those that go out: [1, batch, units] in the operator.
        string Remembering()
        {
            string[] words = op == "LSTM" ? ["state", "memory"] : ["state"];
            string[] memories = [.. words.Select(word => scope.Graph.Memory($"{scope.Name}.{word}", [units]))];
            string axes = scope.Graph.AddWholes(scope.Name, "directions", [0]);
            arguments.AddRange(Enumerable.Repeat("", 5 - arguments.Count));
            arguments.AddRange(memories.Select(memory => scope.Add("Unsqueeze", [memory, axes])));
            string[] results = scope.Graph.AddSeveral(op, scope.Name, arguments, ["states", .. words], [GraphWriter.Whole("hidden_size", units), .. attributes]);
            for (int i = 0; i < memories.Length; i++)
                scope.Graph.Remember(memories[i], scope.Add("Squeeze", [results[i + 1], axes]));
            return results[0];
        }

        string Matrix(LayerScope layer, int rows)
        {
            ExportTensor tensor = layer.Take([rows, width]);
            double[] values = [.. order.SelectMany(gate => Enumerable.Range(gate * units, units)).SelectMany(column => Enumerable.Range(0, rows).Select(row => tensor.Values[(row * width) + column]))];
            return layer.Graph.AddTensor(tensor.Name, [1, width, rows], values);
        }

        // Two in the file: that of U is ours where the reset gate stands behind its product, and otherwise 0.
        string Bias()
        {
            bool hasTwo = op == "GRU" && scope.Layer.Flag("ResetAfter", true);
            ExportTensor tensor = scope.Take(hasTwo ? [2, width] : [width]);
            IEnumerable<double> inOrder(int start) => order.SelectMany(gate => tensor.Values.Skip(start + (gate * units)).Take(units));
            return scope.Graph.AddTensor(tensor.Name, [1, 2 * width], [.. inOrder(0), .. hasTwo ? inOrder(width) : Enumerable.Repeat(0.0, width)]);
        }
    }
}
