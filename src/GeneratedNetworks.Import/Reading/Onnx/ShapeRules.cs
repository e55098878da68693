using GeneratedNetworks.Import.Reading.Functions;

namespace GeneratedNetworks.Import.Reading.Onnx;

/// <summary>Operators that move elements, or compute with shapes.</summary>
internal static class ShapeRules
{
    public static readonly IReadOnlyDictionary<string, OnnxRule> Table = new Dictionary<string, OnnxRule>(StringComparer.Ordinal)
    {
        ["Constant"] = OnnxRule.Of(Constant),
        ["Identity"] = OnnxRule.Of(call => call.Input(0), PrefixRole.Affine),
        ["Dropout"] = new(Dropout) { Role = PrefixRole.Affine },
        ["Cast"] = OnnxRule.Of(Cast, PrefixRole.Affine),
        ["CastLike"] = OnnxRule.Of(call => Cast(call, call.Input(1).Type), PrefixRole.Affine),
        ["Shape"] = OnnxRule.Of(Shape, PrefixRole.ShapeAlone),
        ["Size"] = OnnxRule.Of(call => Tensor.Whole(call.Input(0).Count).WithShape(), PrefixRole.ShapeAlone),
        ["Reshape"] = OnnxRule.Of(Reshape, PrefixRole.Affine),
        ["Flatten"] = OnnxRule.Of(Flatten, PrefixRole.Affine),
        ["Squeeze"] = OnnxRule.Of(Squeeze, PrefixRole.Affine),
        ["Unsqueeze"] = OnnxRule.Of(Unsqueeze, PrefixRole.Affine),
        ["Transpose"] = OnnxRule.Of(call => Shapes.Transpose(
            call.Scope, call.Input(0), [.. call.Ints("perm")?.Select(axis => (int)axis) ?? Enumerable.Range(0, call.Input(0).Rank).Reverse()])),
        ["Concat"] = OnnxRule.Of(call => Shapes.Concat(call.Scope, call.Inputs, call.Int("axis", 1))),
        ["Split"] = new(Split),
        ["Slice"] = OnnxRule.Of(Slice),
        ["Gather"] = OnnxRule.Of(call => Shapes.Gather(call.Scope, call.Input(0), call.Input(1), call.Int("axis", 0)), PrefixRole.Table) with { Range = Rows },
        ["Expand"] = OnnxRule.Of(Expand),
        ["Tile"] = OnnxRule.Of(Tile),
        ["ConstantOfShape"] = OnnxRule.Of(ConstantOfShape),
        ["Range"] = OnnxRule.Of(Range),
    };

    /// <summary>The numbers of a constant table's rows.</summary>
    private static (double Least, double Greatest) Rows(OnnxCall call) =>
        call.Optional(0) is { Rank: > 0 } table ? (0, table.Shape[call.Axis(call.Int("axis", 0), table.Rank)] - 1) : (double.NegativeInfinity, double.PositiveInfinity);

    private static Tensor Constant(OnnxCall call)
    {
        if (call.TensorAttribute("value") is { } tensor)
            return call.Tensors.Read(tensor, call.Node.Output[0]);
        if (call.Floats("value_floats") is { } floats)
            return Tensor.Real([floats.Length], floats);
        if (call.Ints("value_ints") is { } ints)
            return Tensor.Whole([.. ints]);
        if (call.Has("value_float"))
            return Tensor.Real([], [call.Float("value_float", 0)]);
        return call.Has("value_int") ? Tensor.Whole(call.Int("value_int", 0)).WithShape() : throw call.Error("its value is of a kind that is not supported");
    }

    /// <summary>At inference, everything is kept.</summary>
    private static Tensor[] Dropout(OnnxCall call)
    {
        bool trains = call.Opset >= 12 ? call.Optional(2) is { } mode && mode.Elements.Any(value => value != 0) : call.Opset < 7 && call.Int("is_test", 0) == 0;
        if (trains)
            throw call.Error("it drops elements, as in training");
        Tensor value = call.Input(0);
        return [value, new Tensor(ElementType.Truth, value.Shape, Array.ConvertAll(call.Scope.Allocate(value.Count), _ => 1.0))];
    }

