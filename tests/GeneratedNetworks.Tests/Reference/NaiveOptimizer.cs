using System;
using System.Linq;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>Clipping, penalties and the optimizers' rules, parameter by parameter.</summary>
internal class NaiveOptimizer
{
    private readonly double[] _parameters;
    private readonly Optimizer _optimizer;
    private readonly Func<int, bool> _isLearned, _isWeight;
    private readonly double[] _first;
    private readonly double[] _second;
    private int _steps;

    /// <param name="parameters">What is updated.</param>
    /// <param name="optimizer">The rule.</param>
    /// <param name="isLearned">Which of them the rule concerns.</param>
    /// <param name="isWeight">Which of them penalties concern.</param>
    public NaiveOptimizer(double[] parameters, Optimizer optimizer, Func<int, bool> isLearned, Func<int, bool> isWeight)
    {
        (_parameters, _optimizer, _isLearned, _isWeight) = (parameters, optimizer, isLearned, isWeight);
        _first = new double[parameters.Length];
        _second = new double[parameters.Length];
        Slack = new double[parameters.Length];
        LearningRate = _optimizer is Optimizer.Adam or Optimizer.AdamW ? 0.001 : 0.01;
    }

    public double LearningRate { get; set; }

    public double Momentum { get; set; } = 0.9;

    public double Rho { get; set; } = 0.99;

    public double Beta1 { get; set; } = 0.9;

    public double Beta2 { get; set; } = 0.999;

    public double Epsilon { get; set; } = 1e-8;

    public double WeightDecay { get; set; } = 0.01;

    public double L1 { get; set; }

    public double L2 { get; set; }

    public double ClipNorm { get; set; }

    /// <summary>
    /// How far each parameter may be off because gradients are rounded, all steps added up: a gradient that nearly cancelled is divided by its own root,
    /// and then its last digits decide.
    /// </summary>
    public double[] Slack { get; }

    public void Update(double[] gradient)
    {
        _steps++;
        double scale = ClipScale(gradient);
        double rounding = 4e-15 * Math.Max(1, scale * gradient.Max(Math.Abs));
        for (int p = 0; p < gradient.Length; p++)
        {
            if (!_isLearned(p))
                continue;
            bool isWeight = _isWeight(p);
            double weight = _parameters[p];
            double g = gradient[p] * scale;
            if (isWeight)
                g += (L1 * Math.Sign(weight)) + (L2 * weight);
            double exact = Tried(g);
            Slack[p] += Math.Max(Math.Abs(Tried(g + rounding) - exact), Math.Abs(Tried(g - rounding) - exact));
            _parameters[p] = Rule(p, weight, g, isWeight);

            double Tried(double other)
            {
                (double first, double second) = (_first[p], _second[p]);
                double result = Rule(p, weight, other, isWeight);
                (_first[p], _second[p]) = (first, second);
                return result;
            }
        }
    }

    /// <summary>PyTorch's clip_grad_norm_: min(1, limit / (norm + 1e-6)).</summary>
    private double ClipScale(double[] gradient)
    {
        if (ClipNorm == 0)
            return 1;
        double norm = Math.Sqrt(gradient.Where((_, p) => _isLearned(p)).Sum(g => g * g));
        return Math.Min(1, ClipNorm / (norm + 1e-6));
    }

    private double Rule(int p, double weight, double g, bool isWeight)
    {
        switch (_optimizer)
        {
            case Optimizer.Sgd:
                return weight - (LearningRate * g);
            case Optimizer.Momentum:
                _first[p] = _steps == 1 ? g : (Momentum * _first[p]) + g;
                return weight - (LearningRate * _first[p]);
            case Optimizer.Nesterov:
                _first[p] = _steps == 1 ? g : (Momentum * _first[p]) + g;
                return weight - (LearningRate * (g + (Momentum * _first[p])));
            case Optimizer.RmsProp:
                _second[p] = (Rho * _second[p]) + ((1 - Rho) * g * g);
                return weight - (LearningRate * g / (Math.Sqrt(_second[p]) + Epsilon));
            case Optimizer.Adam:
                return weight - AdamStep(p, g);
            case Optimizer.AdamW:
                double decayed = isWeight ? weight - (LearningRate * WeightDecay * weight) : weight;
                return decayed - AdamStep(p, g);
            default:
                throw new InvalidOperationException($"{_optimizer} has no rule here.");
        }
    }

    private double AdamStep(int p, double g)
    {
        _first[p] = (Beta1 * _first[p]) + ((1 - Beta1) * g);
        _second[p] = (Beta2 * _second[p]) + ((1 - Beta2) * g * g);
        double first = _first[p] / (1 - Math.Pow(Beta1, _steps));
        double second = _second[p] / (1 - Math.Pow(Beta2, _steps));
        return LearningRate * first / (Math.Sqrt(second) + Epsilon);
    }
}
