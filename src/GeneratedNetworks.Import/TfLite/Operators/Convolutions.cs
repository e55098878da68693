namespace GeneratedNetworks.Import.TfLite.Operators;

/// <summary>Windows over [height, width, channels] with weights: CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV.</summary>
internal static class Convolutions
{
    private const int FullOptions = 1;
    private const int DepthwiseOptions = 2;
    private const int TransposedOptions = 49;

    /// <summary>CONV_2D: filter [out, height, width, in/groups].</summary>
    public static void AddFull(OperatorScope scope)
    {
        scope.RequireValueFirst();
        FlatTable options = scope.RequireOptions(FullOptions);
        TfTensor filter = Filter(scope);
        int inputs = scope.Chain.Shape[^1];
        (int outputs, int inGroup) = (filter.Shape[0], filter.Shape[3]);
        if (outputs < 1 || inGroup < 1 || inputs % inGroup != 0)
            throw scope.Error($"has filters of shape {filter.DescribeShape()}, [out, height, width, in], and reads {inputs} channels.");
        WindowShape window = Windows.Of(scope, options, [filter.Shape[1], filter.Shape[2]], dilations: 4);
        double[] weight = OutLast(scope.Weights(filter, 1), outputs);
        Convolution form = new(ConvolutionKind.Full, window, inputs, outputs, inputs / inGroup);
        scope.Chain.Convolve(scope.LayerName, form, weight, scope.Bias(2, outputs), scope.Origin(filter));
        scope.Activate(options, 3);
    }

    /// <summary>DEPTHWISE_CONV_2D: filter [1, height, width, in·multiplier]; output c·multiplier + m sees input c.</summary>
    public static void AddDepthwise(OperatorScope scope)
    {
        scope.RequireValueFirst();
        FlatTable options = scope.RequireOptions(DepthwiseOptions);
        TfTensor filter = Filter(scope);
        int inputs = scope.Chain.Shape[^1];
        int outputs = filter.Shape[3];
        if (filter.Shape[0] != 1 || outputs < 1 || outputs % inputs != 0)
            throw scope.Error($"has filters of shape {filter.DescribeShape()}, [1, height, width, in·multiplier], and reads {inputs} channels.");
        WindowShape window = Windows.Of(scope, options, [filter.Shape[1], filter.Shape[2]], dilations: 5);
        Convolution form = new(ConvolutionKind.Depthwise, window, inputs, outputs);
        scope.Chain.Convolve(scope.LayerName, form, scope.Weights(filter, 1), scope.Bias(2, outputs), scope.Origin(filter));
        scope.Activate(options, 4);
    }

    /// <summary>TRANSPOSE_CONV: the shape of the output, a filter [out, height, width, in], and the value.</summary>
    public static void AddTransposed(OperatorScope scope)
    {
        scope.RequireValueAt(2);
        FlatTable options = scope.RequireOptions(TransposedOptions);
        TfTensor filter = Filter(scope);
        int inputs = scope.Chain.Shape[^1];
        int outputs = filter.Shape[0];
        if (outputs < 1 || filter.Shape[3] != inputs)
            throw scope.Error($"has filters of shape {filter.DescribeShape()}, [out, height, width, in], and reads {inputs} channels.");
        int[] kernel = [filter.Shape[1], filter.Shape[2]];
        int[] wanted = scope.RequireIntegers(0, "the extents of its output");
        if (wanted.Length != 4 || wanted[3] != outputs || wanted[1] < 1 || wanted[2] < 1)
            throw scope.Error($"is to give the shape [{string.Join(", ", wanted.Take(8))}], and has {outputs} filters.");
        (WindowShape window, int more) = Crop(scope, WindowShape.Of(kernel, Windows.Strides(scope, options)), Windows.IsSame(scope, options), wanted[1..3]);
        double[] weight = Turned(scope.Weights(filter, 1), outputs, kernel[0] * kernel[1], inputs);
        Convolution form = new(ConvolutionKind.Transposed, window, inputs, outputs, OutputPadding: more);
        scope.Chain.Convolve(scope.LayerName, form, weight, scope.Bias(3, outputs), scope.Origin(filter));
        scope.Activate(options, 3);
    }

    /// <summary>What is cut off the result so that it has the wanted extents, and how many elements of zeros are behind all axes before that.</summary>
    private static (WindowShape Window, int More) Crop(OperatorScope scope, WindowShape window, bool isSame, int[] wanted)
    {
        int[] pads = new int[4];
        long[] after = new long[2];
        for (int axis = 0; axis < 2; axis++)
        {
            (int kernel, int stride, int extent) = (window.Kernel[axis], window.Strides[axis], wanted[axis]);
            long positions = isSame ? (extent + stride - 1L) / stride : (extent - kernel + (long)stride) / stride;
            long total = Math.Max(0, ((positions - 1) * stride) + kernel - extent);
            long full = ((scope.Chain.Shape[axis] - 1L) * stride) + kernel;
            after[axis] = full - (total / 2) - extent;
            if (full - (total / 2) < 1 || after[axis] <= -stride || full > int.MaxValue)
            {
                throw scope.Error(
                    $"is to give {extent} elements along axis {axis} from {scope.Chain.Shape[axis]}, which a window of {kernel} and a stride of {stride} do not reach.");
            }

            pads[axis] = (int)(total / 2);
        }

        int more = (int)Math.Max(0, -after.Min());
        for (int axis = 0; axis < 2; axis++)
            pads[axis + 2] = (int)(after[axis] + more);
        return (window with { Pads = pads }, more);
    }

    private static TfTensor Filter(OperatorScope scope)
    {
        TfTensor filter = scope.RequireConstant(1, "filters");
        if (filter.Shape.Length != 4 || filter.Count == 0)
            throw scope.Error($"has filters of shape {filter.DescribeShape()}; four axes are expected.");
        if (scope.Chain.Shape.Count != 3)
            throw scope.Error($"reads samples of shape [{string.Join(", ", scope.Chain.Shape)}]; [height, width, channels] is expected.");
        return filter;
    }

    /// <summary>[out, others] as [others, out].</summary>
    private static double[] OutLast(double[] values, int outputs)
    {
        double[] turned = new double[values.Length];
        int others = values.Length / outputs;
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < others; i++)
                turned[(i * outputs) + o] = values[(o * others) + i];
        }

        return turned;
    }

    /// <summary>[out, place, in] as [place, out, in].</summary>
    private static double[] Turned(double[] values, int outputs, int places, int inputs)
    {
        double[] turned = new double[values.Length];
        for (int o = 0; o < outputs; o++)
        {
            for (int place = 0; place < places; place++)
                Array.Copy(values, ((o * places) + place) * inputs, turned, ((place * outputs) + o) * inputs, inputs);
        }

        return turned;
    }
}
