namespace GeneratedNetworks.Import;

/// <summary>Writes the layers of one segment into a <see cref="LayerList"/>: which attribute a step becomes, with which arguments and tensors.</summary>
internal sealed class SegmentLayers(LayerList list, int index)
{
    private readonly Segment _segment = list.SegmentAt(index);

    public void Write()
    {
        IReadOnlyList<FoldedStep> steps = _segment.Steps;
        for (int i = 0; i < steps.Count; i++)
        {
            (int linear, int end) = (steps[i].End, steps[i].End);
            Activation function = Activation.Identity;
            if (steps[i].Step is AffineStep or JoinStep && i + 1 < steps.Count && steps[i + 1].Step is ActivationStep { Function: var next })
            {
                function = next;
                end = steps[i + 1].End;
            }

            // A dense layer flattens by itself, and of two shapes in a row the last one counts.
            Step? reader = i + 1 < steps.Count ? steps[i + 1].Step : null;
            if (steps[i].Step is ReshapeStep { Shape.Length: > 1 } && reader is ReshapeStep or DenseStep { PerStep: false })
                continue;
            EmittedLayer layer = Write(steps[i].Step, function);
            (layer.Linear, layer.End, layer.Wanted) = (linear, end, steps[i].Step.Name);
            if (function != Activation.Identity)
                i++;
        }
    }

    private EmittedLayer Write(Step step, Activation function) => step switch
    {
        DenseStep dense => Write(dense, function),
        ConvolutionStep convolution => Write(convolution, function),
        JoinStep join => Write(join, function),
        RecurrentStep recurrent => Write(recurrent),
        EmbeddingStep embedding => Write(embedding),
        PoolStep pool => Add($"{(pool.IsMax ? "MaxPool" : "AveragePool")}{pool.Window.Axes}D", Arguments(pool)),
        GlobalPoolStep pool => Add(pool.IsMax ? "GlobalMaxPool" : "GlobalAveragePool"),
        BatchNormStep norm => Write(norm),
        LayerNormStep norm => Write(norm),
        PReluStep rectifier => Write(rectifier),
        NormalizeStep normalize => Write(normalize),
        ClipStep clip => Add("Clip", ("minimum", clip.Minimum), ("maximum", clip.Maximum)),
        ActivationStep activation => Add("Activation", ("activation", activation.Function)),
        DropoutStep dropout => Add("Dropout", ("rate", dropout.Rate)),
        ReshapeStep { Shape.Length: 1 } => Add("Flatten"),
        ReshapeStep reshape => Add("Reshape", ("shape", reshape.Shape)),
        _ => throw new NotSupportedException($"A step of type {step.GetType().Name} is no layer."),
    };

    private EmittedLayer Write(DenseStep dense, Activation function)
    {
        string name = list.Unique(dense.Name, "dense");
        (string, object)[] perStep = dense.PerStep ? [("PerStep", true)] : [];
        EmittedLayer layer = Add("Dense", [("units", dense.Units), ("activation", function), ("UseBias", dense.Bias is not null), .. perStep, ("Name", name)]);
        AddWeights(name, [dense.Weight.Length / dense.Units, dense.Units], dense);
        return layer;
    }

    private EmittedLayer Write(ConvolutionStep step, Activation function)
    {
        Convolution form = step.Shape;
        (string kind, string stem) = form.Kind switch
        {
            ConvolutionKind.Full => ("Conv{0}D", "conv"),
            ConvolutionKind.Depthwise => ("DepthwiseConv{0}D", "depthwise"),
            _ => ("Conv{0}DTranspose", "transposed"),
        };
        string name = list.Unique(step.Name, stem);
        List<(string, object)> arguments = form.Kind == ConvolutionKind.Depthwise ? [] : [("filters", form.Outputs)];
        arguments.Add(("kernel", WindowArguments.Extents(form.Window.Kernel)));
        arguments.Add(("activation", function));
        bool endsEarly = form.Kind == ConvolutionKind.Transposed && Enumerable.Range(0, form.Window.Axes).Any(axis => form.Window.Span(axis) < form.Window.Strides[axis]);
        arguments.AddRange(WindowArguments.Of(form.Window, form.Window.Kernel.Select(_ => 1), saysPads: endsEarly));
        if (form.Groups != 1)
            arguments.Add(("Groups", form.Groups));
        if (form.Kind == ConvolutionKind.Depthwise && form.Outputs != form.Inputs)
            arguments.Add(("Multiplier", form.Outputs / form.Inputs));
        if (form.OutputPadding != 0)
            arguments.Add(("OutputPadding", form.OutputPadding));
        EmittedLayer layer = Add(kind.Replace("{0}", form.Window.Axes == 1 ? "1" : "2", StringComparison.Ordinal), [.. arguments, ("UseBias", step.Bias is not null), ("Name", name)]);
        AddWeights(name, form.WeightShape, step);
        return layer;
    }

    private EmittedLayer Write(JoinStep join, Activation function)
    {
        EmittedLayer layer = list.AddJoin(index, join.Kind.ToString(), _segment.Inputs);
        if (function != Activation.Identity)
            layer.Arguments.Add(("Activation", function));
        return layer;
    }

