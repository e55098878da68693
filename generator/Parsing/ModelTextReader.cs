using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Reads the text that the build makes of a model file; <c>ModelText</c> of the import library writes it and describes it.</summary>
internal sealed class ModelTextReader
{
    public const string Signature = "GeneratedNetworks model 3";

    private const string FirstLine = "GeneratedNetworks model ";

    private readonly string _text;
    private readonly string _checksum;
    private readonly bool _withElements;
    private readonly CancellationToken _cancellation;
    private readonly List<ModelNetwork> _networks = [];
    private readonly List<string> _notes = [];
    private readonly List<ModelFunction> _functions = [];

    // Those of all networks, and where those of the one that is read begin.
    private readonly List<ModelTensor> _tensors = [];
    private int _firstTensor;

    private List<LayerModel> _layers = [];
    private List<ModelValue> _values = [];
    private string? _network;
    private string? _inferenceOnly;
    private string _source;
    private string _format = "";
    private string? _error;
    private WeightOrder? _weightOrder;
    private bool _isFromPyTorch;
    private List<int> _inputShape = [];
    private List<InputModel> _inputs = [];
    private List<OutputModel> _outputs = [];
    private string? _inputName;
    private bool _hasOpenSteps;
    private bool _isFrame;
    private bool _isDamaged;
    private int _next;
    private int _line;

    private ModelTextReader(string text, string checksum, string fallbackSource, bool withElements, CancellationToken cancellation)
    {
        _text = text;
        _checksum = checksum;
        _source = fallbackSource;
        _withElements = withElements;
        _cancellation = cancellation;
    }

    /// <summary>Whether a text is of this kind, of any version.</summary>
    public static bool IsModelText(string text) => text.StartsWith(FirstLine, StringComparison.Ordinal);

    /// <param name="text">The whole text.</param>
    /// <param name="checksum">Stands for the text in comparisons.</param>
    /// <param name="fallbackSource">What to call the model where the text does not get as far as saying it.</param>
    /// <param name="withElements">False: names, types and shapes are enough.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ModelFile Read(string text, string checksum, string fallbackSource, bool withElements, CancellationToken cancellation)
    {
        ModelTextReader reader = new(text, checksum, fallbackSource, withElements, cancellation);
        try
        {
            reader.Read();
        }
        catch (FormatException exception)
        {
            reader._isDamaged = true;
            reader._error = $"{reader._source}: the text made of it is damaged in line {Text(reader._line)}: {exception.Message}; build the project again";
        }

        // The first network is the file's own where nothing says that there is none.
        ModelNetwork? own = reader._error is null ? reader._networks.FirstOrDefault() : null;
        return new ModelFile(reader._source, checksum)
        {
            Format = reader._format,
            Error = reader._error,
            WeightOrder = reader._weightOrder,
            IsFromPyTorch = reader._isFromPyTorch,
            Functions = new(reader._functions),
            InputShape = own?.InputShape ?? default,
            Inputs = own?.Inputs ?? default,
            HasOpenSteps = own?.HasOpenSteps ?? false,
            IsFrame = own?.IsFrame ?? false,
            Outputs = own?.Outputs ?? default,
            Layers = own?.Layers ?? default,
            Tensors = own?.Tensors ?? default,
            InferenceOnly = own?.InferenceOnly,
            Notes = new(reader._notes),
            Networks = new(reader._isDamaged ? [] : reader._networks),
        };
    }

