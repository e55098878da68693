using System;

namespace GeneratedNetworks;

/// <summary>How well the gradients of a network agree with central differences of its loss.</summary>
public readonly partial struct GradientCheck
{
    /// <summary>Holds the result of a check.</summary>
    /// <param name="maxError">The largest |g − d| / max(1, |g|, |d|), g the analytic and d the numeric derivative.</param>
    /// <param name="worstParameter">The canonical index of the parameter with that error, or −1 where none was checked.</param>
    /// <param name="analytic">That parameter's g.</param>
    /// <param name="numeric">That parameter's d.</param>
    /// <param name="checkedParameters">How many parameters were compared; frozen ones are skipped.</param>
    /// <param name="kinks">How many were not compared because the difference would cross a kink of an activation or loss.</param>
    public GradientCheck(double maxError, int worstParameter, double analytic, double numeric, int checkedParameters, int kinks)
    {
        MaxError = maxError;
        WorstParameter = worstParameter;
        Analytic = analytic;
        Numeric = numeric;
        CheckedParameters = checkedParameters;
        Kinks = kinks;
    }

    /// <summary>The largest |g − d| / max(1, |g|, |d|), g the analytic and d the numeric derivative.</summary>
    public double MaxError { get; }

    /// <summary>The canonical index of the parameter with <see cref="MaxError"/>, or −1 where none was checked.</summary>
    public int WorstParameter { get; }

    /// <summary>The analytic derivative of the worst parameter.</summary>
    public double Analytic { get; }

    /// <summary>The central difference of the worst parameter.</summary>
    public double Numeric { get; }

    /// <summary>How many parameters were compared.</summary>
    public int CheckedParameters { get; }

    /// <summary>How many parameters were left out because ±h crosses a kink.</summary>
    public int Kinks { get; }

    /// <summary>The error and where it is, in the invariant culture.</summary>
    public override string ToString()
    {
        string worst = FormattableString.Invariant($"parameter {WorstParameter} (analytic {Analytic:g9}, numeric {Numeric:g9})");
        return FormattableString.Invariant($"max error {MaxError:g3} at {worst}; {CheckedParameters} checked, {Kinks} at kinks");
    }
}