    private EmittedLayer Write(RecurrentStep step)
    {
        Recurrence form = step.Shape;
        (string attribute, string kind) = form.Kind switch
        {
            RecurrenceKind.Simple => ("SimpleRnn", "rnn"),
            RecurrenceKind.Lstm => ("Lstm", "lstm"),
            _ => ("Gru", "gru"),
        };
        string name = list.Unique(step.Name, kind);
        List<(string, object)> arguments = [("units", form.Units)];

        // Without its default, so that the text says which function it is.
        if (form.Kind == RecurrenceKind.Simple)
            arguments.Add(("activation", form.Function));
        if (step.ReturnSequences)
            arguments.Add(("ReturnSequences", true));
        if (form.Kind is RecurrenceKind.GruResetAfter or RecurrenceKind.GruResetBefore)
            arguments.Add(("ResetAfter", form.Kind == RecurrenceKind.GruResetAfter));
        if (form.CellClip != 0)
            arguments.Add(("CellClip", form.CellClip));
        EmittedLayer layer = Add(attribute, [.. arguments, ("UseBias", step.Bias is not null), ("Name", name)]);
        list.AddTensor(name + ".kernel", [form.Inputs, form.Width], step.Kernel);
        list.AddTensor(name + ".recurrent", [form.Units, form.Width], step.Recurrent);
        list.AddTensor(name + ".bias", form.BiasShape, step.Bias);
        if (step.Origin is { } origin)
            list.Share(origin, name);
        return layer;
    }

    private EmittedLayer Write(EmbeddingStep step)
    {
        string name = list.Unique(step.Name, "embedding");
        int vocabulary = step.Weight.Length / step.Dimensions;
        EmittedLayer layer = Add("Embedding", ("vocabulary", vocabulary), ("dimensions", step.Dimensions), ("Name", name));
        list.AddTensor(name + ".weight", [vocabulary, step.Dimensions], step.Weight);
        if (step.Origin is { } origin)
            list.Share(origin, name);
        return layer;
    }

    private static (string, object)[] Arguments(PoolStep pool)
    {
        List<(string, object)> arguments = [("size", WindowArguments.Extents(pool.Window.Kernel)), .. WindowArguments.Of(pool.Window, pool.Window.Kernel)];
        if (pool.CeilMode)
            arguments.Add(("CeilMode", true));
        if (pool.CountPadding && !pool.IsMax && pool.Window.Pads.Any(pad => pad > 0))
            arguments.Add(("CountPadding", true));
        return [.. arguments];
    }

    private EmittedLayer Write(BatchNormStep norm)
    {
        string name = list.Unique(norm.Name, "batchnorm");
        List<(string, object)> arguments = [("Momentum", norm.Momentum), ("Epsilon", norm.Epsilon)];
        if (norm.Gamma is null)
            arguments.Add(("UseScale", false));
        if (norm.Beta is null)
            arguments.Add(("UseOffset", false));
        if (!norm.UnbiasedVariance)
            arguments.Add(("UnbiasedVariance", false));
        if (norm.Frozen)
            arguments.Add(("Frozen", true));
        EmittedLayer layer = Add("BatchNorm", [.. arguments, ("Name", name)]);
        int[] shape = [norm.Mean.Length];
        list.AddTensor(name + ".gamma", shape, norm.Gamma);
        list.AddTensor(name + ".beta", shape, norm.Beta);
        list.AddTensor(name + ".mean", shape, norm.Mean);
        list.AddTensor(name + ".variance", shape, norm.Variance);
        return layer;
    }

    private EmittedLayer Write(LayerNormStep norm)
    {
        string name = list.Unique(norm.Name, "layernorm");
        List<(string, object)> arguments = [("Epsilon", norm.Epsilon)];
        if (norm.LastAxes != 1)
            arguments.Add(("LastAxes", norm.LastAxes));
        if (norm.Gamma is null)
            arguments.Add(("UseScale", false));
        if (norm.Beta is null)
            arguments.Add(("UseOffset", false));
        EmittedLayer layer = Add("LayerNorm", [.. arguments, ("Name", name)]);
        list.AddTensor(name + ".gamma", norm.Extents, norm.Gamma);
        list.AddTensor(name + ".beta", norm.Extents, norm.Beta);
        return layer;
    }

    private EmittedLayer Write(PReluStep rectifier)
    {
        string name = list.Unique(rectifier.Name, "prelu");
        EmittedLayer layer = Add("PRelu", rectifier.Shared ? [("Shared", true), ("Name", name)] : [("Name", name)]);
        list.AddTensor(name + ".slope", [rectifier.Slope.Length], rectifier.Slope);
        return layer;
    }

    private EmittedLayer Write(NormalizeStep normalize)
    {
        string name = list.Unique(normalize.Name, "normalize");
        (string, object)[] limit = normalize.Limit == 0 ? [] : [("Clip", normalize.Limit)];
        EmittedLayer layer = Add("Normalize", [.. limit, ("Name", name)]);
        list.AddTensor(name + ".mean", [normalize.Mean.Length], normalize.Mean);
        list.AddTensor(name + ".deviation", [normalize.Deviation.Length], normalize.Deviation);
        return layer;
    }

    private EmittedLayer Add(string attribute, params (string Name, object Value)[] arguments) => list.Add(index, attribute, arguments);

    private void AddWeights(string name, IReadOnlyList<int> shape, AffineStep step)
    {
        list.AddTensor(name + ".weight", shape, step.Weight);
        list.AddTensor(name + ".bias", [step.Outputs], step.Bias);
        if (step.Origin is { } origin)
            list.Share(origin, name);
    }
}
