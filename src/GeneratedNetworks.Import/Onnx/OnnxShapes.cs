using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// The shapes of values by the rules of their operators, with <see cref="ValueShape.FreeBatch"/> for a batch that is not 1: Shape nodes, with which exporters of
/// dynamic graphs write what they could have written as numbers, become constants by them. A value whose shape is not known has none here.
/// </summary>
internal sealed class OnnxShapes
{
    private const int MostAxes = 64;

    private static readonly HashSet<string> KeepShape = new(StringComparer.Ordinal)
    {
        "Abs", "BatchNormalization", "Cast", "Celu", "Clip", "DequantizeLinear", "Dropout", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "Identity",
        "LeakyRelu", "Log", "LogSoftmax", "Mish", "Neg", "PRelu", "QuantizeLinear", "RandomNormalLike", "RandomUniformLike", "Reciprocal", "Relu", "Selu",
        "Sigmoid", "Softmax", "Softplus", "Softsign", "Sqrt", "Swish", "Tanh", "ThresholdedRelu",
    };

    private static readonly HashSet<string> Broadcast = new(StringComparer.Ordinal) { "Add", "Div", "Max", "Min", "Mul", "Pow", "Sub" };

    private readonly Dictionary<string, int[]> _shapes = new(StringComparer.Ordinal);

    public OnnxShapes(IEnumerable<ValueInfoProto> inputs, IReadOnlySet<string> timeFirst, int? steps)
    {
        foreach (ValueInfoProto input in inputs)
        {
            if (input.Type?.TensorType?.Shape is not { Dim.Count: > 0 and <= MostAxes } shape)
                continue;
            int[] extents = [.. shape.Dim.Select(dimension => dimension.DimValue is > 0 and <= int.MaxValue and long extent ? (int)extent : 0)];
            int batch = timeFirst.Contains(input.Name) ? 1 : 0;
            if (extents.Length > 1 && extents[batch] != 1)
                extents[batch] = ValueShape.FreeBatch;
            int time = 1 - batch;
            if (steps is { } window && extents.Length is 2 or 3 && extents[time] == 0)
                extents[time] = window;
            if (Array.IndexOf(extents, 0) < 0)
                _shapes[input.Name] = extents;
        }
    }

    /// <summary>The shape of a value, or null.</summary>
    public int[]? Of(string value) => _shapes.GetValueOrDefault(value);

    /// <summary>The same for messages; empty where it is not known.</summary>
    public string Text(string value) =>
        Of(value) is { } shape ? $"[{string.Join(", ", shape.Select(extent => extent == ValueShape.FreeBatch ? "batch" : $"{extent}"))}]" : "";

    /// <summary>Adds what a node gives; nodes come in order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="constant">Its result where that is a constant.</param>
    public void Add(OnnxNode node, OnnxConstant? constant)
    {
        int[]? shape;
        try
        {
            shape = node.Operator == "ConstantOfShape" ? OfShape(node) : constant?.Shape ?? Infer(node);
        }
        catch (ModelFileException)
        {
            // What is wrong with a node is said when it is read, which may never be.
            return;
        }

        if (RecurrentOperators.Is(node.Operator))
            AddStates(node, shape);
        else if (shape is { Length: <= MostAxes } && shape.Count(extent => extent == ValueShape.FreeBatch) <= 1)
            _shapes[node.Outputs[0]] = shape;
    }

