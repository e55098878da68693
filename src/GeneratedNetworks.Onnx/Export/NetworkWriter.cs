using System;
using System.Collections.Generic;
using System.Linq;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>Writes the layers of a network one after the other.</summary>
internal sealed class NetworkWriter(ExportNetwork network, Precision precision, OnnxHeader header)
{
    private readonly GraphWriter _graph = new(precision, header);
    private readonly Queue<ExportTensor> _tensors = new(network.Tensors);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public ProtoMessage Write()
    {
        int[] shape = [.. network.InputShape];
        string value = _graph.Input;
        foreach (ExportLayer layer in network.Layers)
        {
            string name = NameOf(layer);
            switch (layer.Attribute)
            {
                case "Dense" when layer.Flag("PerStep", false):
                    throw new ArgumentException($"'{name}' acts on each step, which cannot be written as ONNX.", nameof(network));
                case "Dense":
                    value = Dense(layer, name, Flat(name, value, ref shape), ref shape);
                    value = Activate(layer, name, value, shape);
                    break;
                case "Activation":
                    value = Activate(layer, name, value, shape);
                    break;
                case "Normalize":
                    value = _graph.Add("Sub", name, [value, Parameter(name, [shape[shape.Length - 1]])]);
                    value = _graph.Add("Div", name, [value, Parameter(name, [shape[shape.Length - 1]])]);
                    double limit = layer.Real("Clip", 0);
                    if (limit != 0)
                        value = Clip(name, value, -limit, limit);
                    break;
                case "Clip":
                    value = Clip(name, value, layer.Real("minimum", double.NegativeInfinity), layer.Real("maximum", double.PositiveInfinity));
                    break;
                case "Flatten":
                    value = Flat(name, value, ref shape);
                    break;
                case "Dropout":
                    break;
                default:
                    throw new ArgumentException($"A layer '{layer.Attribute}' cannot be written as ONNX.", nameof(network));
            }
        }

        if (_tensors.Count > 0)
            throw new ArgumentException($"The tensor '{_tensors.Peek().Name}' belongs to no layer.", nameof(network));
        return _graph.Finish(value, network.InputShape, shape);
    }

    /// <summary>Its own, or its kind with a number among those of the kind, as declared networks are named.</summary>
    private string NameOf(ExportLayer layer)
    {
        string kind = layer.Attribute.ToLowerInvariant();
        _numbers.TryGetValue(kind, out int before);
        _numbers[kind] = before + 1;
        return layer.Text("Name") ?? FormattableString.Invariant($"{kind}{before + 1}");
    }

    private string Dense(ExportLayer layer, string name, string input, ref int[] shape)
    {
        int units = layer.Whole("units");
        List<string> inputs = [input, Parameter(name, [shape[0], units])];
        if (layer.Flag("UseBias", true))
            inputs.Add(Parameter(name, [units]));
        shape = [units];
        return _graph.Add("Gemm", name, inputs);
    }

    /// <summary>An end that is infinite is left out.</summary>
    private string Clip(string name, string value, double minimum, double maximum)
    {
        List<string> inputs = [value, IsFinite(minimum) ? _graph.Number(minimum) : ""];
        if (IsFinite(maximum))
            inputs.Add(_graph.Number(maximum));
        return _graph.Add("Clip", name, inputs);

        static bool IsFinite(double end) => !double.IsInfinity(end);
    }

    private string Parameter(string layer, int[] shape)
    {
        if (_tensors.Count == 0)
            throw new ArgumentException($"Layer '{layer}' needs a tensor of shape [{string.Join(", ", shape)}], and there is none left.", nameof(network));
        ExportTensor tensor = _tensors.Dequeue();
        if (!tensor.Shape.SequenceEqual(shape) || tensor.Values.Length != Count(shape))
        {
            throw new ArgumentException(
                $"Layer '{layer}' needs a tensor of shape [{string.Join(", ", shape)}], and '{tensor.Name}' has [{string.Join(", ", tensor.Shape)}].", nameof(network));
        }

        return _graph.AddTensor(tensor.Name, shape, tensor.Values);
    }

    private string Activate(ExportLayer layer, string name, string value, int[] shape)
    {
        Activation function = layer.Function();
        bool isOverAll = function is Activation.Softmax or Activation.LogSoftmax && shape.Length > 1;
        if (!isOverAll)
            return ActivationWriter.Write(_graph, function, name, value);

        // Ours runs over all elements of a sample, ONNX's along one axis.
        int[] flat = shape;
        string result = ActivationWriter.Write(_graph, function, name, Flat(name, value, ref flat));
        return _graph.Add("Reshape", name, [result, _graph.AddShape(name, [-1, .. shape.Select(extent => (long)extent)])]);
    }

    private string Flat(string name, string value, ref int[] shape)
    {
        if (shape.Length == 1)
            return value;
        shape = [Count(shape)];
        return _graph.Add("Flatten", name, [value], GraphWriter.Whole("axis", 1));
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);
}
