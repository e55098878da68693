using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>Writes the layers of a network one after the other.</summary>
internal sealed class NetworkWriter
{
    private readonly ExportNetwork _network;
    private readonly GraphWriter _graph;
    private readonly AxisOrders _orders;
    private readonly StreamWriter? _stream;
    private readonly Queue<ExportTensor> _tensors;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    // What layers call the one input of a network that gives it no name, unless one of them is called so.
    private const string OnlyInput = "x";

    public NetworkWriter(ExportNetwork network, Precision precision, OnnxHeader header)
    {
        _network = network;
        _graph = new GraphWriter(precision, header);
        _orders = new AxisOrders(_graph);
        _tensors = new Queue<ExportTensor>(network.Tensors);
        _stream = network.Streams ? new StreamWriter(_graph, network.Inputs) : null;
        for (int i = 0; i < network.Inputs.Count; i++)
        {
            ExportInput input = network.Inputs[i];
            _values.Add(input.Name ?? OnlyInput, _stream?.Input(input, header.Inputs[i]) ?? new Value(input.Shape) { Order = input.Order, [input.Order] = header.Inputs[i] });
        }
    }

    public ProtoMessage Write()
    {
        Value value = _values[_network.Inputs[0].Name ?? OnlyInput];
        string name = "network";
        foreach (ExportLayer layer in _network.Layers)
        {
            LayerWriter writer = LayerTable.Find(layer.Attribute)
                ?? throw new ArgumentException($"A layer '{layer.Attribute}' cannot be written as ONNX in any operator set.", "network");
            name = NameOf(layer, writer.Word);
            Value[] read = [.. InputsOf(layer, name, value)];
            (ExportLayer written, IReadOnlyList<Value> inputs) = _stream?.Step(_orders, layer, name, read) ?? (layer, read);
            value = writer.Write(new LayerScope(_graph, _orders, written, name, inputs, _tensors) { Streams = _stream is not null });
            _stream?.Gave(layer, inputs, value);
            _values[name] = value;
        }

        if (_tensors.Count > 0)
            throw new ArgumentException($"The tensor '{_tensors.Peek().Name}' belongs to no layer.", "network");
        IReadOnlyList<string> outputs = _network.Outputs.Count > 0 ? _network.Outputs : [name];
        IEnumerable<Value> results = _network.Layers.Count == 0 ? [value] : outputs.Select(output => Find(output, "the network"));
        return _graph.Finish(
            [.. _network.Inputs.Select(input => _stream is null ? Lying(input.Shape, input.Order) : StreamWriter.FrameOf(input.Shape))],
            [.. results.Select((result, i) => _stream?.Output(result, _orders.NameOf(result, AxisOrder.ChannelsLast, outputs[i])) ?? (_orders.NameOf(result, OrderOf(i), outputs[i]), Lying(result.Shape, OrderOf(i))))]);

        AxisOrder OrderOf(int output) => output < _network.OutputOrders.Count ? _network.OutputOrders[output] : AxisOrder.ChannelsLast;

        static IReadOnlyList<int> Lying(IReadOnlyList<int> shape, AxisOrder order) => order == AxisOrder.ChannelsFirst ? Axes.ChannelsFirst(shape) : shape;
    }

    /// <summary>Its own, or its kind with a number among those of the kind, as declared networks are named.</summary>
    private string NameOf(ExportLayer layer, string word)
    {
        _numbers.TryGetValue(word, out int before);
        _numbers[word] = before + 1;
        return layer.Text("Name") ?? FormattableString.Invariant($"{word}{before + 1}");
    }

    private IEnumerable<Value> InputsOf(ExportLayer layer, string name, Value above)
    {
        if (layer.HasTexts("from"))
            return layer.Texts("from").Select(source => Find(source, name));
        return [layer.Text("From") is { } from ? Find(from, name) : above];
    }

    private Value Find(string source, string reader) => _values.TryGetValue(source, out Value? value)
        ? value
        : throw new ArgumentException($"'{reader}' reads '{source}', and no layer or input above it is called so.", "network");
}
