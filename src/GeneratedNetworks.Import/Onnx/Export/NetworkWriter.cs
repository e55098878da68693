using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx.Export;

/// <summary>Writes the layers of a model one after the other.</summary>
internal sealed class NetworkWriter(ImportedModel model, Precision precision)
{
    private readonly GraphWriter _graph = new(precision);
    private readonly Queue<ImportedTensor> _tensors = new(model.Tensors);

    public GraphProto Write(IReadOnlyList<int> inputShape)
    {
        int[] shape = [.. inputShape];
        string value = GraphWriter.Input;
        int number = 0;
        foreach (ImportedLayer layer in model.Layers)
        {
            number++;
            string name = layer.Get("Name", $"{layer.Attribute.ToLowerInvariant()}{number}");
            switch (layer.Attribute)
            {
                case "Dense":
                    value = Dense(layer, name, Flat(name, value, ref shape), ref shape);
                    value = Activate(layer, name, value, shape);
                    break;
                case "Activation":
                    value = Activate(layer, name, value, shape);
                    break;
                case "Normalize":
                    value = _graph.Add("Sub", name, [value, Parameter(name, [shape[^1]])]);
                    value = _graph.Add("Div", name, [value, Parameter(name, [shape[^1]])]);
                    double limit = layer.Get("Clip", 0.0);
                    if (limit != 0)
                        value = Clip(name, value, -limit, limit);
                    break;
                case "Clip":
                    value = Clip(name, value, layer.Get("minimum", double.NegativeInfinity), layer.Get("maximum", double.PositiveInfinity));
                    break;
                case "Flatten":
                    value = Flat(name, value, ref shape);
                    break;
                case "Dropout":
                    break;
                default:
                    throw new ArgumentException($"A layer '{layer.Attribute}' cannot be written as ONNX.", nameof(model));
            }
        }

        if (_tensors.Count > 0)
            throw new ArgumentException($"The tensor '{_tensors.Peek().Name}' belongs to no layer.", nameof(model));
        return _graph.Finish(value, [.. inputShape], shape);
    }

    private string Dense(ImportedLayer layer, string name, string input, ref int[] shape)
    {
        int units = layer.Get("units", 0);
        List<string> inputs = [input, Parameter(name, [shape[0], units])];
        if (layer.Get("UseBias", true))
            inputs.Add(Parameter(name, [units]));
        shape = [units];
        return _graph.Add("Gemm", name, inputs);
    }

    /// <summary>An end that is infinite is left out.</summary>
    private string Clip(string name, string value, double minimum, double maximum)
    {
        List<string> inputs = [value, double.IsFinite(minimum) ? _graph.Number(minimum) : ""];
        if (double.IsFinite(maximum))
            inputs.Add(_graph.Number(maximum));
        return _graph.Add("Clip", name, inputs);
    }

    private string Parameter(string layer, int[] shape)
    {
        if (!_tensors.TryDequeue(out ImportedTensor? tensor))
            throw new ArgumentException($"Layer '{layer}' needs a tensor of shape [{string.Join(", ", shape)}], and there is none left.", nameof(model));
        if (tensor.Values is not { } values || !tensor.Shape.SequenceEqual(shape) || values.Length != Axes.Count(shape))
        {
            throw new ArgumentException(
                $"Layer '{layer}' needs a tensor of shape [{string.Join(", ", shape)}], and '{tensor.Name}' has [{string.Join(", ", tensor.Shape)}].", nameof(model));
        }

        return _graph.AddTensor(tensor.Name, shape, values);
    }

    private string Activate(ImportedLayer layer, string name, string value, int[] shape)
    {
        Activation function = layer.Get("activation", Activation.Identity);
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
        shape = [Axes.Count(shape)];
        return _graph.Add("Flatten", name, [value], GraphWriter.Whole("axis", 1));
    }
}