    private void Read()
    {
        if (NextLine() is not Signature)
            throw new FormatException($"it begins with another version than '{Signature}', so it was made by another version of GeneratedNetworks.Build");
        while (NextLine() is { } line)
        {
            _cancellation.ThrowIfCancellationRequested();
            ModelTextLine words = new(line);
            switch (words.Word())
            {
                case "source":
                    _source = words.Quoted();
                    break;
                case "format":
                    _format = words.Quoted();
                    break;
                case "error":
                    _error = words.Quoted();
                    break;
                case "order":
                    string order = words.Word();
                    _weightOrder = Enum.TryParse(order, out WeightOrder known) && Enum.IsDefined(typeof(WeightOrder), known)
                        ? known
                        : throw new FormatException($"'{order}' is no order of weights");
                    break;
                case "from":
                    string framework = words.Word();
                    _isFromPyTorch = framework == "PyTorch" ? true : throw new FormatException($"'{framework}' is no framework that is known");
                    break;
                case "function":
                    ModelFunction function = new(words.Quoted(), words.Quoted());
                    if (_functions.Exists(other => other.Layer == function.Layer))
                        throw new FormatException($"it says twice what stands behind '{function.Layer}'");
                    _functions.Add(function);
                    break;
                case "note":
                    _notes.Add(words.Quoted());
                    break;
                case "network":
                    EndNetwork();
                    _network = words.Quoted();
                    break;
                case "input":
                    ReadInput(words);
                    break;
                case "open":
                    _hasOpenSteps = _inputShape.Count > 0 && _inputs.Count == 0 ? true : throw new FormatException("it leaves the steps of no input open");
                    break;
                case "frames":
                    _isFrame = _inputShape.Count > 0 ? true : throw new FormatException("it says of no input that its first extent counts frames");
                    break;
                case "output":
                    string output = words.Quoted();
                    _outputs.Add(new(output, null, 1, -1));
                    break;
                case "inference":
                    _inferenceOnly = words.Quoted();
                    break;
                case "value":
                    ReadValue(words);
                    break;
                case "layer":
                    ReadLayer(words);
                    break;
                case "tensor":
                    ReadTensor(words);
                    break;
                case "same":
                    ReadSame(words);
                    break;
                case "end":
                    if (words.Word() != Text(_tensors.Count))
                        throw new FormatException($"it ends after {Text(_tensors.Count)} tensors and should hold another number of them");
                    EndNetwork();
                    return;
                case var other:
                    throw new FormatException($"'{other}' is no known word");
            }
        }

        throw new FormatException("its end is missing");
    }

    private void EndNetwork()
    {
        if (_inputShape.Count > 0 && _layers.Count == 0)
            throw new FormatException("it has an input and no layer");
        int tensors = _tensors.Count - _firstTensor;
        if (_values.FirstOrDefault(value => value.Layers > _layers.Count || value.Tensors > tensors) is { } outside)
            throw new FormatException($"the value '{outside.Name}' lies behind more layers or tensors than there are");
        if (_network is not null || _layers.Count > 0 || tensors > 0)
        {
            _networks.Add(new(_network ?? "", new(_inputShape), new(_layers), new(_tensors.Skip(_firstTensor)), new(_values), _inferenceOnly)
            {
                InputName = _inputName,
                HasOpenSteps = _hasOpenSteps,
                IsFrame = _isFrame,
                Inputs = new(_inputs),
                Outputs = new(_outputs),
            });
        }

        (_network, _inferenceOnly, _inputShape, _inputName, _layers, _values, _firstTensor) = (null, null, [], null, [], [], _tensors.Count);
        (_inputs, _outputs, _hasOpenSteps, _isFrame) = ([], [], false, false);
    }

    /// <summary>The one input, or, with a second name by which layers read it, one of several.</summary>
    private void ReadInput(ModelTextLine words)
    {
        List<int> shape = words.Sizes();
        string? file = words.IsQuoted ? words.Quoted() : null;
        if (!words.IsQuoted)
        {
            (_inputShape, _inputName) = (shape, file);
            return;
        }

        _inputs.Add(new(words.Quoted(), new(shape), -1));
        long count = _inputs.Sum(input => input.Shape.Aggregate(1L, (product, extent) => Math.Min(int.MaxValue, product * extent)));
        _inputShape = [(int)Math.Min(int.MaxValue, count)];
    }

    private void ReadValue(ModelTextLine words)
    {
        int layers = words.Number();
        int tensors = words.Number();
        bool isLinear = !words.IsQuoted;
        if (isLinear && words.Word() is var word && word != "linear")
            throw new FormatException($"'{word}' is no known word of a value");
        _values.Add(new(words.Quoted(), layers > 0 ? layers : throw new FormatException("a value lies behind no layer"), tensors, isLinear));
    }

    private void ReadSame(ModelTextLine words)
    {
        int number = words.Number();
        if (number >= _tensors.Count)
            throw new FormatException($"it refers to tensor {Text(number)}, and there are {Text(_tensors.Count)} before it");
        ModelTensor tensor = _tensors[number];
        _tensors.Add(new ModelTensor(words.Quoted(), tensor.ElementType, tensor.Shape)
        {
            Elements = tensor.Elements,
            NotFinite = tensor.NotFinite,
            Largest = tensor.Largest,
        });
    }

