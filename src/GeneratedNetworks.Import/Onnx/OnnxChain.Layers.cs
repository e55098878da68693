using GeneratedNetworks.Import.Onnx.Operators;

namespace GeneratedNetworks.Import.Onnx;

/// <content>Layers that read channels, and what joins several values.</content>
internal sealed partial class OnnxChain
{
    /// <summary>Brings the channels, the first axis of a sample, to the end of the layers' value, where that moves no element or a layer can do it.</summary>
    public bool TryChannelsLast(OnnxNode node)
    {
        int[] sample = Shape.Sample;
        if (!Shape.HasBatch || Shape.Leading != 1 || sample.Length == 0)
            return false;
        if (sample.Length == 1)
            return _order.IsNatural;
        if (_order.IsChannelsLast)
            return true;
        int[] extents = [.. sample[1..], sample[0]];
        ElementOrder order = ElementOrder.ChannelsLast(extents);
        if (!_order.IsNatural)
            return false;
        _graph.Budget.Take(Shape.Size, node.Description);
        if (!order.IsNatural && !_layers.TryRenumber(Inverse(order.Places(Shape.Size))))
            return false;
        _layers.Reshape(node.Name, extents);
        _order = order;
        return true;

        static int[] Inverse(int[] places)
        {
            int[] from = new int[places.Length];
            for (int i = 0; i < places.Length; i++)
                from[places[i]] = i;
            return from;
        }
    }

    /// <summary>The same, or the refusal.</summary>
    /// <param name="node">Who needs it.</param>
    /// <param name="axes">How many axes there must be beside the channels, or null: any.</param>
    public void RequireChannelsLast(OnnxNode node, int? axes)
    {
        Shape.RequireOneBatchAxis(node);
        if (axes is not null && Shape.Sample.Length != axes + 1)
            throw node.Error($"its input has the shape {Shape.Text}, and {axes + 2} axes are expected: batch, channels and those that its window slides over");
        if (!TryChannelsLast(node))
        {
            throw node.Error(
                $"its input of shape {Shape.Text} does not have its channels last in the layers before it, and nothing before it can bring them there: a Reshape or Transpose stands between");
        }
    }

    /// <summary>A convolution of the channels.</summary>
    public void Convolve(OnnxNode node, string? name, Convolution form, double[] weight, double[]? bias, string? origin)
    {
        _layers.Convolve(name, form, weight, bias, origin is { Length: > 0 } ? origin : null);
        Slide();
    }

    public void Pool(OnnxNode node, bool isMax, WindowShape window, bool ceilMode, bool countPadding)
    {
        _layers.Pool(OnnxNaming.Path(node), isMax, window, ceilMode, countPadding);
        Slide();
    }

    /// <summary>Over all axes but the channels, which stay with an extent of 1 or go.</summary>
    public void GlobalPool(OnnxNode node, bool isMax, bool keepAxes)
    {
        RequireChannelsLast(node, null);
        int channels = Shape.Sample[0];
        _layers.GlobalPool(OnnxNaming.Path(node), isMax);
        _order = ElementOrder.Natural;
        Shape = Shape with { Sample = keepAxes ? [channels, .. Shape.Sample.Skip(1).Select(_ => 1)] : [channels] };
        IsAtInput = false;
    }

    public void Pad(OnnxNode node, int[] pads)
    {
        _layers.Pad(OnnxNaming.Path(node), pads);
        Slide();
    }

    public void BatchNorm(OnnxNode node, double[] gamma, double[] beta, double[] mean, double[] variance, double epsilon, double momentum, bool unbiased)
    {
        _layers.BatchNorm(OnnxNaming.Layer(node, node.TryConstant(1)!, null), gamma, beta, mean, variance, epsilon, momentum, unbiased);
        IsAtInput = false;
    }

    /// <summary>Over the last axes of a sample.</summary>
    public void LayerNorm(OnnxNode node, string? name, double[]? gamma, double[]? beta, double epsilon, int axes)
    {
        if (Shape.Sample.Length == axes && !_order.IsNatural)
        {
            // Over all elements, in whatever order.
            _layers.LayerNorm(name, gamma is null ? null : _order.OfElements(gamma), beta is null ? null : _order.OfElements(beta), epsilon, _layers.Shape.Count);
        }
        else
        {
            if (AxesOfLayers() is not { } order || order.Skip(order.Length - axes).Where((axis, i) => axis != order.Length - axes + i).Any())
                throw node.Error($"it runs over the last {axes} axes of a value of shape {Shape.Text}, which are not the last ones of the layers before it");
            _layers.LayerNorm(name, gamma, beta, epsilon, axes);
        }

        IsAtInput = false;
    }

    /// <summary>One slope for all elements.</summary>
    public void PRelu(OnnxNode node, string? name, double slope)
    {
        _layers.PRelu(name ?? node.Name, [slope]);
        IsAtInput = false;
    }

    /// <summary>One slope for each element of a sample.</summary>
    public void PRelu(OnnxNode node, string? name, double[] slopes)
    {
        double[] ordered = _order.OfElements(slopes);
        int count = Period([ordered]);
        if (count != 1 && count != _layers.Shape[^1])
            throw node.Error($"its slopes differ along other axes than the channels of a value of shape {Shape.Text}; one for all, or one a channel, is supported");
        _layers.PRelu(name, ordered[..count]);
        IsAtInput = false;
    }