    private static Tensor Cast(OnnxCall call) => Cast(
        call, OnnxTensors.TypeOf((int)call.Int("to", 0))?.Type ?? throw call.Error("it casts to a type that holds no numbers"));

    /// <summary>Between floating-point numbers of any width nothing happens: all of the file is executed in double.</summary>
    private static Tensor Cast(OnnxCall call, ElementType type)
    {
        Tensor value = call.Input(0);
        if (type == ElementType.Truth)
            return call.Scope.Map(value, x => x != 0 ? 1 : 0) with { Type = type };
        return (type.IsWhole() && value.Type == ElementType.Real ? call.Scope.Map(value, Math.Truncate) : value) with { Type = type };
    }

    private static Tensor Shape(OnnxCall call)
    {
        int[] shape = call.Input(0).Shape;
        (int start, int count) = Shapes.Bounds(call.Int("start", 0), call.Int("end", shape.Length), 1, shape.Length);
        return Tensor.Whole([.. shape.Skip(start).Take(count).Select(extent => (long)extent)]);
    }

    private static Tensor Reshape(OnnxCall call)
    {
        Tensor value = call.Input(0);
        long[] wanted = call.Opset < 5 ? [.. call.Ints("shape") ?? throw call.Error("it names no shape")] : call.Whole(call.Input(1));
        if (call.Int("allowzero", 0) == 0)
            wanted = [.. wanted.Select((extent, axis) => extent == 0 && axis < value.Rank ? value.Shape[axis] : extent)];
        return Shapes.Reshape(call.Scope, value, wanted);
    }

    private static Tensor Flatten(OnnxCall call)
    {
        Tensor value = call.Input(0);
        long axis = call.Int("axis", 1);
        int first = axis == value.Rank ? value.Rank : call.Axis(axis, value.Rank);
        return value.WithShape((int)Extents.Count(value.Shape.Take(first)), (int)Extents.Count(value.Shape.Skip(first)));
    }

    private static Tensor Squeeze(OnnxCall call)
    {
        Tensor value = call.Input(0);
        HashSet<int> axes = call.IntsOrInput("axes", 1) is { } named
            ? [.. named.Select(axis => call.Axis(axis, value.Rank))]
            : [.. Enumerable.Range(0, value.Rank).Where(axis => value.Shape[axis] == 1)];
        return axes.All(axis => value.Shape[axis] == 1)
            ? value.WithShape([.. value.Shape.Where((_, axis) => !axes.Contains(axis))])
            : throw call.Error($"it takes axes of other extents than 1 from a value of shape {value.ShapeText}");
    }

