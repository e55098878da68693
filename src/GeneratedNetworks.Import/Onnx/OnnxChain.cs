using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// The layer chain seen from ONNX: shapes with their batch axis, constants broadcast by NumPy's rules, and transpositions, which only renumber
/// elements
/// until a dense layer takes them up in the order of its rows.
/// </summary>
internal sealed class OnnxChain
{
    /// <summary>Stands for a batch of any extent in the shapes of <see cref="ReshapeAxes"/>.</summary>
    public const int FreeBatch = -1;

    private readonly OnnxGraph _graph;
    private readonly LayerChain _layers;

    // Where in the chain's value each element of the ONNX value stands; null: in its own place.
    private int[]? _order;

    // As the file fixes them; 1 where they are free, so that no constant can differ along them.
    private readonly int[] _batchExtents;

    public OnnxChain(OnnxGraph graph)
    {
        _graph = graph;
        ValueInfoProto input = graph.Input;
        string name = OnnxNode.Shorten(input.Name);
        TypeProto.Types.Tensor type = input.Type?.TensorType ?? throw graph.Source.Error($"the input '{name}' must be a tensor with a type and a shape.");
        DataType element = (DataType)type.ElemType;
        IsInteger = ElementTypes.IsInteger(element);
        if (!IsInteger && !ElementTypes.IsFloat(element))
            throw graph.Source.Error($"the input '{name}' must hold numbers, and is of type {ElementTypes.Name(element)}.");
        if (type.Shape is null || type.Shape.Dim.Count is 0 or > 64)
            throw graph.Source.Error($"the input '{name}' must have a shape: a batch axis and the axes of one sample.");

        // One axis alone is a sample, not a batch of samples without an axis.
        int rank = type.Shape.Dim.Count;
        Leading = rank == 1 ? 0 : graph.RowsAreSamples ? rank - 1 : 1;
        _batchExtents = [.. type.Shape.Dim.Take(Leading).Select(dimension => dimension.DimValue is > 0 and <= int.MaxValue and long extent ? (int)extent : 1)];
        if (Leading == 1 && type.Shape.Dim[0].DimValue == _batchExtents[0])
            Batch = _batchExtents[0];
        Sample = [.. type.Shape.Dim.Skip(Leading).Select((dimension, i) => Extent(dimension, name, i + Leading))];
        _layers = new LayerChain(graph.Source, Sample);
    }

    /// <summary>The extents of one sample, without the batch; none after a product with a vector.</summary>
    public int[] Sample { get; private set; }

    /// <summary>How many axes in front are batch: 1, or 0 for a single sample, or more where each row of the last axis is a sample.</summary>
    public int Leading { get; private set; }

    /// <summary>Whether the value has a batch axis; without one it is a single sample.</summary>
    public bool HasBatch => Leading > 0;

    /// <summary>The batch as the file fixes it; null where it is free.</summary>
    public int? Batch { get; private set; }

    /// <summary>What the value's whole numbers stand for, until it is dequantized; null otherwise.</summary>
    public QuantizedType? Quantized { get; private set; }

    /// <summary>The node that made it so, for messages.</summary>
    public string QuantizedBy { get; private set; } = "";

    /// <summary>Whether the value is still the model's input and holds whole numbers.</summary>
    public bool IsInteger { get; set; }

    /// <summary>Whether nothing was computed yet.</summary>
    public bool IsAtInput { get; private set; } = true;

    /// <summary>Whether the value is what the layers give, element by element: it was not moved, and holds no whole numbers.</summary>
    public bool IsPlain => _order is null && Quantized is null && !IsInteger;

    public int Rank => Sample.Length + Leading;

    public int Size => _layers.Size;

    public string ShapeText => $"[{string.Join(", ", Enumerable.Repeat("batch", Leading).Concat(Sample.Select(extent => $"{extent}")))}]";

    /// <summary>The axis, counted from the front, of one given from the front or, below 0, from the back.</summary>
    public int Axis(OnnxNode node, long axis, int? rank = null)
    {
        long most = rank ?? Rank;
        return axis >= -most && axis < most
            ? (int)(axis < 0 ? axis + most : axis)
            : throw node.Error($"axis {axis} does not exist in a value of shape {ShapeText}");
    }

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
        if (Sample.Length == 0 || Sample[^1] != inputs)
            throw node.Error($"its weights have {inputs} rows, and its input has the shape {ShapeText}");
        if (Size != inputs)
        {
            throw node.Error(
                $"it multiplies each of {Size / inputs} rows of a sample by the same weights (input shape {ShapeText}); only one row a sample is supported");
        }

