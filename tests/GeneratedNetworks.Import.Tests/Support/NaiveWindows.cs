namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>Convolutions and pools by the formulas of their definition; a signal is an image of one row.</summary>
internal static class NaiveWindows
{
    public static NaiveValue Convolution(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        (Frame frame, int[] shape) = Frame.Of(layer, value.Shape, "kernel", isPool: false);
        bool isDepthwise = layer.Attribute.StartsWith("Depthwise", StringComparison.Ordinal);
        int inputs = value.Shape[^1];
        int groups = isDepthwise ? inputs : layer.Get("Groups", 1);
        int outputs = isDepthwise ? inputs * layer.Get("Multiplier", 1) : layer.Get("filters", 0);
        int perGroup = inputs / groups;
        ImportedTensor weight = tensors.Dequeue();
        Assert.Equal(isDepthwise ? [.. frame.KernelShape, inputs, outputs / inputs] : [.. frame.KernelShape, perGroup, outputs], weight.Shape);
        double[]? bias = NaiveModel.Bias(layer, tensors, outputs);
        double[] result = new double[frame.Rows.Positions * frame.Columns.Positions * outputs];
        frame.Visit((position, ky, kx, y, x) =>
        {
            for (int o = 0; o < outputs; o++)
            {
                int group = o / (outputs / groups);
                for (int c = 0; c < perGroup; c++)
                {
                    int tap = (ky * frame.Columns.Kernel) + kx;
                    double w = isDepthwise ? weight.Values![(tap * outputs) + o] : weight.Values![(((tap * perGroup) + c) * outputs) + o];
                    result[(position * outputs) + o] += w * value.Numbers[(((y * frame.Columns.Extent) + x) * inputs) + (group * perGroup) + c];
                }
            }
        });
        return new([.. shape, outputs], [.. result.Select((sum, i) => sum + (bias?[i % outputs] ?? 0))]);
    }

    public static NaiveValue Transposed(ImportedLayer layer, Queue<ImportedTensor> tensors, NaiveValue value)
    {
        (Frame frame, _) = Frame.Of(layer, value.Shape, "kernel", isPool: false);
        int inputs = value.Shape[^1];
        int outputs = layer.Get("filters", 0);
        int more = layer.Get("OutputPadding", 0);
        ImportedTensor weight = tensors.Dequeue();
        Assert.Equal([.. frame.KernelShape, outputs, inputs], weight.Shape);
        double[]? bias = NaiveModel.Bias(layer, tensors, outputs);
        bool isSignal = value.Shape.Length == 2;
        bool hasPads = layer.Get<int[]?>("Pads", null) is not null;
        int height = isSignal ? 1 : frame.Rows.Full(hasPads) + more;
        int width = frame.Columns.Full(hasPads) + more;
        double[] result = new double[height * width * outputs];
        for (int y = 0; y < frame.Rows.Extent; y++)
        {
            for (int x = 0; x < frame.Columns.Extent; x++)
            {
                for (int ky = 0; ky < frame.Rows.Kernel; ky++)
                {
                    for (int kx = 0; kx < frame.Columns.Kernel; kx++)
                    {
                        int row = (y * frame.Rows.Stride) + (ky * frame.Rows.Dilation) - frame.Rows.Before;
                        int column = (x * frame.Columns.Stride) + (kx * frame.Columns.Dilation) - frame.Columns.Before;
                        if (row < 0 || row >= height || column < 0 || column >= width)
                            continue;
                        for (int o = 0; o < outputs; o++)
                        {
                            for (int c = 0; c < inputs; c++)
                            {
                                double w = weight.Values![(((((ky * frame.Columns.Kernel) + kx) * outputs) + o) * inputs) + c];
                                result[(((row * width) + column) * outputs) + o] += w * value.Numbers[(((y * frame.Columns.Extent) + x) * inputs) + c];
                            }
                        }
                    }
                }
            }
        }

        return new(isSignal ? [width, outputs] : [height, width, outputs], [.. result.Select((sum, i) => sum + (bias?[i % outputs] ?? 0))]);
    }