    private static Tensor Unsqueeze(OnnxCall call)
    {
        Tensor value = call.Input(0);
        long[] named = call.IntsOrInput("axes", 1) ?? throw call.Error("it names no axes");
        int rank = value.Rank + named.Length;
        HashSet<int> axes = rank <= 16 ? [.. named.Select(axis => call.Axis(axis, rank))] : [];
        if (axes.Count != named.Length)
            throw call.Error("it names an axis twice, or too many");
        Queue<int> rest = new(value.Shape);
        return value.WithShape([.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : rest.Dequeue())]);
    }

    private static Tensor[] Split(OnnxCall call)
    {
        Tensor value = call.Input(0);
        int axis = call.Axis(call.Int("axis", 0), value.Rank);
        int parts = call.Node.Output.Count;
        int extent = value.Shape[axis];
        int each = (extent + parts - 1) / parts;
        long[] sizes = call.IntsOrInput("split", 1) ?? [.. Enumerable.Range(0, parts).Select(i => (long)Math.Clamp(extent - (i * each), 0, each))];
        if (sizes.Length != parts || sizes.Any(size => size < 0 || size > extent) || sizes.Sum() != extent)
            throw call.Error($"it splits an axis of {extent} into [{string.Join(", ", sizes.Take(16))}]");
        Tensor[] results = new Tensor[parts];
        int at = 0;
        for (int i = 0; i < parts; i++)
        {
            int[] start = new int[value.Rank];
            int[] count = [.. value.Shape];
            (start[axis], count[axis]) = (at, (int)sizes[i]);
            results[i] = Shapes.Slice(call.Scope, value, start, count, [.. Enumerable.Repeat(1, value.Rank)]);
            at += (int)sizes[i];
        }

        return results;
    }

    private static Tensor Slice(OnnxCall call)
    {
        Tensor value = call.Input(0);
        bool byAttributes = call.Opset < 10;
        double[] from = byAttributes ? [.. (call.Ints("starts") ?? []).Select(at => (double)at)] : call.Input(1).Elements;
        double[] to = byAttributes ? [.. (call.Ints("ends") ?? []).Select(at => (double)at)] : call.Input(2).Elements;
        long[] axes = (byAttributes ? call.Ints("axes")?.ToArray() : call.Optional(3) is { } named ? call.Whole(named) : null)
            ?? [.. Enumerable.Range(0, from.Length).Select(axis => (long)axis)];
        double[] steps = byAttributes || call.Optional(4) is not { } given ? [.. from.Select(_ => 1.0)] : given.Elements;
        if (from.Length != to.Length || from.Length != axes.Length || from.Length != steps.Length)
            throw call.Error("its starts, ends, axes and steps are not as many as each other");
        int[] start = new int[value.Rank];
        int[] count = [.. value.Shape];
        int[] step = [.. Enumerable.Repeat(1, value.Rank)];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = call.Axis(axes[i], value.Rank);
            step[axis] = Math.Abs(steps[i]) is >= 1 and <= int.MaxValue ? (int)steps[i] : throw call.Error($"its step is {steps[i]}");
            (start[axis], count[axis]) = Shapes.Bounds(from[i], to[i], step[axis], value.Shape[axis]);
        }

        return Shapes.Slice(call.Scope, value, start, count, step);
    }

    private static Tensor Expand(OnnxCall call)
    {
        int[] wanted = Extent(call, call.Input(1));
        return Extents.Broadcast(call.Input(0).Shape, wanted) is { } shape
            ? Elementwise.Repeat(call.Scope, call.Input(0), shape)
            : throw call.Error($"a value of shape {call.Input(0).ShapeText} does not expand to [{string.Join(", ", wanted)}]");
    }

    private static Tensor Tile(OnnxCall call)
    {
        Tensor value = call.Input(0);
        int[] times = Extent(call, call.Input(1));
        if (times.Length != value.Rank)
            throw call.Error($"it repeats [{string.Join(", ", times)}] times a value of shape {value.ShapeText}");

        // Each axis as one to repeat and one to keep.
        int[] paired = [.. value.Shape.SelectMany(extent => new[] { 1, extent })];
        int[] target = [.. value.Shape.SelectMany((extent, axis) => new[] { times[axis], extent })];
        long count = Extents.Count(target);
        call.Scope.TakeElements(count);
        Tensor repeated = Elementwise.Repeat(call.Scope, value.WithShape(paired), target);
        return repeated.WithShape([.. value.Shape.Select((extent, axis) => extent * times[axis])]);
    }

    private static Tensor ConstantOfShape(OnnxCall call)
    {
        int[] shape = Extent(call, call.Input(0));
        Tensor number = call.TensorAttribute("value") is { } tensor ? call.Tensors.Read(tensor, "value") : Tensor.Real([], [0]);
        double[] result = call.Scope.Allocate(Extents.Count(shape));
        Array.Fill(result, call.Number(number));
        return new Tensor(number.Type, shape, result);
    }

    private static Tensor Range(OnnxCall call)
    {
        double start = call.Number(call.Input(0));
        double step = call.Number(call.Input(2));
        double count = Math.Max(0, Math.Ceiling((call.Number(call.Input(1)) - start) / step));
        if (!(count <= int.MaxValue))
            throw call.Error("it counts without end");
        double[] result = call.Scope.Allocate((long)count);
        for (int i = 0; i < result.Length; i++)
            result[i] = start + (i * step);
        return new Tensor(call.Input(0).Type, [result.Length], result);
    }

    /// <summary>Extents of a shape that is computed.</summary>
    private static int[] Extent(OnnxCall call, Tensor value)
    {
        long[] extents = call.Whole(value);
        return extents.Length <= 16 && Array.TrueForAll(extents, extent => extent is >= 0 and <= int.MaxValue)
            ? Array.ConvertAll(extents, extent => (int)extent)
            : throw call.Error($"[{string.Join(", ", extents.Take(16))}] is no shape");
    }
}
