using GeneratedNetworks.Import.Onnx.Operators;
using GeneratedNetworks.Import.Onnx.Schema;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Onnx;

/// <summary>
/// Computes nodes whose inputs are all constants. One that is not in the table stays, and matters only if the chain needs its result.
/// </summary>
internal static class ConstantFolding
{
    private const int MostInputs = 64;

    private static readonly Dictionary<string, Func<OnnxNode, OnnxConstant?>> Table = new(StringComparer.Ordinal)
    {
        ["Constant"] = Constant,
        ["Identity"] = node => node.Constant(0, "the value"),
        ["Cast"] = Cast,
        ["Transpose"] = Transpose,
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Squeeze"] = node => WithShape(node, SqueezeOperators.Squeezed(node, node.Constant(0, "the value").Shape)),
        ["Unsqueeze"] = node => WithShape(node, SqueezeOperators.Unsqueezed(node, node.Constant(0, "the value").Shape)),
        ["DequantizeLinear"] = Quantization.DequantizeConstant,
        ["Gather"] = Gather,
        ["Concat"] = Concat,
        ["Add"] = node => Arithmetic(node, (a, b) => a + b),
        ["Sub"] = node => Arithmetic(node, (a, b) => a - b),
        ["Mul"] = node => Arithmetic(node, (a, b) => a * b),
        ["Div"] = node => Arithmetic(node, (a, b) => a / b),
        ["Sqrt"] = node => Map(node, Math.Sqrt),
        ["Neg"] = node => Map(node, value => -value),
        ["Exp"] = node => Map(node, Math.Exp),
        ["ConstantOfShape"] = ConstantOfShape,
        ["Expand"] = Expand,
        ["Slice"] = ConstantSlice.Fold,
    };

    private const string ShapeOperator = "Shape";

    public static IEnumerable<string> Operators => Table.Keys.Append(ShapeOperator);

    public static bool Knows(string operatorName) => operatorName == ShapeOperator || Table.ContainsKey(operatorName);

