using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>The layer chain seen from ONNX: the value has a batch axis, may be transposed, and may hold whole numbers that stand for others.</summary>
internal sealed class OnnxChain
{
    private readonly OnnxGraph _graph;
    private readonly LayerChain _layers;
    private readonly DataType _inputType;
    private ElementOrder _order = ElementOrder.Natural;

    public OnnxChain(OnnxGraph graph)
    {
        _graph = graph;
        string name = OnnxNode.Shorten(graph.Input.Name);
        _inputType = graph.Input.Type?.TensorType is { } type
            ? (DataType)type.ElemType
            : throw graph.Source.Error($"the input '{name}' must be a tensor with a type and a shape.");
        IsInteger = ElementTypes.IsInteger(_inputType);
        if (!IsInteger && !ElementTypes.IsFloat(_inputType))
            throw graph.Source.Error($"the input '{name}' must hold numbers, and is of type {ElementTypes.Name(_inputType)}.");
        Shape = ValueShape.OfInput(graph);
        _layers = new LayerChain(graph.Source, Shape.Sample);
    }

    public ValueShape Shape { get; private set; }

    /// <summary>What the value's whole numbers stand for, until it is dequantized; null otherwise.</summary>
    public QuantizedType? Quantized { get; private set; }

    /// <summary>The node that made it so, for messages.</summary>
    public string QuantizedBy { get; private set; } = "";

    /// <summary>Whether the value is still the model's input and holds whole numbers.</summary>
    public bool IsInteger { get; set; }

    /// <summary>Whether nothing was computed yet.</summary>
    public bool IsAtInput { get; private set; } = true;

    /// <summary>Whether the value is what the layers give, element by element: it was not moved, and holds no whole numbers.</summary>
    public bool IsPlain => _order.IsNatural && Quantized is null && !IsInteger;

    /// <summary>y = x·W + b over the last axis.</summary>
    /// <param name="node">Whose product it is.</param>
    /// <param name="name">The layer's name, or null.</param>
    /// <param name="weight">[in, out] row-major; it is not kept.</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="inputs">How many rows the weight has.</param>
    /// <param name="units">How many columns.</param>
    /// <param name="keepAxis">Whether the last axis stays; a product with a vector removes it.</param>
    /// <param name="origin">The initializer that the weights come from, or null.</param>
    public void Dense(OnnxNode node, string? name, double[] weight, double[]? bias, int inputs, int units, bool keepAxis = true, string? origin = null)
    {
        int[] sample = Shape.Sample;
        if (sample.Length == 0 || sample[^1] != inputs)
            throw node.Error($"its weights have {inputs} rows, and its input has the shape {Shape.Text}");
        if (Shape.Size != inputs)
        {
            throw node.Error(
                $"it multiplies each of {Shape.Size / inputs} rows of a sample by the same weights (input shape {Shape.Text}); only one row a sample is supported");
        }

        if (units < 1)
            throw node.Error("its weights have no column");
        _layers.Dense(name, _order.OfRows(weight, units), bias, units, origin is { Length: > 0 } ? origin : null);
        Shape = Shape with { Sample = [.. sample[..^1].Concat(keepAxis ? [units] : [])] };
        _order = ElementOrder.Natural;
        IsAtInput = false;
    }

    /// <summary>y = x·scale/divisor + shift, one of each for each element of a sample.</summary>
    public void Scale(OnnxNode node, double[] scale, double[] shift, double[]? divisor = null)
    {
        Shape.CheckRepeat(node);
        if (!scale.AsSpan().ContainsAnyExcept(1) && !shift.AsSpan().ContainsAnyExcept(0) && divisor?.AsSpan().ContainsAnyExcept(1) != true)
            return;
        _graph.Budget.Take(2L * Shape.Size, node.Description);
        double[]? divisors = divisor is null ? null : _order.OfElements(divisor);
        _layers.Scale(OnnxNaming.Path(node) ?? node.Outputs[0], _order.OfElements(scale), _order.OfElements(shift), divisors);
        IsAtInput = false;
    }

    /// <summary>y = x·scale + shift with the same numbers for all elements.</summary>
    public void Scale(OnnxNode node, double scale, double shift)
    {
        if (scale == 1 && shift == 0)
            return;
        Shape.CheckRepeat(node);
        Scale(node, Filled(scale), Filled(shift));
    }

    /// <summary>y = (x − mean)·factor, one of each for each element of a sample.</summary>
    public void Normalize(OnnxNode node, double[] mean, double[] factor)
    {
        Shape.CheckRepeat(node);
        _graph.Budget.Take(2L * Shape.Size, node.Description);
        _layers.Normalize(OnnxNaming.Path(node) ?? node.Outputs[0], _order.OfElements(mean), null, _order.OfElements(factor));
        IsAtInput = false;
    }

