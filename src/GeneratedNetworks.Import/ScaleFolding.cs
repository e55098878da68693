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
internal sealed class ScaleFolding(int inputSize)
{
    /// <summary>The widest value that gets a diagonal matrix: its elements grow with the square.</summary>
    public const int WidestDiagonal = 4096;

    /// <summary>The most elements of all diagonal matrices together, so that no small file with many scalings makes many of them.</summary>
    public const long MostDiagonalElements = (long)WidestDiagonal * WidestDiagonal;

    private readonly List<FoldedStep> _result = [];
    private ScaleStep? _pending;
    private int _pendingStart;
    private int _pendingEnd;

    // Where the pending scaling stood: shapes may have changed since.
    private int _pendingPlace;
    private int _size = inputSize;
    private bool _hasDense;
    private long _diagonalElements;

    public List<FoldedStep> Fold(IReadOnlyList<Step> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            switch (steps[i])
            {
                case ScaleStep scale when _pending is not null:
                    _pending = Compose(_pending, scale);
                    _pendingEnd = i + 1;
                    break;
                case ScaleStep scale when LastDense() is { } at:
                    _result[at] = _result[at] with { Step = After((DenseStep)_result[at].Step, scale), End = i + 1 };
                    break;
                case ScaleStep scale:
                    (_pending, _pendingStart, _pendingEnd, _pendingPlace) = (scale, i, i + 1, _result.Count);
                    break;
                case DenseStep dense:
                    Add(dense, i);
                    break;
                case FlattenStep flatten:
                    _result.Add(new(flatten, i, i + 1));
                    break;
                case TwoClassStep two:
                    Flush();
                    Join(two, i);
                    break;
                case ClipStep or ActivationStep:
                    Flush();
                    Limit(steps[i], i);
                    break;
                default:
                    Flush();
                    _result.Add(new(steps[i], i, i + 1));
                    break;
            }
        }

        Flush();
        return _result;
    }

    private void Add(DenseStep dense, int at)
    {
        bool isFolded = _pending is not null && (_hasDense || !IsNormalization(_pending));
        if (_pending is { } scale && isFolded)
        {
            _result.Add(new(Before(scale, dense), _pendingStart, at + 1));
            _pending = null;
        }
        else
        {
            Flush();
            _result.Add(new(dense, at, at + 1));
        }

        _hasDense = true;
        _size = dense.Units;
    }

    /// <summary>The dense layer whose outputs are still as they were, or null.</summary>
    private int? LastDense()
    {
        int last = _result.FindLastIndex(step => step.Step is not FlattenStep);
        return last >= 0 && _result[last].Step is DenseStep ? last : null;
    }

    private void Flush()
    {
        if (_pending is not { } scale)
            return;
        _pending = null;
        if (!IsNormalization(scale))
        {
            _diagonalElements += (long)_size * _size;
            if (_diagonalElements > MostDiagonalElements)
                throw new NotSupportedException($"'{scale.Name}' multiplies some of {_size} elements by 0, and too many such scalings stand between functions, with no dense layer beside them");
            _result.Add(new(Diagonal(scale), _pendingStart, _pendingEnd));
            return;
        }

        double[] deviations = new double[_size];
        for (int i = 0; i < _size; i++)
            deviations[i] = scale.Divisors[i] / scale.Factors[i];
        bool repeats = IsPeriodic(scale.Means, scale.LastAxis) && IsPeriodic(deviations, scale.LastAxis);
        if (repeats)
        {
            NormalizeStep normalize = new(scale.Name, scale.Means[..scale.LastAxis], deviations[..scale.LastAxis], 0);
            _result.Insert(_pendingPlace, new(normalize, _pendingStart, _pendingEnd));
            return;
        }

        // One number for each element: there is one axis behind a Flatten, the file's or one of ours.
        if (!scale.IsFlat && !_result.Skip(_pendingPlace).Any(step => step.Step is FlattenStep))
            _result.Add(new(new FlattenStep(null), _pendingStart, _pendingEnd));
        _result.Add(new(new NormalizeStep(scale.Name, scale.Means, deviations, 0), _pendingStart, _pendingEnd));
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
        _size = 2;
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

    private static bool IsPeriodic(double[] values, int period)
    {
        for (int i = period; i < values.Length; i++)
        {
            if (!values[i].Equals(values[i - period]))
                return false;
        }

        return true;
    }

    private static ScaleStep Compose(ScaleStep first, ScaleStep second)
    {
        int count = first.Factors.Length;
        double[] factors = new double[count];
        double[] divisors = new double[count];
        double[] summands = new double[count];
        double[] means = new double[count];
        for (int i = 0; i < count; i++)
        {
            factors[i] = first.Factors[i] * second.Factors[i];
            divisors[i] = first.Divisors[i] * second.Divisors[i];
            summands[i] = (first.Summands[i] * second.Factors[i] / second.Divisors[i]) + second.Summands[i];
            means[i] = first.Means[i] + (second.Means[i] == 0 ? 0 : second.Means[i] * first.Divisors[i] / first.Factors[i]);
        }

        return first with { Factors = factors, Divisors = divisors, Summands = summands, Means = means };
    }

    private static DenseStep After(DenseStep dense, ScaleStep scale)
    {
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        for (int i = 0; i < weight.Length; i++)
            weight[i] = dense.Weight[i] * scale.Factors[i % units] / scale.Divisors[i % units];
        double[] bias = new double[units];
        for (int o = 0; o < units; o++)
            bias[o] = ((dense.Bias?[o] ?? 0) * scale.Factors[o] / scale.Divisors[o]) + scale.Summands[o];
        return dense with { Weight = weight, Bias = dense.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }

    private static DenseStep Before(ScaleStep scale, DenseStep dense)
    {
        int units = dense.Units;
        double[] weight = new double[dense.Weight.Length];
        double[] bias = dense.Bias is null ? new double[units] : [.. dense.Bias];
        for (int i = 0; i < scale.Factors.Length; i++)
        {
            for (int o = 0; o < units; o++)
            {
                double value = dense.Weight[(i * units) + o];
                weight[(i * units) + o] = value * scale.Factors[i] / scale.Divisors[i];
                bias[o] += scale.Summands[i] * value;
            }
        }

        return dense with { Weight = weight, Bias = dense.Bias is null && Array.TrueForAll(bias, value => value == 0) ? null : bias };
    }

    private DenseStep Diagonal(ScaleStep scale)
    {
        if (_size > WidestDiagonal)
            throw new NotSupportedException($"'{scale.Name}' multiplies some of {_size} elements by 0, and no dense layer stands beside it to take the factors up; the most is {WidestDiagonal}");
        double[] weight = new double[_size * _size];
        for (int i = 0; i < _size; i++)
            weight[(i * _size) + i] = scale.Factors[i] / scale.Divisors[i];
        return new DenseStep(scale.Name, weight, Array.TrueForAll(scale.Summands, value => value == 0) ? null : scale.Summands, _size);
    }
}
