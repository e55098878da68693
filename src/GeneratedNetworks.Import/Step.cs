namespace GeneratedNetworks.Import;

/// <summary>One operation of a <see cref="LayerGraph"/>, named as in the file.</summary>
internal abstract record Step(string? Name);

/// <summary>What the network reads.</summary>
internal sealed record InputStep(string? Name) : Step(Name);

/// <summary>A layer that multiplies by weights and adds a bias: its outputs lie along the last axis, and a scaling behind it is part of its numbers.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Weight">In the order of the layer's parameter.</param>
/// <param name="Bias">One number for each output, or null.</param>
internal abstract record AffineStep(string? Name, double[] Weight, double[]? Bias) : Step(Name)
{
    /// <summary>How many outputs there are along the last axis.</summary>
    public abstract int Outputs { get; }

    /// <summary>What the file calls the numbers behind <see cref="Weight"/>, to find layers that share them; null where it has no name for them.</summary>
    public string? Origin { get; init; }

    /// <summary>The output that a weight belongs to.</summary>
    public abstract int OutputOf(int weight);
}

/// <param name="Name">What the file calls it.</param>
/// <param name="Weight">[in, out] row-major.</param>
/// <param name="Bias">[out], or null.</param>
/// <param name="Units">How many outputs there are.</param>
internal sealed record DenseStep(string? Name, double[] Weight, double[]? Bias, int Units) : AffineStep(Name, Weight, Bias)
{
    public override int Outputs => Units;

    /// <summary>Whether it works on the last axis alone, one position after another.</summary>
    public bool PerStep { get; init; }

    public override int OutputOf(int weight) => weight % Units;
}

/// <summary>A convolution of any kind.</summary>
internal sealed record ConvolutionStep(string? Name, Convolution Shape, double[] Weight, double[]? Bias) : AffineStep(Name, Weight, Bias)
{
    public override int Outputs => Shape.Outputs;

    public override int OutputOf(int weight) => Shape.Kind == ConvolutionKind.Transposed ? weight / Shape.Inputs % Shape.Outputs : weight % Shape.Outputs;
}

/// <summary>A layer that goes through a sequence step by step.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Shape">Its form.</param>
/// <param name="Kernel">[in, gates·units] row-major.</param>
/// <param name="Recurrent">[units, gates·units] row-major.</param>
/// <param name="Bias">In the order of <see cref="Recurrence.BiasShape"/>, or null.</param>
/// <param name="ReturnSequences">Whether it gives the state of every step, not of the last alone.</param>
internal sealed record RecurrentStep(string? Name, Recurrence Shape, double[] Kernel, double[] Recurrent, double[]? Bias, bool ReturnSequences) : Step(Name)
{
    /// <summary>See <see cref="AffineStep.Origin"/>.</summary>
    public string? Origin { get; init; }
}

/// <summary>The row of a table that a whole number names, for each step.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Weight">[vocabulary, dimensions] row-major.</param>
/// <param name="Dimensions">Elements of a row.</param>
internal sealed record EmbeddingStep(string? Name, double[] Weight, int Dimensions) : Step(Name)
{
    /// <summary>See <see cref="AffineStep.Origin"/>.</summary>
    public string? Origin { get; init; }
}

/// <summary>The greatest or the mean of the elements that a window sees.</summary>
internal sealed record PoolStep(string? Name, bool IsMax, WindowShape Window, bool CeilMode, bool CountPadding) : Step(Name);

/// <summary>The same over all positions.</summary>
internal sealed record GlobalPoolStep(string? Name, bool IsMax) : Step(Name);

/// <summary>y = (x − Mean)/√(Variance + Epsilon)·Gamma + Beta over the last axis.</summary>
internal sealed record BatchNormStep(string? Name, double[]? Gamma, double[]? Beta, double[] Mean, double[] Variance, double Epsilon) : Step(Name)
{
    /// <summary>The share of the running statistics that a batch leaves.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the running variance takes n/(n − 1) of a batch's.</summary>
    public bool UnbiasedVariance { get; init; } = true;

    /// <summary>Whether all of them stay as they are and are used in training too.</summary>
    public bool Frozen { get; init; }
}

/// <summary>The same over the last axes of one sample, with its own mean and variance.</summary>
internal sealed record LayerNormStep(string? Name, double[]? Gamma, double[]? Beta, double Epsilon, int LastAxes, int[] Extents) : Step(Name);

