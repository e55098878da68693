using System.Numerics;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>An imported model as a network that runs by plain loops in double: what its layers and tensors mean, without the generator.</summary>
internal sealed class PlainNetwork<T> : INetwork<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly ImportedModel _model;
    private readonly double[] _parameters;
    private readonly NetworkParameter[] _layout;

    /// <param name="model">With layers.</param>
    public PlainNetwork(ImportedModel model)
    {
        _model = model;
        _parameters = [.. model.Tensors.SelectMany(tensor => tensor.Values!)];
        int offset = 0;
        _layout = new NetworkParameter[model.Tensors.Count];
        for (int i = 0; i < _layout.Length; i++)
        {
            _layout[i] = new NetworkParameter(model.Tensors[i].Name, offset, [.. model.Tensors[i].Shape]);
            offset += _layout[i].Length;
        }

        InputSize = model.InputShape!.Aggregate(1, (product, extent) => product * extent);

        // Of the layers that there are, one alone changes how many elements a value has.
        OutputSize = model.Layers.LastOrDefault(layer => layer.Attribute == "Dense")?.Get("units", 0) ?? InputSize;
    }

    public int InputSize { get; }

    public int OutputSize { get; }

    public int ParameterCount => _parameters.Length;

    public ReadOnlySpan<NetworkParameter> ParameterLayout => _layout;

    public NetworkInfo Info => field ??= PlainInfo.Of<T>(_model, _layout);

    public void GetParameters(Span<T> destination)
    {
        for (int i = 0; i < _parameters.Length; i++)
            destination[i] = T.CreateChecked(_parameters[i]);
    }

    public void SetParameters(ReadOnlySpan<T> source)
    {
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i] = double.CreateChecked(source[i]);
    }

    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        double[] sample = new double[InputSize];
        for (int start = 0, to = 0; start < inputs.Length; start += InputSize, to += OutputSize)
        {
            for (int i = 0; i < InputSize; i++)
                sample[i] = double.CreateChecked(inputs[start + i]);
            double[] result = Forward(sample);
            for (int i = 0; i < OutputSize; i++)
                outputs[to + i] = T.CreateChecked(result[i]);
        }
    }

    private double[] Forward(double[] value)
    {
        int next = 0;
        foreach (ImportedLayer layer in _model.Layers)
        {
            value = layer.Attribute switch
            {
                "Dense" => Dense(layer, value, ref next),

                // A function follows below; a new shape moves no element, and dropout is for training.
                "Activation" or "Flatten" or "Dropout" => value,
                _ => throw new NotSupportedException($"There is no plain form of the layer {layer.Attribute}."),
            };
            value = PlainActivation.Apply(layer.Get("activation", Activation.Identity), value);
        }

        return value;
    }

    private double[] Dense(ImportedLayer layer, double[] value, ref int next)
    {
        int units = layer.Get("units", 0);
        int weight = _layout[next++].Offset;
        double[] result = new double[units];
        if (layer.Get("UseBias", true))
            Array.Copy(_parameters, _layout[next++].Offset, result, 0, units);
        for (int i = 0; i < value.Length; i++)
        {
            for (int o = 0; o < units; o++)
                result[o] += value[i] * _parameters[weight + (i * units) + o];
        }

        return result;
    }
}
