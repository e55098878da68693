using System.Numerics;
using GeneratedNetworks.Import;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>An imported model as a network that runs by plain loops in double: what its layers and tensors mean, without the generator.</summary>
internal sealed class PlainNetwork<T> : INetwork<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly ImportedModel _model;
    private readonly IReadOnlyList<string> _names;
    private readonly double[] _parameters;
    private readonly NetworkParameter[] _layout;
    private int? _outputSize;

    /// <param name="model">With layers.</param>
    public PlainNetwork(ImportedModel model)
    {
        _model = model;
        _names = ImportedArguments.Names(model);
        _parameters = [.. model.Tensors.SelectMany(tensor => tensor.Values!)];
        int offset = 0;
        _layout = new NetworkParameter[model.Tensors.Count];
        for (int i = 0; i < _layout.Length; i++)
        {
            _layout[i] = new NetworkParameter(model.Tensors[i].Name, offset, [.. model.Tensors[i].Shape]);
            offset += _layout[i].Length;
        }

        InputSize = PlainValue.Count(model.InputShape!);
    }

    public int InputSize { get; }

    public int OutputSize => _outputSize ??= Forward(new double[InputSize]).Length;

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

    private double[] Forward(double[] sample)
    {
        Dictionary<string, PlainValue> values = Inputs(sample);
        PlainValue above = values[_model.Inputs.Count == 0 ? ImportedArguments.InputName : ImportedArguments.NameOfInput(_model.Inputs[0])];
        int next = 0;
        PlainLayers layers = new(() =>
        {
            NetworkParameter parameter = _layout[next++];
            return _parameters[parameter.Offset..(parameter.Offset + parameter.Length)];
        });
        for (int i = 0; i < _model.Layers.Count; i++)
        {
            IReadOnlyList<string> sources = ImportedArguments.Sources(_model.Layers[i]);
            above = layers.Apply(_model.Layers[i], sources.Count == 0 ? [above] : [.. sources.Select(Find)]);
            values[_names[i]] = above;
        }

        return _model.Outputs.Count == 0 ? above.Elements : [.. _model.Outputs.SelectMany(output => Find(ImportedArguments.NameOfOutput(output)).Elements)];

        PlainValue Find(string name) => values.TryGetValue(name, out PlainValue? value) ? value : throw new NotSupportedException($"There is no value '{name}'.");
    }

    /// <summary>The one input, or the parts of a row of several; the first stands above the first layer.</summary>
    private Dictionary<string, PlainValue> Inputs(double[] sample)
    {
        if (_model.Inputs.Count == 0)
            return new() { [ImportedArguments.InputName] = new(_model.InputShape!, sample) };
        Dictionary<string, PlainValue> values = [];
        int offset = 0;
        foreach (ImportedPort input in _model.Inputs)
        {
            int count = PlainValue.Count(input.Shape);
            values.Add(ImportedArguments.NameOfInput(input), new(input.Shape, sample[offset..(offset + count)]));
            offset += count;
        }

        return values;
    }
}