        if (units < 1)
            throw node.Error("its weights have no column");
        _layers.Dense(name, Reorder(weight, units), bias, units, origin is { Length: > 0 } ? origin : null);
        Sample = [.. Sample[..^1].Concat(keepAxis ? [units] : [])];
        _order = null;
        IsAtInput = false;
    }

    /// <summary>y = x·scale/divisor + shift, one of each for each element of a sample.</summary>
    public void Scale(OnnxNode node, double[] scale, double[] shift, double[]? divisor = null)
    {
        CheckRepeat(node);
        if (!scale.AsSpan().ContainsAnyExcept(1) && !shift.AsSpan().ContainsAnyExcept(0) && divisor?.AsSpan().ContainsAnyExcept(1) != true)
            return;
        _graph.Budget.Take(2L * Size, node.Description);
        _layers.Scale(OnnxNaming.Path(node) ?? node.Outputs[0], InChainOrder(scale), InChainOrder(shift), divisor is null ? null : InChainOrder(divisor));
        IsAtInput = false;
    }

    /// <summary>y = x·scale + shift with the same numbers for all elements.</summary>
    public void Scale(OnnxNode node, double scale, double shift)
    {
        if (scale == 1 && shift == 0)
            return;
        CheckRepeat(node);
        Scale(node, Filled(scale), Filled(shift));
    }

    /// <summary>y = (x − mean)·factor, one of each for each element of a sample.</summary>
    public void Normalize(OnnxNode node, double[] mean, double[] factor)
    {
        CheckRepeat(node);
        _graph.Budget.Take(2L * Size, node.Description);
        _layers.Normalize(OnnxNaming.Path(node) ?? node.Outputs[0], InChainOrder(mean), null, InChainOrder(factor));
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
            CheckRepeat(node);
            int along = values.Length == 1 ? 0 : axis ?? throw node.Error("it has several scales or zero points for a value of one");
            if (values.Length != 1 && values.Length != Sample[along])
                throw node.Error($"it has {values.Length} scales or zero points for the shape {ShapeText}");
            int[] shape = [.. Sample.Select((_, i) => i == along ? values.Length : 1)];
            return Axes.Repeat(values, shape, Sample);
        }
    }

    /// <summary>[1 − p, p], or [p, 1 − p].</summary>
    public void TwoClasses(OnnxNode node, bool complementFirst)
    {
        _layers.TwoClasses(node.Name ?? node.Output, complementFirst);
        Sample = [2];
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

    /// <summary>The same elements under another shape, given with the batch axis as ONNX sees it.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="sample">The extents behind the batch axis, or all of them without one.</param>
    /// <param name="hasBatch">Whether there is a batch axis. It may come or go only where the file fixes the batch at 1 or has none.</param>
    public void Reshape(OnnxNode node, int[] sample, bool hasBatch)
    {
        if (hasBatch != HasBatch && HasBatch && Batch != 1)
            throw node.Error($"it removes the batch axis of a value of shape {ShapeText}");
        RequireOneBatchAxis(node);
        if (hasBatch && !HasBatch)
            Batch = 1;
        Sample = sample;
        Leading = hasBatch ? 1 : 0;
        _layers.Reshape(node.Name, sample.Length == 0 ? [1] : sample);
    }

    /// <summary>The same elements under another shape, computed from the shape with the batch axis.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="change">
    /// From the old shape to the new one. A batch of any size is <see cref="FreeBatch"/> and must stay the first axis; one of 1 is an axis like
    /// others.
    /// </param>
    public void ReshapeAxes(OnnxNode node, Func<int[], int[]> change)
    {
        RequireOneBatchAxis(node);
        bool isFree = HasBatch && Batch != 1;
        int[] shape = change(HasBatch ? [isFree ? FreeBatch : 1, .. Sample] : Sample);
        if (isFree && (shape.Length == 0 || shape[0] != FreeBatch))
            throw node.Error($"the batch axis of a value of shape {ShapeText} must stay the first axis, of the same extent");
        bool hasBatch = isFree || (shape.Length > 1 && shape[0] == 1);
        Reshape(node, hasBatch ? shape[1..] : shape, hasBatch);
    }

    /// <summary>Refuses operators that see the axes of a sample where only rows are samples.</summary>
    public void RequireOneBatchAxis(OnnxNode node)
    {
        if (Leading > 1)
            throw node.Error($"it does not treat each row of the last axis alike and alone (input shape {ShapeText})");
    }

    /// <summary>Refuses values so wide that repeating a number over them would ask for much memory.</summary>
    public void CheckRepeat(OnnxNode node)
    {
        if (Size > TensorBudget.WidestRepeat)
            throw node.Error($"it works element by element on a value of {Size} elements; the most is {TensorBudget.WidestRepeat}");
    }

    /// <summary>Moves the axes of a sample; element i comes from where <paramref name="from"/>[i] says.</summary>
    public void Permute(OnnxNode node, int[] sample, int[] from)
    {
        int[] order = _order is null ? from : Array.ConvertAll(from, element => _order[element]);
        bool moved = false;
        for (int i = 0; i < order.Length; i++)
            moved |= order[i] != i;
        Reshape(node, sample, HasBatch);
        _order = moved ? order : null;
    }

    /// <summary>
    /// A constant's numbers, repeated to one for each element of a sample by the rules of broadcasting; refused where it would differ between
    /// samples.
    /// </summary>
    /// <param name="node">Who reads it.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="role">What messages call it.</param>
    /// <param name="sample">The sample's shape where that is not the one of the value as it is now.</param>
    public double[] Broadcast(OnnxNode node, OnnxConstant constant, string role, int[]? sample = null)
    {
        sample ??= Sample;
        double[] values = constant.Floats(node, role);
        CheckRepeat(node);
        if (sample.Aggregate(1L, (product, extent) => product * extent) > TensorBudget.WidestRepeat)
            throw node.Error($"{role} is repeated over more than {TensorBudget.WidestRepeat} elements");
        _graph.Budget.Take(Axes.Count(sample), node.Description);
        int[] batch = Batch is { } fixedBatch && Leading == 1 ? [fixedBatch] : [.. _batchExtents.Take(Leading)];
        int[] extents = [.. Leading > batch.Length ? [1] : batch, .. sample];
        int[] shape = constant.Shape;
        if (shape.Length > extents.Length)
            throw node.Error($"{role} has the shape {constant.ShapeText}, more axes than its input of shape {ShapeText}");
        shape = [.. Enumerable.Repeat(1, extents.Length - shape.Length), .. shape];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            bool fits = shape[axis] == 1 || shape[axis] == extents[axis];
            if (!fits)
                throw node.Error($"{role} has the shape {constant.ShapeText}, which does not fit its input of shape {ShapeText}");
        }

        int slice = Axes.Count(shape.Skip(Leading));
        for (int i = slice; i < values.Length; i++)
        {
            if (!values[i].Equals(values[i - slice]))
            {
                throw node.Error(
                    $"{role} has the shape {constant.ShapeText} and differs along the batch axis, so that samples would be treated differently");
            }
        }

        return Axes.Repeat(values[..Math.Min(slice, values.Length)], shape[Leading..], sample);
    }

    public ImportedModel Build(string format)
    {
        string output = OnnxNode.Shorten(_graph.Output);
        if (Quantized is not null)
            throw _graph.Source.Error($"its output '{output}' holds the quantized result of {QuantizedBy}, and a network gives floating-point numbers: ask for the value behind its DequantizeLinear.");
        if (IsInteger)
            throw _graph.Source.Error("its output is its input of whole numbers.");
        if (_order is not null)
        {
            throw _graph.Source.Error(
                "its output is transposed: a Transpose disappears only into a dense layer behind it, "
                + $"and none is behind '{output}'.");
        }

        ValueInfoProto input = _graph.Input;
        DataType type = (DataType)input.Type.TensorType.ElemType;
        return _layers.Build(format) with
        {
            InputName = input.Name,
            Output = _graph.Output,
            Input = ElementTypes.IsInteger(type) ? new ImportedInput(input.Name, ElementTypes.Name(type), null, null) : null,
            Constants = [.. _graph.Constants.Select(constant => new ImportedTensor(constant.Name, constant.Shape, ElementTypes.Name(constant.Type), constant.Values))],
        };
    }

    private double[] Filled(double value)
    {
        double[] values = new double[Size];
        Array.Fill(values, value);
        return values;
    }

    private double[] InChainOrder(double[] values)
    {
        if (_order is null)
            return values;
        double[] ordered = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            ordered[_order[i]] = values[i];
        return ordered;
    }

    private double[] Reorder(double[] weight, int units)
    {
        if (_order is null)
            return weight;
        double[] ordered = new double[weight.Length];
        for (int i = 0; i < _order.Length; i++)
            weight.AsSpan(i * units, units).CopyTo(ordered.AsSpan(_order[i] * units));
        return ordered;
    }

    private int Extent(TensorShapeProto.Types.Dimension dimension, string name, int axis) => dimension.DimValue is > 0 and <= int.MaxValue and long extent
        ? (int)extent
        : throw _graph.Source.Error($"axis {axis} of the input '{name}' must have a fixed extent above 0; only the batch, axis 0, may be free.");
}
