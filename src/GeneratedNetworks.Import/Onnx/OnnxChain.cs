using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// A path through the layers seen from ONNX: the value has a batch axis, has its channels first, may be transposed, and may hold whole numbers that stand for
/// others.
/// </summary>
internal sealed partial class OnnxChain
{
    private readonly OnnxGraph _graph;
    private LayerChain _layers;
    private ElementOrder _order;

    private OnnxChain(OnnxGraph graph, LayerChain layers, ValueShape shape, ElementOrder order)
    {
        _graph = graph;
        _layers = layers;
        _order = order;
        Shape = shape;
    }

    /// <summary>The path that begins at an input of the graph.</summary>
    public static OnnxChain OfInput(OnnxGraph graph, LayerGraph layers, ValueInfoProto input)
    {
        string name = OnnxNode.Shorten(input.Name);
        DataType type = input.Type?.TensorType is { } tensor
            ? (DataType)tensor.ElemType
            : throw graph.Source.Error($"the input '{name}' must be a tensor with a type and a shape.");
        bool isInteger = ElementTypes.IsInteger(type);
        if (!isInteger && !ElementTypes.IsFloat(type))
            throw graph.Source.Error($"the input '{name}' must hold numbers, and is of type {ElementTypes.Name(type)}.");
        ValueShape shape = ValueShape.OfInput(graph, input);
        int[] sample = shape.Sample;
        bool isImage = sample.Length > 1 && shape.Leading == 1 && ChannelOrder.IsFirst(graph, input.Name);
        int[] extents = isImage ? [.. sample[1..], sample[0]] : sample;
        LayerChain chain = layers.Input(input.Name, extents);
        return new OnnxChain(graph, chain, shape, isImage ? ElementOrder.ChannelsLast(extents) : ElementOrder.Natural)
        {
            IsInteger = isInteger,
            Input = new(name, [.. extents], isImage && !ElementOrder.ChannelsLast(extents).IsNatural ? [sample.Length - 1, .. Enumerable.Range(0, sample.Length - 1)] : null),
        };
    }

    /// <summary>What the graph's input is, where nothing was computed yet.</summary>
    public InputOrder? Input { get; private init; }

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
    public bool IsPlain => HoldsNumbers && _order.IsNatural;

    /// <summary>Whether the value can be an output: as it is, or with its channels last.</summary>
    public bool CanEnd => HoldsNumbers && (_order.IsNatural || _order.IsChannelsLast);

    /// <summary>Which axis of the layers' value each axis of a sample is, where channels are last.</summary>
    public int[]? Order => _order.Axes;

    /// <summary>The layers that it is a path through.</summary>
    public LayerChain Layers => _layers;

    private bool HoldsNumbers => Quantized is null && !IsInteger;

    /// <summary>A second path from here.</summary>
    /// <param name="keepsParts">Whether the values that were joined are still known: the next operator may take one of them.</param>
    public OnnxChain Branch(bool keepsParts = false) => new(_graph, _layers.Branch(), Shape, _order)
    {
        Quantized = Quantized,
        QuantizedBy = QuantizedBy,
        IsInteger = IsInteger,
        IsAtInput = IsAtInput,
        Parts = keepsParts ? Parts : null,
    };

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
        if (Shape.HasBatch && Shape.BatchAxis == sample.Length && sample.Length > 0)
            throw node.Error($"it multiplies the batch axis of a value of shape {Shape.Text}, so that samples would influence each other");
        if (sample.Length == 0 || sample[^1] != inputs)
            throw node.Error($"its weights have {inputs} rows, and its input has the shape {Shape.Text}");
        if (units < 1)
            throw node.Error("its weights have no column");
        string? shared = origin is { Length: > 0 } ? origin : null;
        if (Shape.Size == inputs)
        {
            _layers.Dense(name, _order.OfRows(weight, units), bias, units, shared);
            _order = ElementOrder.Natural;
        }
        else
        {
            // At every position the same: the last axis has to be the layers' last one.
            if (AxesOfLayers() is not { } axes || axes[^1] != sample.Length - 1 || !keepAxis)
            {
                throw node.Error(
                    $"it multiplies each of {Shape.Size / inputs} rows of a sample by the same weights (input shape {Shape.Text}), and its value is not in the order of its axes; only one row a sample is supported there");
            }

            _layers.Dense(name, weight, bias, units, shared, perStep: true);
            if (_order.Axes is not null)
                _order = ElementOrder.OfAxes(axes, _layers.Shape);
        }