    /// <summary>y = x, limited to an interval; either end may be infinite.</summary>
    public void Clip(OnnxNode node, double low, double high)
    {
        if (!(low < high))
            throw node.Error($"it clips to [{low}, {high}], which leaves no interval");
        _layers.Clip(OnnxNaming.Path(node), low, high);
        IsAtInput = false;
    }

    /// <summary>The value becomes whole numbers, whose range limits it.</summary>
    public void Quantize(OnnxNode node, QuantizedType type)
    {
        (double least, double greatest, double step) = type.Range(node);
        _layers.LimitToRange(OnnxNaming.Path(node), least, greatest, step);
        Quantized = type;
        QuantizedBy = node.Description;
        IsAtInput = false;
    }

    /// <summary>The value becomes what its whole numbers stand for: those of a quantized value, or those that the input holds.</summary>
    /// <param name="node">Who reads it so.</param>
    /// <param name="type">What they stand for.</param>
    /// <param name="axis">Along which axis of a sample there are several scales; null: there are none.</param>
    public void Dequantize(OnnxNode node, QuantizedType type, int? axis = null)
    {
        if (Quantized is { } made)
        {
            if (!made.IsSame(type))
                throw node.Error($"its scale and zero point are not those of {QuantizedBy} before it");
            Quantized = null;
            return;
        }

        if (!IsInteger)
            throw node.Error("its input is no quantized value");
        IsInteger = false;
        Normalize(node, PerElement(type.Zero), PerElement(type.Scale));

        double[] PerElement(double[] values)
        {
            Shape.CheckRepeat(node);
            int along = values.Length == 1 ? 0 : axis ?? throw node.Error("it has several scales or zero points for a value of one");
            if (values.Length != 1 && values.Length != Shape.Sample[along])
                throw node.Error($"it has {values.Length} scales or zero points for the shape {Shape.Text}");
            int[] shape = [.. Shape.Sample.Select((_, i) => i == along ? values.Length : 1)];
            return Axes.Repeat(values, shape, Shape.Sample);
        }
    }

    /// <summary>[1 − p, p], or [p, 1 − p].</summary>
    public void TwoClasses(OnnxNode node, bool complementFirst)
    {
        _layers.TwoClasses(node.Name ?? node.Output, complementFirst);
        Shape = Shape with { Sample = [2] };
    }

    /// <summary>Says that training would go on otherwise than the file's.</summary>
    public void MarkInferenceOnly(string reason) => _layers.MarkInferenceOnly(reason);

    /// <summary>Says what the file calls the value that is there now.</summary>
    public void Value(string name)
    {
        if (IsPlain)
            _layers.Value(name);
    }

    public void Activate(OnnxNode node, Activation function)
    {
        if (function == Activation.Identity)
            return;
        _layers.Activate(node.Name, function);
        IsAtInput = false;
    }

    public void Dropout(OnnxNode node, double rate) => _layers.Dropout(node.Name, rate);

    /// <summary>The same elements under another shape: <see cref="ValueShape.Reshaped"/>.</summary>
    public void Reshape(OnnxNode node, int[] sample, bool hasBatch) => Become(node, Shape.Reshaped(node, sample, hasBatch));

    /// <summary>The same elements under another shape, computed from the old one: <see cref="ValueShape.Changed"/>.</summary>
    public void ReshapeAxes(OnnxNode node, Func<int[], int[]> change) => Become(node, Shape.Changed(node, change));

    /// <summary>Moves the axes of a sample; element i comes from where <paramref name="from"/>[i] says.</summary>
    public void Permute(OnnxNode node, int[] sample, int[] from)
    {
        Reshape(node, sample, Shape.HasBatch);
        _order = _order.Then(from);
    }

    public ImportedModel Build(string format)
    {
        string output = OnnxNode.Shorten(_graph.Output);
        if (Quantized is not null)
            throw _graph.Source.Error($"its output '{output}' holds the quantized result of {QuantizedBy}, and a network gives floating-point numbers: ask for the value behind its DequantizeLinear.");
        if (IsInteger)
            throw _graph.Source.Error("its output is its input of whole numbers.");
        if (!_order.IsNatural)
        {
            throw _graph.Source.Error(
                "its output is transposed: a Transpose disappears only into a dense layer behind it, "
                + $"and none is behind '{output}'.");
        }

        return _layers.Build(format) with
        {
            InputName = _graph.Input.Name,
            Output = _graph.Output,
            Input = ElementTypes.IsInteger(_inputType) ? new ImportedInput(_graph.Input.Name, ElementTypes.Name(_inputType), null, null) : null,
            Constants = [.. _graph.Constants.Select(constant => new ImportedTensor(constant.Name, constant.Shape, ElementTypes.Name(constant.Type), constant.Values))],
        };
    }

    private void Become(OnnxNode node, ValueShape shape)
    {
        Shape = shape;
        _layers.Reshape(node.Name, shape.Sample.Length == 0 ? [1] : shape.Sample);
    }

    private double[] Filled(double value)
    {
        double[] values = new double[Shape.Size];
        Array.Fill(values, value);
        return values;
    }
}
