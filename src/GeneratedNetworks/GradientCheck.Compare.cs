using System;
using System.ComponentModel;

namespace GeneratedNetworks;

/// <summary>The loss of a batch for parameters in canonical order, in double.</summary>
/// <param name="parameters">In canonical order.</param>
/// <param name="pieces">Receives which smooth piece of the loss the values lie on: a number that differs where a kink lies between.</param>
/// <returns>The loss.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate double PlainLoss(double[] parameters, ref ulong pieces);

/// <content>The comparison that every network's <c>CheckGradients</c> makes.</content>
public readonly partial struct GradientCheck
{
    /// <summary>2⁻¹⁶: the error of the difference, h²/6 times the third derivative, and that of rounding are both far below 1e-7.</summary>
    private const double Step = 1.0 / 65536;

    /// <summary>Compares gradients, those of the kernels and those of plain loops, with central differences of a loss. Generated code calls it.</summary>
    /// <param name="parameters">In canonical order; moved to and fro, and left as they were.</param>
    /// <param name="gradients">The kernels'.</param>
    /// <param name="plainGradients">The plain loops'.</param>
    /// <param name="frozen">Ranges of parameters that are skipped: each a start and an end.</param>
    /// <param name="loss">The loss that both are the gradient of.</param>
    /// <returns>The worst parameter. Its error is the larger of both gradients'.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GradientCheck Compare(double[] parameters, double[] gradients, double[] plainGradients, int[] frozen, PlainLoss loss)
    {
        if (parameters is null)
            throw new ArgumentNullException(nameof(parameters));
        if (gradients is null)
            throw new ArgumentNullException(nameof(gradients));
        if (plainGradients is null)
            throw new ArgumentNullException(nameof(plainGradients));
        if (frozen is null)
            throw new ArgumentNullException(nameof(frozen));
        if (loss is null)
            throw new ArgumentNullException(nameof(loss));
        double maxError = 0, analytic = 0, numeric = 0;
        int worst = -1, compared = 0, kinks = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (IsWithin(i, frozen))
                continue;
            double value = parameters[i];
            ulong piecesAbove = 0, piecesBelow = 0;
            parameters[i] = value + Step;
            double above = loss(parameters, ref piecesAbove);
            parameters[i] = value - Step;
            double below = loss(parameters, ref piecesBelow);
            parameters[i] = value;
            double difference = (above - below) / (value + Step - (value - Step));
            if (piecesAbove != piecesBelow)
            {
                kinks++;
                continue;
            }

            compared++;
            double ofKernels = Error(gradients[i], difference), ofLoops = Error(plainGradients[i], difference);
            double error = ofLoops <= ofKernels ? ofKernels : ofLoops;
            if (worst < 0 || !(error <= maxError))
            {
                maxError = error;
                worst = i;
                analytic = ofLoops <= ofKernels ? gradients[i] : plainGradients[i];
                numeric = difference;
            }
        }

        return new GradientCheck(maxError, worst, analytic, numeric, compared, kinks);
    }

    /// <summary>The same numbers in double.</summary>
    /// <param name="values">In single precision.</param>
    /// <returns>An array of its own.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }

    /// <summary>A copy.</summary>
    /// <param name="values">In double precision.</param>
    /// <returns>An array of its own.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static double[] ToDoubles(ReadOnlySpan<double> values) => values.ToArray();

    private static double Error(double gradient, double difference) =>
        Math.Abs(gradient - difference) / Math.Max(1, Math.Max(Math.Abs(gradient), Math.Abs(difference)));

    private static bool IsWithin(int index, int[] ranges)
    {
        for (int i = 0; i + 1 < ranges.Length; i += 2)
        {
            if (index >= ranges[i] && index < ranges[i + 1])
                return true;
        }

        return false;
    }
}
