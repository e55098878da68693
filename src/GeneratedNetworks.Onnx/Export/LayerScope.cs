using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>What a layer sees of the file while it writes its nodes.</summary>
/// <param name="graph">Receives the nodes.</param>
/// <param name="orders">Gives values in an order of axes.</param>
/// <param name="layer">The layer.</param>
/// <param name="name">What it is called.</param>
/// <param name="inputs">What it reads.</param>
/// <param name="tensors">The parameters of this layer and those behind it.</param>
internal sealed class LayerScope(GraphWriter graph, AxisOrders orders, ExportLayer layer, string name, IReadOnlyList<Value> inputs, Queue<ExportTensor> tensors)
{
    public ExportLayer Layer => layer;

    public string Name => name;

    public IReadOnlyList<Value> Inputs => inputs;

    /// <summary>The first input.</summary>
    public Value Input => inputs[0];

    public GraphWriter Graph => graph;

    /// <summary>Whether what the layer remembers comes in and goes out.</summary>
    public bool Streams { get; init; }

    public bool IsDouble => graph.Precision == Precision.Double;

    /// <summary>The name of a value in an order of axes.</summary>
    public string NameOf(Value value, AxisOrder order) => orders.NameOf(value, order, name);

    public string Add(string op, IReadOnlyList<string> values, params ProtoMessage[] attributes) => graph.Add(op, name, values, attributes);

    /// <summary>The next parameter, which has to have a shape.</summary>
    public ExportTensor Take(IReadOnlyList<int> shape)
    {
        string extents = string.Join(", ", shape);
        if (tensors.Count == 0)
            throw new ArgumentException($"Layer '{name}' needs a tensor of shape [{extents}], and there is none left.", "network");
        ExportTensor tensor = tensors.Dequeue();
        return tensor.Shape.SequenceEqual(shape) && tensor.Values.Length == Value.Count(shape)
            ? tensor
            : throw new ArgumentException($"Layer '{name}' needs a tensor of shape [{extents}], and '{tensor.Name}' has [{string.Join(", ", tensor.Shape)}].", "network");
    }

    /// <summary>The next parameter, written as it is.</summary>
    public string Parameter(params int[] shape)
    {
        ExportTensor tensor = Take(shape);
        return graph.AddTensor(tensor.Name, shape, tensor.Values);
    }

    /// <summary>Equal numbers, in place of a parameter that the layer lacks and its operator takes.</summary>
    public string Constant(string what, IReadOnlyList<int> shape, double value) =>
        graph.AddTensor($"{name}/{what}", shape, [.. Enumerable.Repeat(value, Value.Count(shape))]);

    /// <summary>The next parameter, one number for each channel of a value, so that it meets them in an order of axes.</summary>
    public string PerChannel(Value value, AxisOrder order, int? count = null)
    {
        ExportTensor tensor = Take([count ?? value.Channels]);
        int axes = order == AxisOrder.ChannelsFirst && tensor.Values.Length > 1 ? value.Shape.Count - 1 : 0;
        return graph.AddTensor(tensor.Name, [tensor.Values.Length, .. Enumerable.Repeat(1, axes)], tensor.Values);
    }

    /// <summary>The order of a layer with a number for each channel: that of its input, but a row's channels are its elements as ours lie.</summary>
    public AxisOrder OrderOf(Value value) => value.Shape.Count == 1 ? AxisOrder.ChannelsLast : value.Order;

    /// <summary>A value of an element-wise function.</summary>
    /// <param name="value">What it is a function of.</param>
    /// <param name="order">The order of axes to compute it in.</param>
    /// <param name="write">Adds the nodes for a name and returns that of the result.</param>
    public Value Map(Value value, AxisOrder order, Func<string, string> write) => value.Like(write(NameOf(value, order)), order);

    /// <summary>A function behind a layer; a softmax runs along the last axis.</summary>
    public Value Activate(Value value, Activation function)
    {
        if (function == Activation.Identity)
            return value;
        bool isSoftmax = function is Activation.Softmax or Activation.LogSoftmax;
        AxisOrder order = isSoftmax ? OrderOf(value) : value.Order;
        int axis = order == AxisOrder.ChannelsFirst ? 1 : -1;
        return Map(value, order, x => ActivationWriter.Write(graph, function, name, x, axis));
    }

    /// <summary>Limits of a value; one that is infinite is left out.</summary>
    public Value Clip(Value value, double minimum, double maximum) => Map(value, value.Order, x =>
    {
        List<string> arguments = [x, double.IsInfinity(minimum) ? "" : graph.Number(minimum)];
        if (!double.IsInfinity(maximum))
            arguments.Add(graph.Number(maximum));
        return Add("Clip", arguments);
    });
}
