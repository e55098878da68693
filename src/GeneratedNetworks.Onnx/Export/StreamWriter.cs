using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>
/// One step of a network: values with an axis of time have one step of it, and what layers remember comes in and goes out. Which layers see one step after another
/// is what the generator's diagnostic GN0046 says.
/// </summary>
internal sealed class StreamWriter
{
    private static readonly HashSet<string> EachStep = new(StringComparer.Ordinal) { "Activation", "Add", "BatchNorm", "Clip", "Concat", "Dropout", "Embedding", "Gru", "Lstm", "Multiply", "Normalize", "PRelu", "SimpleRnn" };

    private readonly GraphWriter _graph;
    private readonly int _steps;

    // Values that have an axis of time.
    private readonly HashSet<Value> _timed = [];

    public StreamWriter(GraphWriter graph, IReadOnlyList<ExportInput> inputs)
    {
        _graph = graph;
        _steps = inputs[0].Shape[0];
        if (inputs.FirstOrDefault(input => input.Shape[0] != _steps) is { } other)
            throw new ArgumentException($"The inputs have {_steps} and {other.Shape[0]} steps: those of a stream all have the same.", "network");
    }

    /// <summary>The shape of an input's frame in the file: without the axis of time, unless it is the only one.</summary>
    public static IReadOnlyList<int> FrameOf(IReadOnlyList<int> shape) => shape.Count > 1 ? [.. shape.Skip(1)] : [1];

    /// <summary>The frame of an input, with an axis of time.</summary>
    public Value Input(ExportInput input, string name)
    {
        Value value = new([1, .. input.Shape.Skip(1)])
        {
            [AxisOrder.ChannelsLast] = input.Shape.Count > 1 ? _graph.Add("Unsqueeze", input.Name ?? "frame", [name, _graph.AddWholes(input.Name ?? "frame", "axes", [1])]) : name,
        };
        _timed.Add(value);
        return value;
    }

    /// <summary>A result, without its axis of time.</summary>
    public (string Name, IReadOnlyList<int> Shape) Output(Value value, string name) => _timed.Contains(value) && value.Shape.Count > 1
        ? (_graph.Add("Squeeze", "frame", [name, _graph.AddWholes("frame", "axes", [1])]), [.. value.Shape.Skip(1)])
        : (name, value.Shape);

    /// <summary>A layer as it stands in one step, and what it reads there.</summary>
    public (ExportLayer Layer, IReadOnlyList<Value> Inputs) Step(AxisOrders orders, ExportLayer layer, string name, IReadOnlyList<Value> inputs)
    {
        if (!inputs.Any(_timed.Contains))
            return (layer, inputs);
        Value value = inputs[0];
        switch (layer.Attribute)
        {
            case "Embedding" or "SimpleRnn" or "Gru" or "Lstm" or "Add" or "Multiply" or "Concat" when !inputs.All(_timed.Contains):
                throw Refused(name, "joins a value of every step with one of the last step alone");
            case var known when EachStep.Contains(known):
                return value.Shape.Count > 1 || known == "Embedding" ? (layer, inputs) : throw Refused(name, "reads an input without features");
            case "Dense":
                return layer.Flag("PerStep", false) && value.Shape.Count > 1 ? (layer, inputs) : throw Refused(name, "flattens all steps of a window: write PerStep = true");
            case "LayerNorm":
                return layer.Whole("LastAxes", 1) < value.Shape.Count ? (layer, inputs) : throw Refused(name, "runs over all steps of a window");
            case "Reshape" when layer.Wholes("shape") is { } shape && shape[0] == _steps:
                return (layer.With("shape", [.. shape.Skip(1).Prepend(1).Select(extent => extent.ToString(CultureInfo.InvariantCulture))]), inputs);
            case "Conv1D" or "DepthwiseConv1D" when layer.Whole("Stride", 1) == 1 && (layer.Wholes("Strides") ?? [1])[0] == 1:
                return Causal(orders, layer, name, value);
            default:
                throw Refused(name, "sees several steps of a window, or gives another number of them");
        }
    }

    /// <summary>What a layer gave: whether it has an axis of time.</summary>
    public void Gave(ExportLayer layer, IReadOnlyList<Value> inputs, Value value)
    {
        bool endsTime = layer.Attribute is "SimpleRnn" or "Gru" or "Lstm" && !layer.Flag("ReturnSequences", false);
        if (inputs.Any(_timed.Contains) && !endsTime)
            _timed.Add(value);
    }

    /// <summary>The frames that a causal window sees, of which all but the last come in and all but the first go out.</summary>
    private (ExportLayer Layer, IReadOnlyList<Value> Inputs) Causal(AxisOrders orders, ExportLayer layer, string name, Value value)
    {
        int kernel = layer.Wholes("kernel")![0], dilation = (layer.Wholes("Dilations") ?? layer.Wholes("Dilation") ?? [1])[0];
        int before = (kernel - 1) * dilation, channels = value.Channels;
        if (before == 0)
            return (layer, [value]);
        if (layer.Wholes("Pads") is { } pads ? pads[0] != before || pads[1] != 0 : layer.Choice("Padding", Padding.Valid) != Padding.Causal)
            throw Refused(name, "sees steps that are still to come, or misses some: write Padding = Padding.Causal");
        string memory = _graph.Memory($"{name}.frames", [before, channels]);
        string seen = _graph.Add("Concat", name, [memory, orders.NameOf(value, AxisOrder.ChannelsLast, name)], GraphWriter.Whole("axis", 1));
        _graph.Remember(memory, _graph.Add("Slice", name, [seen, _graph.AddWholes(name, "starts", [1]), _graph.AddWholes(name, "ends", [int.MaxValue]), _graph.AddWholes(name, "axes", [1])]));
        Value window = new([before + 1, channels]) { [AxisOrder.ChannelsLast] = seen };
        _timed.Add(window);
        return (layer.Without("Pads").With("Padding", [nameof(Padding.Valid)]), [window]);
    }

    private static ArgumentException Refused(string name, string why) => new($"'{name}' {why}, and a step of a stream has one frame: save the window, without Streaming.", "network");
}