/// <summary>y = x, or Slope·x below 0: one slope for each of the last axis, or one.</summary>
internal sealed record PReluStep(string? Name, double[] Slope, bool Shared) : Step(Name);

/// <summary>Zeros around a value, which wait for the convolution or pool that takes them up: axes of extent 1 may come and go before it.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Before">One number for each axis of a sample.</param>
/// <param name="After">As many.</param>
internal sealed record PadStep(string? Name, int[] Before, int[] After) : Step(Name)
{
    /// <summary>
    /// The same of a value that gets another shape, and the shape inside of it; null where more changes than axes of extent 1, so that zeros would lie in
    /// other places.
    /// </summary>
    /// <param name="inside">The value's shape.</param>
    /// <param name="around">The shape with the zeros.</param>
    /// <param name="wanted">The new shape, with the zeros.</param>
    public (PadStep Pad, int[] Inside)? Moved(IReadOnlyList<int> inside, IReadOnlyList<int> around, IReadOnlyList<int> wanted)
    {
        int[] kept = [.. Enumerable.Range(0, around.Count).Where(axis => around[axis] != 1)];
        if (!kept.Select(axis => around[axis]).SequenceEqual(wanted.Where(extent => extent != 1)))
            return null;
        int[] before = new int[wanted.Count];
        int[] after = new int[wanted.Count];
        int[] shape = [.. wanted];
        int next = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                continue;
            (before[axis], after[axis], shape[axis]) = (Before[kept[next]], After[kept[next]], inside[kept[next]]);
            next++;
        }

        return (this with { Before = before, After = after }, shape);
    }
}

/// <summary>y = x·Factors/Divisors + Summands = (x − Means)·Factors/Divisors; element i takes number i modulo their count.</summary>
/// <remarks>
/// Factor and divisor stand apart, and the mean beside the summand, so that (x − mean)/deviation keeps both numbers as the file has them. New shapes move
/// no element, so that the numbers keep their places.
/// </remarks>
/// <param name="Means">Not finite where an element is multiplied by 0.</param>
internal sealed record ScaleStep(string? Name, double[] Factors, double[] Divisors, double[] Summands, double[] Means) : Step(Name);

/// <summary>y = (x − Mean)/Deviation over the last axis, clipped to ±Limit unless that is 0.</summary>
internal sealed record NormalizeStep(string? Name, double[] Mean, double[] Deviation, double Limit) : Step(Name);

/// <summary>y = x limited to [Minimum, Maximum]; either may be infinite.</summary>
internal sealed record ClipStep(string? Name, double Minimum, double Maximum) : Step(Name);

/// <summary>[1 − p, p] of one probability p, or [p, 1 − p].</summary>
/// <param name="ComplementFirst">Which of both comes first.</param>
internal sealed record TwoClassStep(string? Name, bool ComplementFirst) : Step(Name);

internal sealed record ActivationStep(string? Name, Activation Function) : Step(Name);

internal sealed record DropoutStep(string? Name, double Rate) : Step(Name);

/// <summary>The same elements in another shape.</summary>
internal sealed record ReshapeStep(string? Name, int[] Shape) : Step(Name);

/// <summary>Several values become one: their sum, their product, or one beside the other along the last axis.</summary>
internal sealed record JoinStep(string? Name, JoinKind Kind) : Step(Name);

/// <summary>What a <see cref="JoinStep"/> does; named as the attribute is.</summary>
public enum JoinKind
{
    /// <summary>The sum, element by element.</summary>
    Add,

    /// <summary>The product, element by element.</summary>
    Multiply,

    /// <summary>One beside the other along the last axis.</summary>
    Concat,
}

/// <summary>A step as it became a layer, and the nodes of its segment that it stands for: from <paramref name="Start"/> up to <paramref name="End"/>, exclusive.</summary>
internal sealed record FoldedStep(Step Step, int Start, int End);

/// <summary>A value that the file names.</summary>
/// <param name="Name">What it calls it.</param>
/// <param name="Node">Whose result it is.</param>
internal sealed record NamedNode(string Name, GraphNode Node)
{
    /// <summary>The shape for messages, with the batch axis.</summary>
    public string ShapeText => $"[batch, {string.Join(", ", Node.Shape)}]";
}