    /// <summary>A softmax along one axis of a sample, or along all elements.</summary>
    public void Softmax(OnnxNode node, Activation function, int axis)
    {
        if (SoftmaxOperators.CoversSample(node, this))
        {
            IReadOnlyList<int> shape = _layers.Shape;
            bool isRow = shape[^1] == _layers.Size;
            if (!isRow)
                _layers.Reshape(null, [_layers.Size]);
            Activate(node, function);
            if (!isRow)
                _layers.Reshape(null, shape);
            return;
        }

        if (AxesOfLayers() is not { } axes || axes[axis] != axes.Length - 1)
            throw node.Error($"it runs along axis {Shape.OfAll(axis)} of a value of shape {Shape.Text}, which is not the last one of the layers; only that, or one over all elements of a sample, is supported");
        Activate(node, function);
    }

    /// <summary>The sum, the product or the joined channels of several values.</summary>
    /// <param name="node">Who joins them.</param>
    /// <param name="kind">How.</param>
    /// <param name="values">In order.</param>
    /// <param name="axis">Along which axis of a sample they are joined.</param>
    public static OnnxChain Join(OnnxNode node, JoinKind kind, IReadOnlyList<OnnxChain> values, int axis = 0)
    {
        OnnxChain[] parts = kind == JoinKind.Concat ? [.. values.Select(value => value.Branch())] : [];
        OnnxChain joined = Joined(node, kind, values, axis);
        if (kind == JoinKind.Concat)
            joined.Parts = (parts, joined.Shape.OfAll(axis));
        return joined;
    }

    private static OnnxChain Joined(OnnxNode node, JoinKind kind, IReadOnlyList<OnnxChain> values, int axis)
    {
        if (values.FirstOrDefault(value => !value.HoldsNumbers) is { } quantized)
            throw node.Error($"it reads {(quantized.IsInteger ? "an input of whole numbers" : $"the quantized result of {quantized.QuantizedBy}")} beside another value, which is not supported");
        OnnxChain first = values[0];
        ValueShape shape = first.Shape;
        int[] sample = shape.Sample;
        foreach (OnnxChain other in values)
        {
            bool fits = other.Shape.Sample.Length == sample.Length && other.Shape.Leading == shape.Leading && other.Shape.BatchAxis == shape.BatchAxis
                && !other.Shape.Sample.Where((extent, i) => extent != sample[i] && !(kind == JoinKind.Concat && i == axis)).Any();
            if (!fits)
                throw node.Error($"it {(kind == JoinKind.Concat ? "joins" : "computes element by element with")} values of the shapes {shape.Text} and {other.Shape.Text}; shapes must be equal{(kind == JoinKind.Concat ? " but for the axis along which it joins" : ", and only constants are repeated")}");
        }

        string? name = OnnxNaming.Path(node);
        int[] result = [.. sample];
        if (kind == JoinKind.Concat)
            result[axis] = values.Sum(value => value.Shape.Sample[axis]);
        ElementOrder order = first._order;
        bool isSameOrder = values.All(value => value.HasOrderOf(first));
        if (kind == JoinKind.Concat && !(isSameOrder && first.AxesOfLayers() is { } own && own[axis] == own.Length - 1))
        {
            // One behind the other, each in its own order.
            if (sample.Take(axis).Any(extent => extent != 1))
                throw node.Error($"it joins values of shape {shape.Text} along axis {shape.OfAll(axis)}, which is not the last one of the layers, where channels are");
            foreach (OnnxChain value in values)
                value._layers.Reshape(null, [value._layers.Size]);
            first._graph.Budget.Take(Axes.Count(result), node.Description);
            List<int> places = [];
            foreach (OnnxChain value in values)
            {
                int before = places.Count;
                places.AddRange(value._order.Places(value._layers.Size).Select(place => place + before));
            }

            LayerChain joined = LayerChain.Join(kind, name, [.. values.Select(value => value._layers)]);
            order = ElementOrder.OfPlaces([.. places]);
            if (order.IsNatural)
                joined.Reshape(null, result);
            return new OnnxChain(first._graph, joined, shape with { Sample = result }, order) { IsAtInput = false };
        }

        if (!isSameOrder)
            throw node.Error($"it computes with two values of shape {shape.Text} of which one is transposed");
        foreach (OnnxChain value in values.Where(value => value._order.Axes is null))
            value._layers.Reshape(null, value.Shape.Sample.Length == 0 ? [1] : value.Shape.Sample);
        LayerChain layers = LayerChain.Join(kind, name, [.. values.Select(value => value._layers)]);
        order = order.Axes is { } axes ? ElementOrder.OfAxes(axes, layers.Shape) : order;
        return new OnnxChain(first._graph, layers, shape with { Sample = result }, order) { IsAtInput = false };
    }

    // After a layer whose window slides: the layers know the new extents.
    private void Slide()
    {
        IReadOnlyList<int> extents = _layers.Shape;
        Shape = Shape with { Sample = [extents[^1], .. extents.SkipLast(1)] };
        _order = ElementOrder.ChannelsLast(extents);
        IsAtInput = false;
    }

    private bool HasOrderOf(OnnxChain other)
    {
        if (_order.IsNatural && other._order.IsNatural)
            return (_order.Axes is null) == (other._order.Axes is null);
        return _order.Axes is { } axes && other._order.Axes is { } others ? axes.SequenceEqual(others) : false;
    }
}