    private void ReadLayer(ModelTextLine words)
    {
        // One that is not known cannot be left out: the network would be another.
        string attribute = words.Word();
        LayerRegistration layer = LayerRegistry.Find(attribute) ?? throw new FormatException($"'{attribute}' is no known layer");
        List<Argument> arguments = words.Arguments(layer);
        if (layer.Arguments.FirstOrDefault(schema => schema.IsRequired && !arguments.Exists(argument => argument.Name == schema.Name)) is { } missing)
            throw new FormatException($"'{attribute}' has no {missing.Name}");
        _layers.Add(new LayerModel(attribute, new(arguments), -1));
    }

    private void ReadTensor(ModelTextLine words)
    {
        string name = words.Quoted();
        string type = words.Word();
        List<int> shape = words.Sizes();
        if (type is not ("F32" or "F64"))
        {
            _tensors.Add(new ModelTensor(name, type, new(shape)));
            return;
        }

        double count = 1;
        foreach (int extent in shape)
            count *= extent;
        int size = type == "F32" ? sizeof(float) : sizeof(double);
        (int start, int length) = NextBounds() ?? throw new FormatException($"the elements of '{name}' are missing");
        int padding = length > 1 && _text[start + length - 2] == '=' ? 2 : length > 0 && _text[start + length - 1] == '=' ? 1 : 0;
        long bytes = (length / 4 * 3L) - padding;
        if (bytes != count * size)
        {
            string needed = (count * size).ToString("0", CultureInfo.InvariantCulture);
            throw new FormatException($"'{name}' holds {Text(bytes)} bytes, and its shape needs {needed}");
        }

        _tensors.Add(_withElements
            ? Decode(name, type, shape, Elements(name, start, length, bytes))
            : new ModelTensor(name, type, new(shape)));
    }

    private byte[] Elements(string name, int start, int length, long bytes)
    {
        byte[] elements = Convert.FromBase64String(_text.Substring(start, length));
        if (elements.Length == bytes)
            return elements;

        // White space is passed over, and leaves fewer numbers than the shape needs.
        int at = start;
        while (!char.IsWhiteSpace(_text[at]))
            at++;
        throw new FormatException($"the elements of '{name}' have white space at column {Text(at - start + 1)}");
    }

    private static ModelTensor Decode(string name, string type, List<int> shape, byte[] bytes)
    {
        // Every host of a C# compiler is little-endian, as the text is.
        Array elements = type == "F32" ? new float[bytes.Length / sizeof(float)] : new double[bytes.Length / sizeof(double)];
        Buffer.BlockCopy(bytes, 0, elements, 0, bytes.Length);
        double largest = 0;
        int i = 0;
        if (elements is float[] singles)
        {
            for (; i < singles.Length && IsFinite(singles[i], ref largest); i++)
                continue;
        }
        else
        {
            double[] doubles = (double[])elements;
            for (; i < doubles.Length && IsFinite(doubles[i], ref largest); i++)
                continue;
        }

        double first = i == elements.Length ? 0 : Convert.ToDouble(elements.GetValue(i), CultureInfo.InvariantCulture);
        string? notFinite = i == elements.Length ? null : $"{(double.IsNaN(first) ? "NaN" : first > 0 ? "infinity" : "-infinity")} at index {Text(i)}";
        return new ModelTensor(name, type, new(shape)) { Elements = elements, NotFinite = notFinite, Largest = notFinite is null ? largest : 0 };
    }

    private static bool IsFinite(double value, ref double largest)
    {
        double magnitude = value < 0 ? -value : value;
        largest = magnitude > largest ? magnitude : largest;

        // Neither an infinity nor NaN is at most this.
        return magnitude <= double.MaxValue;
    }

    private string? NextLine() => NextBounds() is var (start, length) ? _text.Substring(start, length) : null;

    /// <summary>The next line without its end. Lines of elements are millions of characters long: they are copied only where they are used.</summary>
    private (int Start, int Length)? NextBounds()
    {
        if (_next >= _text.Length)
            return null;
        int start = _next;
        int end = _text.IndexOf('\n', start);
        int stop = end < 0 ? _text.Length : end;
        _next = stop + 1;
        _line++;
        return (start, (stop > start && _text[stop - 1] == '\r' ? stop - 1 : stop) - start);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