    public static OnnxConstant? TryFold(OnnxNode node)
    {
        if (node.Operator == ShapeOperator)
            return Shape(node);
        if (!Table.TryGetValue(node.Operator, out Func<OnnxNode, OnnxConstant?>? fold) || node.Inputs.Count > MostInputs)
            return null;
        if (node.Inputs.Count == 0 && node.Operator != "Constant")
            return null;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Has(i) && node.TryConstant(i) is null)
                return null;
        }

        return fold(node);
    }

    /// <summary>The shape of a value, its batch being NaN; null where it is not known, or where there are several batch axes.</summary>
    private static OnnxConstant? Shape(OnnxNode node)
    {
        if (!node.Has(0) || node.Graph.RowsAreSamples || (node.Graph.Shapes.Of(node.Inputs[0]) ?? node.TryConstant(0)?.Shape) is not { } shape)
            return null;
        node.AllowAttributes("start", "end");
        int start = Place(node.Int("start", 0));
        int end = Place(node.Int("end", shape.Length));
        double[] extents = [.. shape.Take(end).Skip(start).Select(extent => extent == ValueShape.FreeBatch ? double.NaN : extent)];
        return new OnnxConstant("", DataType.Int64, [extents.Length], extents);

        int Place(long axis) => (int)Math.Clamp(axis < 0 ? axis + shape.Length : axis, 0, shape.Length);
    }

    /// <summary>The same number everywhere. A batch of any extent becomes one of 1, which is repeated wherever it meets another value.</summary>
    private static OnnxConstant? ConstantOfShape(OnnxNode node)
    {
        long[] target = node.Constant(0, "the shape").Integers(node, "the shape");
        OnnxConstant? value = node.Tensor("value") is { } tensor ? node.Graph.Tensors.Read(tensor, node.Outputs[0]) : null;
        if (Extents(target) is not { } shape || value is { Values: not [_] })
            return null;
        double[] values = new double[Axes.Count(shape)];
        node.Graph.Budget.Take(values.Length, node.Description);
        Array.Fill(values, value?.Values![0] ?? 0);
        return new OnnxConstant("", value?.Type ?? DataType.Float, shape, values);
    }

    /// <summary>Repeated along axes of extent 1.</summary>
    private static OnnxConstant? Expand(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        if (value.Values is not { } values || Extents(node.Constant(1, "the shape").Integers(node, "the shape")) is not { } target)
            return null;
        int rank = Math.Max(target.Length, value.Shape.Length);
        int[] from = [.. Enumerable.Repeat(1, rank - value.Shape.Length), .. value.Shape];
        int[] to = [.. Enumerable.Repeat(1, rank - target.Length), .. target];
        long count = 1;
        for (int axis = 0; axis < rank; axis++)
        {
            if (from[axis] != to[axis] && from[axis] != 1 && to[axis] != 1)
                return null;
            to[axis] = Math.Max(from[axis], to[axis]);
            count *= to[axis];
            if (count > TensorBudget.WidestRepeat)
                return null;
        }

        node.Graph.Budget.Take(count, node.Description);
        return value with { Shape = to, Values = Axes.Repeat(values, from, to) };
    }

    /// <summary>Extents that can be made, with 1 for the batch; null for others.</summary>
    private static int[]? Extents(long[] target)
    {
        long count = 1;
        foreach (long extent in target)
        {
            if (extent is <= 0 or > int.MaxValue && extent != OnnxConstant.BatchExtent)
                return null;
            count *= Math.Max(extent, 1);
            if (count > TensorBudget.WidestRepeat)
                return null;
        }

        return target.Length > 64 ? null : Array.ConvertAll(target, extent => (int)Math.Max(extent, 1));
    }

    /// <summary>A run of a vector, which is how some extents are taken out of a shape.</summary>
    private static OnnxConstant? Constant(OnnxNode node)
    {
        string name = node.Outputs[0];
        if (node.Tensor("value") is { } tensor)
            return node.Graph.Tensors.Read(tensor, name) with { Name = name };
        if (node.Floats("value_floats") is { } floats)
            return new(name, DataType.Float, [floats.Count], [.. floats.Select(value => (double)value)]);
        if (node.Ints("value_ints") is { } ints)
            return new(name, DataType.Int64, [ints.Count], [.. ints.Select(value => (double)value)]);
        double number = node.Float("value_float", double.NaN);
        if (!double.IsNaN(number))
            return new(name, DataType.Float, [], [number]);
        long whole = node.Int("value_int", long.MinValue);
        return whole == long.MinValue ? null : new(name, DataType.Int64, [], [whole]);
    }

    private static OnnxConstant? Cast(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        DataType target = (DataType)node.Int("to", 0);
        if (value.Values is not { } values || ElementTypes.Size(target) == 0)
            return null;
        if (value.Type == target || target == DataType.Double)
            return value with { Type = target };
        node.Graph.Budget.Take(values.Length, node.Description);
        Func<double, double>? convert = target switch
        {
            DataType.Float => number => (float)number,
            DataType.Float16 => number => (double)(Half)number,
            DataType.Int64 or DataType.Int32 when !value.IsFloat || Array.TrueForAll(values, number => Math.Abs(number) <= int.MaxValue) => Math.Truncate,
            DataType.Bool => number => number == 0 ? 0 : 1,
            _ => null,
        };
        return convert is null ? null : value with { Type = target, Values = Array.ConvertAll(values, number => convert(number)) };
    }

    private static OnnxConstant? Transpose(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        if (value.Values is not { } values)
            return null;
        int[] permutation = TransposeOperator.Permutation(node, value.Shape.Length);
        node.Graph.Budget.Take(2L * values.Length, node.Description);
        int[] from = Axes.Transpose(value.Shape, permutation);
        return value with { Shape = Array.ConvertAll(permutation, axis => value.Shape[axis]), Values = Array.ConvertAll(from, i => values[i]) };
    }

    private static OnnxConstant? Reshape(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        long[] target = node.Constant(1, "the shape").Integers(node, "the shape");
        bool copies = node.Int("allowzero", 0) == 0;
        int[]? shape = ReshapeOperator.Resolve(target, value.Count, axis => copies && axis < value.Shape.Length ? value.Shape[axis] : 0);
        return shape is null ? throw node.Error($"a constant of shape {value.ShapeText} cannot take the shape [{string.Join(", ", target)}]") : value with { Shape = shape };
    }

    private static OnnxConstant? Flatten(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        long axis = node.Int("axis", 1);
        if (axis < 0)
            axis += value.Shape.Length;
        if (axis < 0 || axis > value.Shape.Length)
            throw node.Error($"axis {axis} does not exist in a constant of shape {value.ShapeText}");
        return value with { Shape = [Axes.Count(value.Shape.Take((int)axis)), Axes.Count(value.Shape.Skip((int)axis))] };
    }

    private static OnnxConstant WithShape(OnnxNode node, int[] shape) => node.Constant(0, "the value") with { Shape = shape };

    /// <summary>Elements of a vector, which is how one extent is taken out of a shape.</summary>
    private static OnnxConstant? Gather(OnnxNode node)
    {
        OnnxConstant value = node.Constant(0, "the value");
        OnnxConstant indices = node.Constant(1, "the indices");
        if (value.Values is not { } values || value.Shape.Length != 1 || indices.Shape.Length > 1 || node.Int("axis", 0) != 0)
            return null;
        long[] places = indices.Integers(node, "the indices");
        double[] result = new double[places.Length];
        node.Graph.Budget.Take(places.Length, node.Description);
        for (int i = 0; i < places.Length; i++)
        {
            long place = places[i] < 0 ? places[i] + values.Length : places[i];
            if (place < 0 || place >= values.Length)
                throw node.Error($"index {places[i]} lies outside of a vector of {values.Length}");
            result[i] = values[place];
        }

        return new OnnxConstant("", value.Type, indices.Shape, result);
    }

    /// <summary>Vectors one after the other, which is how a shape is put together.</summary>
    private static OnnxConstant? Concat(OnnxNode node)
    {
        OnnxConstant[] parts = [.. Enumerable.Range(0, node.Inputs.Count).Select(i => node.Constant(i, "a part"))];
        if (!Array.TrueForAll(parts, part => part.Shape.Length == 1 && part.Values is not null && part.Type == parts[0].Type))
            return null;
        node.Graph.Budget.Take(parts.Sum(part => (long)part.Count), node.Description);
        double[] values = [.. parts.SelectMany(part => part.Values!)];
        return new OnnxConstant("", parts[0].Type, [values.Length], values);
    }

    private static OnnxConstant? Map(OnnxNode node, Func<double, double> function)
    {
        OnnxConstant value = node.Constant(0, "the value");
        if (value.Values is not { } values || !value.IsFloat)
            return null;
        node.Graph.Budget.Take(values.Length, node.Description);
        return value with { Values = Array.ConvertAll(values, number => Round(value.Type, function(number))) };
    }

    /// <summary>Of one shape, or with one number; floating-point only, so that the extent of the batch is not computed with.</summary>
    private static OnnxConstant? Arithmetic(OnnxNode node, Func<double, double, double> function)
    {
        OnnxConstant left = node.Constant(0, "the first operand");
        OnnxConstant right = node.Constant(1, "the second operand");
        if (left.Values is not { } a || right.Values is not { } b || !left.IsFloat || left.Type != right.Type)
            return null;
        OnnxConstant larger = b.Length > a.Length || (b.Length == a.Length && right.Shape.Length > left.Shape.Length) ? right : left;
        OnnxConstant smaller = ReferenceEquals(larger, left) ? right : left;
        int skipped = larger.Shape.Length - smaller.Shape.Length;
        if (skipped < 0)
            return null;
        int[] shape = [.. Enumerable.Repeat(1, skipped), .. smaller.Shape];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != 1 && shape[axis] != larger.Shape[axis])
                return null;
        }

        node.Graph.Budget.Take(2L * larger.Count, node.Description);
        double[] repeated = Axes.Repeat(smaller.Values!, shape, larger.Shape);
        double[] result = new double[repeated.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = Round(left.Type, ReferenceEquals(larger, left) ? function(a[i], repeated[i]) : function(repeated[i], b[i]));
        return larger with { Values = result };
    }

    private static double Round(DataType type, double value) => type switch
    {
        DataType.Float => (float)value,
        DataType.Float16 => (double)(Half)value,
        _ => value,
    };
}
