using GeneratedNetworks.Import.Numbers;

namespace GeneratedNetworks.Import;

/// <summary>
/// Finds a place for scalings y = x·s + t. In front of the first dense layer they stay what they are, a normalization: folded into its weights, numbers
/// far from 0 would lose their digits, and training would start elsewhere. Behind a dense layer they go into it, z·s + t = x·(W·diag(s)) + (b·s + t), and
/// between a function and a dense layer into that, (x·s + t)·W + b = x·(diag(s)·W) + (t·W + b). One that finds no dense layer is a normalization as well.
/// </summary>
/// <remarks>
/// New shapes move no element, and dropout keeps its expectation but for the summand, so a scaling is moved past the first and not past the second.
/// Limits that follow each other become one, and one that is an activation becomes that.
/// </remarks>
internal sealed class ScaleFolding
{
    /// <summary>The widest value that gets a diagonal matrix: its elements grow with the square.</summary>
    public const int WidestDiagonal = 4096;

    /// <summary>The most elements of all diagonal matrices together, so that no small file with many scalings makes many of them.</summary>
    public const long MostDiagonalElements = (long)WidestDiagonal * WidestDiagonal;

    private readonly List<FoldedStep> _result = [];
    private readonly Diagonals _diagonals;
    private readonly ElementBudget _budget;
    private ScaleStep? _pending;
    private int _pendingStart;
    private int _pendingEnd;

    // Where the pending scaling stood, and over which shape: it may have changed since.
    private int _pendingPlace;
    private IReadOnlyList<int> _pendingShape = [];
    private IReadOnlyList<int> _shape;
    private bool _isBehindWeights;

    private ScaleFolding(Segment segment, Diagonals diagonals, ElementBudget budget)
    {
        _diagonals = diagonals;
        _budget = budget;
        _isBehindWeights = segment.IsBehindWeights;
        _shape = segment.Inputs.Count == 1 ? segment.Inputs[0].Shape : segment.Nodes[0].Shape;
    }

    /// <summary>Folds each segment on its own: what a branch or a join reads stays what it is.</summary>
    /// <param name="segments">All of a graph.</param>
    /// <param name="budget">A file of a few bytes may claim values of any size.</param>
    public static void Fold(IEnumerable<Segment> segments, ElementBudget budget)
    {
        Diagonals diagonals = new();
        foreach (Segment segment in segments)
            segment.Steps = new ScaleFolding(segment, diagonals, budget).Fold(segment.Nodes);
    }

    /// <summary>What a batch normalization does at inference.</summary>
    public static ScaleStep ScaleOf(BatchNormStep norm)
    {
        int channels = norm.Mean.Length;
        double[] factors = norm.Gamma ?? [.. Enumerable.Repeat(1.0, channels)];
        double[] deviations = [.. norm.Variance.Select(variance => Math.Sqrt(variance + norm.Epsilon))];
        double[] summands = [.. Enumerable.Range(0, channels).Select(i => (norm.Beta?[i] ?? 0) - (norm.Mean[i] * factors[i] / deviations[i]))];
        return new ScaleStep(norm.Name, factors, deviations, summands, norm.Mean);
    }

    private List<FoldedStep> Fold(IReadOnlyList<GraphNode> nodes)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            switch (nodes[i].Step)
            {
                case ScaleStep scale when _pending is not null:
                    _pending = Compose(_pending, scale);
                    _pendingEnd = i + 1;
                    break;
                case ScaleStep scale when LastLinear(scale) is { } at:
                    _result[at] = _result[at] with { Step = After(_result[at].Step, scale), End = i + 1 };
                    break;
                case ScaleStep scale:
                    (_pending, _pendingStart, _pendingEnd, _pendingPlace, _pendingShape) = (scale, i, i + 1, _result.Count, _shape);
                    break;
                case AffineStep affine:
                    Add(affine, i);
                    break;
                case ReshapeStep reshape:
                    _result.Add(new(reshape, i, i + 1));
                    break;
                case TwoClassStep two:
                    Flush();
                    Join(two, i);
                    break;
                case ClipStep or ActivationStep:
                    Flush();
                    Limit(nodes[i].Step, i);
                    break;
                case var other:
                    Flush();
                    _result.Add(new(other, i, i + 1));
                    _isBehindWeights |= other is RecurrentStep or EmbeddingStep;
                    break;
            }