    /// <summary>All states, [time, directions, batch, units] or batch first, and the last ones.</summary>
    private void AddStates(OnnxNode node, int[]? all)
    {
        if (all is null)
            return;
        int[] last = RecurrentOperators.HasBatchFirst(node) ? [all[0], all[2], all[3]] : [all[1], all[2], all[3]];
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0)
                _shapes[node.Outputs[i]] = i == 0 ? all : last;
        }
    }

    private int[]? Recurred(OnnxNode node, int[] first) => Input(node, 2) is { Length: 3 } recurrent
        ? RecurrentOperators.HasBatchFirst(node) ? [first[0], first[1], recurrent[0], recurrent[2]] : [first[0], recurrent[0], first[1], recurrent[2]]
        : null;

    private int[]? Gathered(OnnxNode node, int[] first)
    {
        long axis = node.Int("axis", 0) is var given && given < 0 ? given + first.Length : given;
        return axis >= 0 && axis < first.Length && first[axis] != ValueShape.FreeBatch && Input(node, 1) is { } indices
            ? [.. first[..(int)axis], .. indices, .. first[((int)axis + 1)..]]
            : null;
    }

    private int[]? Infer(OnnxNode node)
    {
        if (node.Inputs.Count == 0 || !node.Has(0))
            return null;
        int[]? first = Input(node, 0);
        if (KeepShape.Contains(node.Operator))
            return first;
        if (Broadcast.Contains(node.Operator))
            return node.Inputs.Count == 2 && first is not null && Input(node, 1) is { } second ? Together(first, second) : null;
        return node.Operator switch
        {
            "Gemm" => first is { Length: 2 } && Input(node, 1) is { Length: 2 } weight ? [first[0], weight[node.Int("transB", 0) != 0 ? 0 : 1]] : null,
            "MatMul" => first is { Length: > 1 } && Input(node, 1) is { Length: 2 } weight ? [.. first[..^1], weight[1]] : null,
            "Concat" => node.Inputs.Count == 1 ? first : null,
            "Flatten" => first is { Length: > 1 } && node.Int("axis", 1) == 1 ? [first[0], Axes.Count(first.Skip(1))] : null,
            "Transpose" => first is null ? null : [.. TransposeOperator.Permutation(node, first.Length).Select(axis => first[axis])],
            "Squeeze" => first is null || (node.Has(1) && node.TryConstant(1) is null) ? null : SqueezeOperators.Squeezed(node, first),
            "Unsqueeze" => first is null || (node.Has(1) && node.TryConstant(1) is null) ? null : SqueezeOperators.Unsqueezed(node, first),
            "Reshape" => Reshaped(node, first),
            "RNN" or "GRU" or "LSTM" => first is { Length: 3 } ? Recurred(node, first) : null,
            "Gather" => first is null ? null : Gathered(node, first),
            "Slice" => first is null ? null : Sliced(node, first),
            "Expand" => first is not null && node.TryConstant(1)?.Integers(node, "the shape") is { } target && Extents(target) is { } extents ? Together(first, extents) : null,
            _ => null,
        };
    }

    private int[]? Input(OnnxNode node, int input) => !node.Has(input) ? null : Of(node.Inputs[input]) ?? node.Graph.ConstantShape(node.Inputs[input]);

    private static int[]? OfShape(OnnxNode node) => node.TryConstant(0)?.Integers(node, "the shape") is { } target ? Extents(target) : null;

    private static int[]? Extents(long[] target) => target.Length <= MostAxes && Array.TrueForAll(target, extent => extent is > 0 and <= int.MaxValue or OnnxConstant.BatchExtent)
        ? Array.ConvertAll(target, extent => extent == OnnxConstant.BatchExtent ? ValueShape.FreeBatch : (int)extent)
        : null;

    private static int[]? Sliced(OnnxNode node, int[] first)
    {
        // Up to opset 9 attributes, then inputs.
        for (int input = 1; input < node.Inputs.Count; input++)
        {
            if (node.Has(input) && node.TryConstant(input) is null)
                return null;
        }

        long[]? starts = node.IntsOrInput("starts", 1);
        long[]? ends = node.IntsOrInput("ends", 2);
        long[]? axes = node.IntsOrInput("axes", 3) ?? (starts is null ? null : [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)]);
        bool isPlain = starts is not null && ends?.Length == starts.Length && axes?.Length == starts.Length
            && (node.IntsOrInput("steps", 4) ?? []).All(step => step == 1);
        if (!isPlain)
            return null;
        int[] shape = [.. first];
        for (int i = 0; i < starts!.Length; i++)
        {
            long axis = axes![i] < 0 ? axes[i] + shape.Length : axes[i];
            if (axis < 0 || axis >= shape.Length || shape[axis] == ValueShape.FreeBatch)
                return null;
            int extent = shape[axis];
            shape[axis] = Math.Max(0, Place(ends![i], extent) - Place(starts[i], extent));
        }

        return shape;

        static int Place(long at, int extent) => (int)Math.Clamp(at < 0 ? at + extent : at, 0, extent);
    }

    private static int[]? Reshaped(OnnxNode node, int[]? first)
    {
        // The batch keeps its place: its extent divides out on both sides.
        bool keepsBatch = first is { Length: > 1 } && first[0] == ValueShape.FreeBatch;
        if (!keepsBatch || node.Inputs.Count < 2 || node.TryConstant(1)?.Integers(node, "the shape") is not { Length: > 0 and <= MostAxes } target)
            return null;
        bool isFirst = target[0] is OnnxConstant.BatchExtent or 0 || (target[0] == -1 && !target.AsSpan(1).Contains(-1));
        long elements = first!.Skip(1).Aggregate(1L, (product, extent) => product * extent);
        int[]? rest = isFirst ? ReshapeOperator.Resolve(target[1..], elements, axis => axis + 1 < first!.Length ? first[axis + 1] : 0) : null;
        return rest is null ? null : [ValueShape.FreeBatch, .. rest];
    }

    /// <summary>The shape of what two values give element by element; null where they do not fit.</summary>
    private static int[]? Together(int[] left, int[] right)
    {
        int rank = Math.Max(left.Length, right.Length);
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int a = axis - rank + left.Length is >= 0 and int i ? left[i] : 1;
            int b = axis - rank + right.Length is >= 0 and int j ? right[j] : 1;
            bool isBatch = a == ValueShape.FreeBatch || b == ValueShape.FreeBatch;
            if (a != b && a != 1 && b != 1 && !isBatch)
                return null;
            shape[axis] = isBatch ? ValueShape.FreeBatch : Math.Max(a, b);
        }

        return shape;
    }
}