        Shape = Shape with { Sample = [.. sample[..^1].Concat(keepAxis ? [units] : [])] };
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
        (double[] scales, double[] shifts) = (_order.OfElements(scale), _order.OfElements(shift));
        int count = Period([scales, shifts, divisors]);
        _layers.Scale(OnnxNaming.Path(node) ?? node.Outputs[0], scales[..count], shifts[..count], divisors?[..count]);
        IsAtInput = false;
    }

    /// <summary>y = x·scale + shift with the same numbers for all elements.</summary>
    public void Scale(OnnxNode node, double scale, double shift)
    {
        if (scale == 1 && shift == 0)
            return;
        _layers.Scale(OnnxNaming.Path(node) ?? node.Outputs[0], scale, shift);
        IsAtInput = false;
    }

    /// <summary>y = (x − mean)·factor, one of each for each element of a sample.</summary>
    public void Normalize(OnnxNode node, double[] mean, double[] factor)
    {
        Shape.CheckRepeat(node);
        _graph.Budget.Take(2L * Shape.Size, node.Description);
        (double[] means, double[] factors) = (_order.OfElements(mean), _order.OfElements(factor));
        int count = Period([means, factors]);
        _layers.Normalize(OnnxNaming.Path(node) ?? node.Outputs[0], means[..count], null, factors[..count]);
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
        if (CanEnd)
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

    /// <summary>Moves axes: each new axis is the old one that <paramref name="all"/> says, which counts the batch; that moves no element of a sample.</summary>
    public void Permute(OnnxNode node, int[] all)
    {
        int batchAxis = Shape.HasBatch ? Array.IndexOf(all, Shape.BatchAxis) : 0;
        int[] permutation = Shape.HasBatch ? [.. all.Select(Shape.OfSample).Where(axis => axis >= 0)] : all;
        MoveAxes(node, permutation);
        Shape = Shape.WithBatchAt(batchAxis);
    }

    /// <summary>Takes the batch to the front, where only axes of extent 1 are before it.</summary>
    /// <returns>Whether it was elsewhere and is there now.</returns>
    public bool TryBatchToFront()
    {
        if (Shape.BatchAxis == 0 || Shape.Sample.Take(Shape.BatchAxis).Any(extent => extent != 1))
            return false;
        Shape = Shape.WithBatchAt(0);
        return true;
    }

    private void MoveAxes(OnnxNode node, int[] permutation)
    {
        if (permutation.Select((axis, i) => axis == i).All(isSo => isSo))
            return;
        int[] sample = Array.ConvertAll(permutation, axis => Shape.Sample[axis]);
        if (AxesOfLayers() is { } axes)
        {
            _order = ElementOrder.OfAxes(Array.ConvertAll(permutation, axis => axes[axis]), _layers.Shape);
            Shape = Shape.Reshaped(node, sample, Shape.HasBatch);
            if (_order.Axes!.Select((axis, i) => axis == i).All(isSo => isSo))
                _order = ElementOrder.Natural;
            return;
        }

        Shape.CheckRepeat(node);
        _graph.Budget.Take(Shape.Size, node.Description);
        int[] places = _order.Places(Shape.Size);
        int[] from = Axes.Transpose(Shape.Sample, permutation);
        _order = ElementOrder.OfPlaces(Array.ConvertAll(from, element => places[element]));
        Become(node, Shape.Reshaped(node, sample, Shape.HasBatch));
    }

    /// <summary>Refuses a value that cannot be an output of a network.</summary>
    /// <param name="name">What the file calls it.</param>
    public void RequireEnd(string name)
    {
        string output = OnnxNode.Shorten(name);
        if (Quantized is not null)
            throw _graph.Source.Error($"its output '{output}' holds the quantized result of {QuantizedBy}, and a network gives floating-point numbers: ask for the value behind its DequantizeLinear.");
        if (IsInteger)
            throw _graph.Source.Error("its output is its input of whole numbers.");
        if (Shape.BatchAxis > 0 && !_graph.HasSequences)
            throw _graph.Source.Error($"its output '{output}' has the shape {Shape.Text}, its batch axis moved from the front.");
        if (!CanEnd)
        {
            throw _graph.Source.Error(
                "its output is transposed: a Transpose disappears only into a dense layer behind it, "
                + $"and none is behind '{output}'.");
        }
    }

    /// <summary>Which axis of the layers' value each axis of a sample is; null where elements were moved otherwise or the shapes differ.</summary>
    private int[]? AxesOfLayers()
    {
        if (_order.Axes is not null)
            return _order.Axes;
        return _order.IsNatural && _layers.Shape.SequenceEqual(Shape.Sample) ? [.. Enumerable.Range(0, Shape.Sample.Length)] : null;
    }

    private void Become(OnnxNode node, ValueShape shape)
    {
        int[] sample = shape.Sample.Length == 0 ? [1] : shape.Sample;
        bool isSame = sample.SequenceEqual(Shape.Sample);
        Shape = shape;
        if (isSame)
            return;

        // Axes of extent 1 come and go beside channels that stay last.
        if (_order.IsChannelsLast && sample.Length > 1)
        {
            int[] extents = [.. sample[1..], sample[0]];
            if (extents.Where(extent => extent != 1).SequenceEqual(_layers.Shape.Where(extent => extent != 1)))
            {
                _layers.Reshape(node.Name, extents);
                _order = ElementOrder.ChannelsLast(extents);
                return;
            }
        }

        if (_order.Axes is not null)
        {
            _graph.Budget.Take(_layers.Size, node.Description);
            _order = ElementOrder.OfPlaces(_order.Places(_layers.Size));
        }

        _layers.Reshape(node.Name, sample);
    }

    /// <summary>After how many numbers all of the arrays repeat: 1, those of the layers' last axis, or never.</summary>
    private int Period(IReadOnlyList<double[]?> arrays)
    {
        foreach (int period in new[] { 1, _layers.Shape[^1] })
        {
            if (arrays.All(array => array is null || Repeats(array, period)))
                return period;
        }

        return arrays[0]!.Length;

        static bool Repeats(double[] array, int period) => array.AsSpan(period).SequenceEqual(array.AsSpan(0, array.Length - period));
    }
}

/// <summary>How the network takes an input of the graph.</summary>
/// <param name="Name">The graph's name for it.</param>
/// <param name="Shape">The extents of one sample in the network.</param>
/// <param name="Axes">Which axis of the network's sample each axis of the graph's is; null where no element is moved.</param>
internal sealed record InputOrder(string Name, int[] Shape, int[]? Axes);