            _shape = nodes[i].Shape;
        }

        Flush();
        return _result;
    }

    private void Add(AffineStep affine, int at)
    {
        // Zeros around an image are not scaled, so that a convolution takes up no scaling before it.
        bool isFolded = affine is DenseStep { PerStep: false } && _pending is not null && (_isBehindWeights || !IsNormalization(_pending));
        if (_pending is { } scale && isFolded)
        {
            _result.Add(new(Before(scale, (DenseStep)affine), _pendingStart, at + 1));
            _pending = null;
        }
        else
        {
            Flush();
            _result.Add(new(affine, at, at + 1));
        }

        _isBehindWeights = true;
    }

    /// <summary>The layer whose outputs are still as they were and that can take up a scaling, or null.</summary>
    private int? LastLinear(ScaleStep scale)
    {
        int last = _result.FindLastIndex(step => step.Step is not ReshapeStep);
        int outputs = last < 0 ? 0 : _result[last].Step switch
        {
            AffineStep affine => affine.Outputs,
            BatchNormStep norm => norm.Mean.Length,
            _ => 0,
        };
        return outputs > 0 && outputs % scale.Factors.Length == 0 ? last : null;
    }

    private void Flush()
    {
        if (_pending is not { } scale)
            return;
        _pending = null;
        int size = _shape.Aggregate(1, (product, extent) => product * extent);
        if (!IsNormalization(scale))
        {
            foreach (Step step in _diagonals.Of(scale, _shape, size))
                _result.Add(new(step, _pendingStart, _pendingEnd));
            return;
        }

        int count = scale.Factors.Length;
        int last = _pendingShape[^1];
        double[] deviations = [.. Enumerable.Range(0, count).Select(i => scale.Divisors[i] / scale.Factors[i])];
        bool repeats = last % count == 0 || (IsPeriodic(scale.Means, last) && IsPeriodic(deviations, last));
        _budget.Take(2L * (repeats ? last : size), LayerChain.Describe(scale.Name));
        if (repeats)
        {
            NormalizeStep normalize = new(scale.Name, Spread(scale.Means, last), Spread(deviations, last), 0);
            _result.Insert(_pendingPlace, new(normalize, _pendingStart, _pendingEnd));
            return;
        }

        // One number for each element: there is one axis behind a Flatten, the file's or one of ours.
        bool isFlat = _shape.Count == 1;
        if (!isFlat)
            _result.Add(new(new ReshapeStep(null, [size]), _pendingStart, _pendingEnd));
        _result.Add(new(new NormalizeStep(scale.Name, Spread(scale.Means, size), Spread(deviations, size), 0), _pendingStart, _pendingEnd));
        if (!isFlat)
            _result.Add(new(new ReshapeStep(null, [.. _shape]), _pendingStart, _pendingEnd));
    }

    private void Limit(Step step, int at)
    {
        FoldedStep? last = _result.Count == 0 ? null : _result[^1];
        if (last is { Step: NormalizeStep { Limit: 0 } normalize } && step is ClipStep clip && clip.Minimum == -clip.Maximum)
        {
            _result[^1] = last with { Step = normalize with { Limit = clip.Maximum }, End = at + 1 };
            return;
        }

        // Of two limits the outer one has the last word; two activations stay two, as the file has them.
        bool canMerge = step is ClipStep || last?.Step is ClipStep;
        if (canMerge && last is not null && Ends(last.Step) is var (low, high) && Ends(step) is var (minimum, maximum)
            && Math.Clamp(low, minimum, maximum) is double least && Math.Clamp(high, minimum, maximum) is double greatest && least < greatest)
        {
            _result[^1] = new(LimitOf(step.Name, least, greatest), last.Start, at + 1);
            return;
        }

        _result.Add(new(step is ClipStep alone ? LimitOf(step.Name, alone.Minimum, alone.Maximum) : step, at, at + 1));
    }

    /// <summary>The interval that a step limits to, or null for one that does something else.</summary>
    private static (double Low, double High)? Ends(Step step) => step switch
    {
        ClipStep clip => (clip.Minimum, clip.Maximum),
        ActivationStep { Function: Activation.Relu } => (0, double.PositiveInfinity),
        ActivationStep { Function: Activation.Relu6 } => (0, 6),
        ActivationStep { Function: Activation.HardTanh } => (-1, 1),
        _ => null,
    };

    private static Step LimitOf(string? name, double low, double high) => (low, high) switch
    {
        (0, double.PositiveInfinity) => new ActivationStep(name, Activation.Relu),
        (0, 6) => new ActivationStep(name, Activation.Relu6),
        (-1, 1) => new ActivationStep(name, Activation.HardTanh),
        _ => new ClipStep(name, low, high),
    };

    private void Join(TwoClassStep step, int at)
    {
        bool isProbability = _result.Count > 1 && _result[^1].Step is ActivationStep { Function: Activation.Sigmoid } && _result[^2].Step is DenseStep { Units: 1 };
        if (!isProbability)
            throw new NotSupportedException($"'{step.Name}' joins a value and its complement; that is supported behind a dense layer of one output and a sigmoid");
        DenseStep dense = (DenseStep)_result[^2].Step;
        double sign = step.ComplementFirst ? -0.5 : 0.5;
        double[] weight = [.. dense.Weight.SelectMany(value => new[] { sign * value, -sign * value })];
        double[]? bias = dense.Bias is null ? null : [sign * dense.Bias[0], -sign * dense.Bias[0]];
        int start = _result[^2].Start;
        _result.RemoveRange(_result.Count - 2, 2);
        _result.Add(new(dense with { Weight = weight, Bias = bias, Units = 2 }, start, at + 1));
        _result.Add(new(new ActivationStep(step.Name, Activation.Softmax), at, at + 1));
    }

    /// <summary>Whether (x − mean)/deviation says it: nothing is multiplied by 0.</summary>
    private static bool IsNormalization(ScaleStep scale)
    {
        for (int i = 0; i < scale.Factors.Length; i++)
        {
            double deviation = scale.Divisors[i] / scale.Factors[i];
            if (!double.IsFinite(scale.Means[i]) || !double.IsFinite(deviation) || deviation == 0)
                return false;
        }

        return true;
    }

    /// <summary>Whether what repeats after all its numbers repeats after fewer of them too.</summary>
    private static bool IsPeriodic(double[] values, int period)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].Equals(values[(i + period) % values.Length]))
                return false;
        }

        return true;
    }

    internal static double[] Spread(double[] values, int count)
    {
        double[] result = new double[count];
        for (int i = 0; i < count; i++)
            result[i] = values[i % values.Length];
        return result;
    }

    private static ScaleStep Compose(ScaleStep first, ScaleStep second)
    {
        int count = (int)LeastCommonMultiple(first.Factors.Length, second.Factors.Length);
        double[] factors = new double[count];
        double[] divisors = new double[count];
        double[] summands = new double[count];
        double[] means = new double[count];
        for (int i = 0; i < count; i++)
        {
            (int a, int b) = (i % first.Factors.Length, i % second.Factors.Length);
            factors[i] = first.Factors[a] * second.Factors[b];
            divisors[i] = first.Divisors[a] * second.Divisors[b];
            summands[i] = (first.Summands[a] * second.Factors[b] / second.Divisors[b]) + second.Summands[b];
            means[i] = first.Means[a] + (second.Means[b] == 0 ? 0 : second.Means[b] * first.Divisors[a] / first.Factors[a]);
        }

        return first with { Factors = factors, Divisors = divisors, Summands = summands, Means = means };
    }

    // Both divide the size of the value, so that this does.
    private static long LeastCommonMultiple(long left, long right)
    {
        (long a, long b) = (left, right);
        while (b != 0)
            (a, b) = (b, a % b);
        return left / a * right;
    }

    private static Step After(Step step, ScaleStep scale)
    {
        int count = scale.Factors.Length;
        if (step is BatchNormStep norm)
        {
            double[] gamma = [.. norm.Mean.Select((_, i) => (norm.Gamma?[i] ?? 1) * scale.Factors[i % count] / scale.Divisors[i % count])];
            double[] beta = [.. norm.Mean.Select((_, i) => ((norm.Beta?[i] ?? 0) * scale.Factors[i % count] / scale.Divisors[i % count]) + scale.Summands[i % count])];
            return norm with { Gamma = gamma, Beta = beta };
        }

        AffineStep affine = (AffineStep)step;
        double[] weight = new double[affine.Weight.Length];
        for (int i = 0; i < weight.Length; i++)
        {
            int at = affine.OutputOf(i) % count;
            weight[i] = affine.Weight[i] * scale.Factors[at] / scale.Divisors[at];
        }

        double[] bias = new double[affine.Outputs];
        for (int o = 0; o < bias.Length; o++)
            bias[o] = ((affine.Bias?[o] ?? 0) * scale.Factors[o % count] / scale.Divisors[o % count]) + scale.Summands[o % count];
        return affine with { Weight = weight, Bias = affine.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }

    private static DenseStep Before(ScaleStep scale, DenseStep dense)
    {
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        double[] bias = dense.Bias is null ? new double[units] : [.. dense.Bias];
        for (int i = 0; i < weight.Length / units; i++)
        {
            int at = i % scale.Factors.Length;
            for (int o = 0; o < units; o++)
            {
                double value = dense.Weight[(i * units) + o];
                weight[(i * units) + o] = value * scale.Factors[at] / scale.Divisors[at];
                bias[o] += scale.Summands[at] * value;
            }
        }

        return dense with { Weight = weight, Bias = dense.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }
}