    public static NaiveValue Pool(ImportedLayer layer, NaiveValue value)
    {
        (Frame frame, int[] shape) = Frame.Of(layer, value.Shape, "size", isPool: true);
        int channels = value.Shape[^1];
        bool isMax = layer.Attribute.StartsWith("Max", StringComparison.Ordinal);
        int count = frame.Rows.Positions * frame.Columns.Positions;
        double[] result = [.. Enumerable.Repeat(isMax ? double.NegativeInfinity : 0, count * channels)];
        int[] seen = new int[count];
        frame.Visit((position, _, _, y, x) =>
        {
            seen[position]++;
            for (int c = 0; c < channels; c++)
            {
                double number = value.Numbers[(((y * frame.Columns.Extent) + x) * channels) + c];
                int at = (position * channels) + c;
                result[at] = isMax ? (number > result[at] || double.IsNaN(number) ? number : result[at]) : result[at] + number;
            }
        });
        if (!isMax)
        {
            for (int i = 0; i < result.Length; i++)
            {
                int position = i / channels;
                result[i] /= layer.Get("CountPadding", false)
                    ? frame.Rows.Covered(position / frame.Columns.Positions) * frame.Columns.Covered(position % frame.Columns.Positions)
                    : seen[position];
            }
        }

        return new([.. shape, channels], result);
    }

    public static NaiveValue Global(ImportedLayer layer, NaiveValue value)
    {
        int channels = value.Shape[^1];
        bool isMax = layer.Attribute == "GlobalMaxPool";
        return new([channels], [.. Enumerable.Range(0, channels).Select(c =>
        {
            IEnumerable<double> all = value.Numbers.Where((_, i) => i % channels == c);
            return isMax ? all.Max() : all.Average();
        })]);
    }

    private sealed record Along(int Extent, int Kernel, int Stride, int Dilation, int Before, int After, bool Ceil)
    {
        public static Along Single { get; } = new(1, 1, 1, 1, 0, 0, false);

        private int Span => ((Kernel - 1) * Dilation) + 1;

        public int Positions
        {
            get
            {
                int room = Extent + Before + After - Span;
                int positions = (room / Stride) + 1;
                return Ceil && room % Stride > 0 && positions * Stride < Extent + Before ? positions + 1 : positions;
            }
        }

        /// <summary>The length of a transposed result: PyTorch's where pads are said, otherwise Keras', which does not end before its stride.</summary>
        public int Full(bool hasPads) => hasPads ? ((Extent - 1) * Stride) + Span - Before - After : (Extent * Stride) + Math.Max(Span - Stride, 0);

        /// <summary>How many elements of a window lie inside the value and its border.</summary>
        public int Covered(int position) => Math.Min(Kernel, Extent + Before + After - (position * Stride));
    }

    private sealed record Frame(Along Rows, Along Columns, int[] KernelShape)
    {
        public static (Frame Frame, int[] Shape) Of(ImportedLayer layer, int[] input, string kernelName, bool isPool)
        {
            int axes = input.Length - 1;
            int[] kernel = Each(kernelName, 0);
            int[] usual = isPool ? kernel : Same(1);
            int[] strides = layer.Get<int[]?>("Strides", null) ?? (layer.Get("Stride", 0) is > 0 and int stride ? Same(stride) : usual);
            int[] dilations = layer.Get<int[]?>("Dilations", null) ?? Same(layer.Get("Dilation", 1));
            int[] pads = layer.Get<int[]?>("Pads", null) ?? new int[2 * axes];
            Assert.Equal(2 * axes, pads.Length);
            Along[] along = [.. Enumerable.Range(0, axes).Select(i => new Along(input[i], kernel[i], strides[i], dilations[i], pads[2 * i], pads[(2 * i) + 1], layer.Get("CeilMode", false)))];
            return (new Frame(axes == 1 ? Along.Single : along[0], along[^1], kernel), [.. along.Select(axis => axis.Positions)]);

            int[] Each(string name, int otherwise) => layer.Get<int[]?>(name, null) ?? Same(layer.Get(name, otherwise));

            int[] Same(int number) => [.. Enumerable.Repeat(number, axes)];
        }

        /// <summary>Calls back with the number of a position, a place in its window, and the element that lies there.</summary>
        public void Visit(Action<int, int, int, int, int> visit)
        {
            for (int position = 0; position < Rows.Positions * Columns.Positions; position++)
            {
                for (int ky = 0; ky < Rows.Kernel; ky++)
                {
                    for (int kx = 0; kx < Columns.Kernel; kx++)
                    {
                        int y = (position / Columns.Positions * Rows.Stride) + (ky * Rows.Dilation) - Rows.Before;
                        int x = (position % Columns.Positions * Columns.Stride) + (kx * Columns.Dilation) - Columns.Before;
                        if (y >= 0 && y < Rows.Extent && x >= 0 && x < Columns.Extent)
                            visit(position, ky, kx, y, x);
                    }
                }
            }
        }
    }
}
